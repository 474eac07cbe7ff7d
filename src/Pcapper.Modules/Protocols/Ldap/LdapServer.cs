using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>A directory server.</summary>
public sealed class LdapServer : Group
{
    /// <summary>Initializes a new instance of the <see cref="LdapServer"/> class.</summary>
    public LdapServer()
        : base(11)
    {
        Names = Part(new Texts());
        Domains = Part(new Texts());
        Forests = Part(new Texts());
        Sites = Part(new Texts());
        Software = Part(new Texts());
        Netbios = Part(new Texts());
        Clients = Part(new KeySet<AddressKey>(1024));
        Operations = Part(new Count());
        Sealed = Part(new Count());
        Tls = Part(new Count());
        When = Part(new Extent());
    }

    /// <summary>Gets its names.</summary>
    public Texts Names { get; }

    /// <summary>Gets the DNS names of its domain.</summary>
    public Texts Domains { get; }

    /// <summary>Gets the DNS names of its forest.</summary>
    public Texts Forests { get; }

    /// <summary>Gets its sites.</summary>
    public Texts Sites { get; }

    /// <summary>Gets what it runs.</summary>
    public Texts Software { get; }

    /// <summary>Gets the NetBIOS names of its domain and itself.</summary>
    public Texts Netbios { get; }

    /// <summary>Gets who asked it.</summary>
    public KeySet<AddressKey> Clients { get; }

    /// <summary>Gets how many operations were read.</summary>
    public Count Operations { get; }

    /// <summary>Gets how many encrypted buffers were exchanged.</summary>
    public Count Sealed { get; }

    /// <summary>Gets how many connections turned to TLS.</summary>
    public Count Tls { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
