using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>What is known of a server name that clients asked for.</summary>
internal sealed class TlsNameFacts : Group
{
    private const int MaxHosts = 64;
    private const int MaxFingerprints = 5;

    public TlsNameFacts()
        : base(6)
    {
        When = Part(new Extent());
        Connections = Part(new Count());
        Mismatches = Part(new Count());
        Clients = Part(new KeySet<AddressKey>(MaxHosts));
        Servers = Part(new KeySet<AddressKey>(MaxHosts));
        Fingerprints = Part(new Texts(MaxFingerprints));
    }

    public Extent When { get; }

    public Count Connections { get; }

    public Count Mismatches { get; }

    public KeySet<AddressKey> Clients { get; }

    public KeySet<AddressKey> Servers { get; }

    public Texts Fingerprints { get; }
}
