using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>Logins of one account from one host to one other, by one protocol.</summary>
public sealed class LoginFacts : Group
{
    private const int Few = 4;

    /// <summary>Initializes a new instance of the <see cref="LoginFacts"/> class.</summary>
    public LoginFacts()
        : base(7)
    {
        Spellings = Part(new Texts(Few));
        Workstations = Part(new Texts(Few));
        Succeeded = Part(new Count());
        Failed = Part(new Count());
        Missing = Part(new Count());
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets how the name was written.</summary>
    public Texts Spellings { get; }

    /// <summary>Gets what the client called itself.</summary>
    public Texts Workstations { get; }

    /// <summary>Gets how many the server accepted.</summary>
    public Count Succeeded { get; }

    /// <summary>Gets how many it refused.</summary>
    public Count Failed { get; }

    /// <summary>Gets how many it refused because there is no such account.</summary>
    public Count Missing { get; }

    /// <summary>Gets the logins, those without a known outcome too.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
