using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>A key distribution center.</summary>
public sealed class KerberosServer : Group
{
    /// <summary>Initializes a new instance of the <see cref="KerberosServer"/> class.</summary>
    public KerberosServer()
        : base(7)
    {
        Requests = Part(new Count());
        Issued = Part(new Count());
        Refused = Part(new Count());
        Unanswered = Part(new Count());
        Clients = Part(new KeySet<AddressKey>(1024));
        Realms = Part(new Texts());
        When = Part(new Extent());
    }

    /// <summary>Gets how many requests for tickets it had.</summary>
    public Count Requests { get; }

    /// <summary>Gets how many tickets it issued.</summary>
    public Count Issued { get; }

    /// <summary>Gets how many requests it refused.</summary>
    public Count Refused { get; }

    /// <summary>Gets how many it left unanswered.</summary>
    public Count Unanswered { get; }

    /// <summary>Gets who asked.</summary>
    public KeySet<AddressKey> Clients { get; }

    /// <summary>Gets the realms it was asked for.</summary>
    public Texts Realms { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }

    /// <summary>Gets the one center that was asked; null if there were several.</summary>
    internal static IpAddress? Only(IEnumerable<KeySet<AddressKey>> asked)
    {
        AddressKey[] servers = [.. asked.SelectMany(servers => servers.Keys).Distinct().Take(2)];
        return servers is [var only] ? only.Address : null;
    }
}
