using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Searches of one kind between two hosts.</summary>
public sealed class LdapMarkFacts : Group
{
    /// <summary>Initializes a new instance of the <see cref="LdapMarkFacts"/> class.</summary>
    public LdapMarkFacts()
        : base(4)
    {
        Frames = Part(new FrameSample());
        Filters = Part(new Texts());
        Entries = Part(new Count());
        When = Part(new Extent());
    }

    /// <summary>Gets the searches.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets their filters.</summary>
    public Texts Filters { get; }

    /// <summary>Gets how many entries came back.</summary>
    public Count Entries { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
