using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>A realm, as requests to its key distribution centers show it.</summary>
public sealed class KerberosRealm : Group
{
    /// <summary>Initializes a new instance of the <see cref="KerberosRealm"/> class.</summary>
    public KerberosRealm()
        : base(6)
    {
        Requests = Part(new Count());
        Servers = Part(new KeySet<AddressKey>(64));
        Clients = Part(new KeySet<AddressKey>(1024));
        AesTickets = Part(new Count());
        OtherTickets = Part(new Count());
        When = Part(new Extent());
    }

    /// <summary>Gets how many requests for tickets it had.</summary>
    public Count Requests { get; }

    /// <summary>Gets its key distribution centers.</summary>
    public KeySet<AddressKey> Servers { get; }

    /// <summary>Gets who asked.</summary>
    public KeySet<AddressKey> Clients { get; }

    /// <summary>Gets how many of its ticket-granting tickets were issued in AES.</summary>
    public Count AesTickets { get; }

    /// <summary>Gets how many were issued in something older.</summary>
    public Count OtherTickets { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
