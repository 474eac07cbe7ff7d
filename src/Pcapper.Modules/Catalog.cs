using Pcapper.Engine;
using Pcapper.Modules.Analyses.Anomalies;
using Pcapper.Modules.Analyses.Certificates;
using Pcapper.Modules.Analyses.Flows;
using Pcapper.Modules.Analyses.Overview;
using Pcapper.Modules.Analyses.Protocols;
using Pcapper.Modules.Analyses.Sizes;
using Pcapper.Modules.Analyses.Tcp;
using Pcapper.Modules.Analyses.Threats;
using Pcapper.Modules.Analyses.Vlan;
using Pcapper.Modules.Protocols.Arp;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Modules.Protocols.Http2;
using Pcapper.Modules.Protocols.Icmp;
using Pcapper.Modules.Protocols.Quic;
using Pcapper.Modules.Protocols.Tls;
using Pcapper.Modules.Protocols.WebSocket;
using Pcapper.Modules.Protocols.X509;

namespace Pcapper.Modules;

/// <summary>The one list of everything that this build knows; each part a to z.</summary>
public sealed class Catalog : ICatalog
{
    /// <inheritdoc/>
    public IReadOnlyList<IProtocol> Protocols { get; } =
    [
        new DnsProtocol(),
        new DtlsProtocol(),
        new Http2Protocol(),
        new HttpProtocol(),
        new QuicProtocol(),
        new TlsProtocol(),
        new WebSocketProtocol(),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Func<RecordBus, IPacketConsumer>> PacketParsers { get; } =
    [
        bus => new ArpParser(bus),
        bus => new IcmpParser(bus),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Func<IAnalyzer>> Analyzers { get; } =
    [
        () => new CertificatesAnalyzer(),
        () => new DnsAnalyzer(),
        () => new HttpAnalyzer(),
        () => new OverviewAnalyzer(),
        () => new ProtocolsAnalyzer(),
        () => new SizesAnalyzer(),
        () => new TcpAnalyzer(),
        () => new TlsAnalyzer(),
        () => new VlanAnalyzer(),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Func<IRollup>> Rollups { get; } =
    [
        () => new ThreatsRollup(),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<ILogSchema> Logs { get; } =
    [
        ConnLog.Schema,
        DnsLog.Schema,
        HttpLog.Schema,
        IcmpLog.Schema,
        QuicLog.Schema,
        TlsLog.Schema,
        WeirdLog.Schema,
        X509Log.Schema,
    ];
}
