using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>What is known of the TLS, DTLS and QUIC traffic.</summary>
public sealed class TlsState : AnalyzerState
{
    private const int MaxNames = 100_000;
    private const int MaxFew = 1_024;

    /// <summary>Initializes a new instance of the <see cref="TlsState"/> class.</summary>
    public TlsState()
    {
        Totals = Part(new Counters());
        Versions = Part(new PartMap<NumberKey, Count>(MaxFew));
        Ciphers = Part(new PartMap<TextKey, Count>(MaxFew));
        Groups = Part(new PartMap<TextKey, Count>(MaxFew));
        Protocols = Part(new PartMap<TextKey, Count>(MaxFew));
        Names = Part(new PartMap<TextKey, TlsNameFacts>(MaxNames));
        Clients = Part(new PartMap<TextKey, TlsFingerprintFacts>(MaxNames));
        Servers = Part(new PartMap<TextKey, TlsFingerprintFacts>(MaxNames));
        Problems = Part(new PartMap<Key3<NumberKey, EndpointKey, TextKey>, TlsProblemFacts>(MaxNames));
        Alerts = Part(new PartMap<Key3<AddressKey, EndpointKey, NumberKey>, TlsAlertFacts>(MaxNames));
    }

    internal Counters Totals { get; }

    internal PartMap<NumberKey, Count> Versions { get; }

    internal PartMap<TextKey, Count> Ciphers { get; }

    internal PartMap<TextKey, Count> Groups { get; }

    internal PartMap<TextKey, Count> Protocols { get; }

    internal PartMap<TextKey, TlsNameFacts> Names { get; }

    internal PartMap<TextKey, TlsFingerprintFacts> Clients { get; }

    internal PartMap<TextKey, TlsFingerprintFacts> Servers { get; }

    /// <summary>Gets the problems by kind, server and detail (a version, a cipher, a client).</summary>
    internal PartMap<Key3<NumberKey, EndpointKey, TextKey>, TlsProblemFacts> Problems { get; }

    /// <summary>Gets the alerts by client, server and description.</summary>
    internal PartMap<Key3<AddressKey, EndpointKey, NumberKey>, TlsAlertFacts> Alerts { get; }
}
