using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Changes of one kind between two hosts.</summary>
public sealed class LdapChange : Group
{
    /// <summary>Initializes a new instance of the <see cref="LdapChange"/> class.</summary>
    public LdapChange()
        : base(4)
    {
        Frames = Part(new FrameSample());
        Succeeded = Part(new Count());
        Objects = Part(new Texts());
        When = Part(new Extent());
    }

    /// <summary>Gets the requests.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets how many succeeded.</summary>
    public Count Succeeded { get; }

    /// <summary>Gets the entries changed.</summary>
    public Texts Objects { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
