using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>The entry that makes a host a domain controller.</summary>
public sealed class LdapServerObject : Group
{
    /// <summary>Initializes a new instance of the <see cref="LdapServerObject"/> class.</summary>
    public LdapServerObject()
        : base(3)
    {
        Added = Part(new FrameSample());
        Deleted = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets the additions.</summary>
    public FrameSample Added { get; }

    /// <summary>Gets the deletions.</summary>
    public FrameSample Deleted { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
