using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>The use of one filter between two hosts.</summary>
public sealed class LdapFilterUse : Group
{
    /// <summary>Initializes a new instance of the <see cref="LdapFilterUse"/> class.</summary>
    public LdapFilterUse()
        : base(5)
    {
        Frames = Part(new FrameSample());
        Bases = Part(new Texts());
        Attributes = Part(new Texts());
        Entries = Part(new Count());
        When = Part(new Extent());
    }

    /// <summary>Gets the searches.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets where they started.</summary>
    public Texts Bases { get; }

    /// <summary>Gets the attributes asked for.</summary>
    public Texts Attributes { get; }

    /// <summary>Gets how many entries came back.</summary>
    public Count Entries { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
