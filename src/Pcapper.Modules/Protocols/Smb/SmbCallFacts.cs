using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The calls of one operation from one client to one server.</summary>
internal sealed class SmbCallFacts : Group
{
    private const int MostTexts = 5;

    public SmbCallFacts()
        : base(13)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Faults = Part(new Count());
        Sealed = Part(new Count());
        OnObjects = Part(new Count());
        Zeros = Part(new FrameSample());
        Details = Part(new Texts(MostTexts));
        Pipes = Part(new Texts(MostTexts));
        Accounts = Part(new Texts(MostTexts));
        Answered = Part(new Count());
        Succeeded = Part(new Count());
        Refused = Part(new Count());
        ZerosAccepted = Part(new Count());
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Count Faults { get; }

    /// <summary>Gets the calls whose arguments were encrypted.</summary>
    public Count Sealed { get; }

    /// <summary>Gets the calls of an object, as DCOM makes them.</summary>
    public Count OnObjects { get; }

    /// <summary>Gets the calls that prove who calls with zeros.</summary>
    public FrameSample Zeros { get; }

    /// <summary>Gets what the arguments told.</summary>
    public Texts Details { get; }

    /// <summary>Gets the pipes, or "tcp".</summary>
    public Texts Pipes { get; }

    public Texts Accounts { get; }

    /// <summary>Gets the calls that were answered with success.</summary>
    public Count Answered { get; }

    /// <summary>Gets the calls whose answers give back success, of those whose answers are read.</summary>
    public Count Succeeded { get; }

    /// <summary>Gets the calls whose answers give back an error, of those whose answers are read.</summary>
    public Count Refused { get; }

    /// <summary>Gets how many of those that prove who calls with zeros were let in.</summary>
    public Count ZerosAccepted { get; }
}
