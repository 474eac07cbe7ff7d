using Pcapper.Engine;
using Pcapper.Modules.Analyses.Anomalies;
using Pcapper.Modules.Analyses.Beacon;
using Pcapper.Modules.Analyses.Certificates;
using Pcapper.Modules.Analyses.Creds;
using Pcapper.Modules.Analyses.Domain;
using Pcapper.Modules.Analyses.Email;
using Pcapper.Modules.Analyses.Files;
using Pcapper.Modules.Analyses.Flows;
using Pcapper.Modules.Analyses.Health;
using Pcapper.Modules.Analyses.Icmp;
using Pcapper.Modules.Analyses.Intel;
using Pcapper.Modules.Analyses.Ioc;
using Pcapper.Modules.Analyses.Ips;
using Pcapper.Modules.Analyses.Overview;
using Pcapper.Modules.Analyses.Protocols;
using Pcapper.Modules.Analyses.Services;
using Pcapper.Modules.Analyses.Sizes;
using Pcapper.Modules.Analyses.Strings;
using Pcapper.Modules.Analyses.Tcp;
using Pcapper.Modules.Analyses.Threats;
using Pcapper.Modules.Analyses.Udp;
using Pcapper.Modules.Analyses.Vlan;
using Pcapper.Modules.Analyses.Yara;
using Pcapper.Modules.FileTypes;
using Pcapper.Modules.Protocols.Arp;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Modules.Protocols.Dnp3;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Modules.Protocols.Enip;
using Pcapper.Modules.Protocols.Ftp;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Modules.Protocols.Http2;
using Pcapper.Modules.Protocols.Icmp;
using Pcapper.Modules.Protocols.Imap;
using Pcapper.Modules.Protocols.Irc;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Modules.Protocols.Ldap;
using Pcapper.Modules.Protocols.ManageSieve;
using Pcapper.Modules.Protocols.Modbus;
using Pcapper.Modules.Protocols.Mysql;
using Pcapper.Modules.Protocols.Netbios;
using Pcapper.Modules.Protocols.Nfs;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Modules.Protocols.Pop3;
using Pcapper.Modules.Protocols.Postgresql;
using Pcapper.Modules.Protocols.Quic;
using Pcapper.Modules.Protocols.Rdp;
using Pcapper.Modules.Protocols.Redis;
using Pcapper.Modules.Protocols.Rtsp;
using Pcapper.Modules.Protocols.S7comm;
using Pcapper.Modules.Protocols.Sip;
using Pcapper.Modules.Protocols.Smb;
using Pcapper.Modules.Protocols.Smtp;
using Pcapper.Modules.Protocols.Snmp;
using Pcapper.Modules.Protocols.Ssh;
using Pcapper.Modules.Protocols.Tds;
using Pcapper.Modules.Protocols.Telnet;
using Pcapper.Modules.Protocols.Tftp;
using Pcapper.Modules.Protocols.Tls;
using Pcapper.Modules.Protocols.Vnc;
using Pcapper.Modules.Protocols.WebSocket;
using Pcapper.Modules.Protocols.X509;
using Pcapper.Modules.Protocols.Xmpp;

namespace Pcapper.Modules;

/// <summary>The one list of everything that this build knows; each part a to z.</summary>
public sealed class Catalog : ICatalog
{
    /// <inheritdoc/>
    public IReadOnlyList<IProtocol> Protocols { get; } =
    [
        new DceRpcProtocol(),
        new Dnp3Protocol(),
        new DnsProtocol(),
        new DtlsProtocol(),
        new EnipProtocol(),
        new FtpDataProtocol(),
        new FtpProtocol(),
        new Http2Protocol(),
        new HttpProtocol(),
        new ImapProtocol(),
        new IrcProtocol(),
        new KerberosProtocol(),
        new LdapProtocol(),
        new ManageSieveProtocol(),
        new ModbusProtocol(),
        new MysqlProtocol(),
        new NbnsProtocol(),
        new NetbiosDatagramProtocol(),
        new Pop3Protocol(),
        new PostgresqlProtocol(),
        new QuicProtocol(),
        new RdpProtocol(),
        new RedisProtocol(),
        new RpcProtocol(),
        new RtspProtocol(),
        new S7PlusProtocol(),
        new S7Protocol(),
        new SipProtocol(),
        new SmbProtocol(),
        new SmtpProtocol(),
        new SnmpProtocol(),
        new SshProtocol(),
        new TdsProtocol(),
        new TelnetProtocol(),
        new TftpProtocol(),
        new TlsProtocol(),
        new VncProtocol(),
        new WebSocketProtocol(),
        new XmppProtocol(),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Func<RecordBus, IPacketConsumer?>> PacketParsers { get; } =
    [
        bus => new ArpParser(bus),
        bus => new IcmpParser(bus),
        SegmentJudge.Create,
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Func<RecordBus, IStreamConsumer?>> StreamParsers { get; } = [StringFinder.For];

    /// <inheritdoc/>
    public IReadOnlyList<Func<IAnalyzer>> Analyzers { get; } =
    [
        () => new BeaconAnalyzer(),
        () => new CertificatesAnalyzer(),
        () => new CredsAnalyzer(),
        () => new Dnp3Analyzer(),
        () => new DnsAnalyzer(),
        () => new DomainAnalyzer(),
        () => new EmailAnalyzer(),
        () => new EnipAnalyzer(),
        () => new FilesAnalyzer(),
        () => new HealthAnalyzer(),
        () => new HttpAnalyzer(),
        () => new IcmpAnalyzer(),
        () => new IocAnalyzer(),
        () => new IpsAnalyzer(),
        () => new KerberosAnalyzer(),
        () => new LdapAnalyzer(),
        () => new ModbusAnalyzer(),
        () => new NetbiosAnalyzer(),
        () => new NfsAnalyzer(),
        () => new NtlmAnalyzer(),
        () => new OverviewAnalyzer(),
        () => new ProtocolsAnalyzer(),
        () => new S7Analyzer(),
        () => new ServicesAnalyzer(),
        () => new SizesAnalyzer(),
        () => new SmbAnalyzer(),
        () => new StringsAnalyzer(),
        () => new TcpAnalyzer(),
        () => new TlsAnalyzer(),
        () => new UdpAnalyzer(),
        () => new VlanAnalyzer(),
        () => new YaraAnalyzer(),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Func<IRollup>> Rollups { get; } =
    [
        () => new IntelRollup(),
        () => new IocRollup(),
        () => new ThreatsRollup(),
    ];

    /// <inheritdoc/>
    public TypeSniffer? Sniff => FileSniffer.Media;

    /// <inheritdoc/>
    public IReadOnlyList<ILogSchema> Logs { get; } =
    [
        CipIdentityLog.Schema,
        CipIoLog.Schema,
        CipLog.Schema,
        ConnLog.Schema,
        DceRpcLog.Schema,
        Dnp3ControlLog.Schema,
        Dnp3Log.Schema,
        Dnp3ObjectsLog.Schema,
        DnsLog.Schema,
        EnipLog.Schema,
        FilesLog.Schema,
        FtpLog.Schema,
        HttpLog.Schema,
        IcmpLog.Schema,
        ImapLog.Schema,
        KerberosLog.Schema,
        LdapLog.Schema,
        LdapSearchLog.Schema,
        ModbusDetailedLog.Schema,
        ModbusLog.Schema,
        NbnsLog.Schema,
        NfsLog.Schema,
        NtlmLog.Schema,
        PeLog.Schema,
        Pop3Log.Schema,
        QuicLog.Schema,
        S7Log.Schema,
        SmbFilesLog.Schema,
        SmbMappingLog.Schema,
        SmtpLog.Schema,
        SnmpLog.Schema,
        SshLog.Schema,
        TcpAnalysisLog.Schema,
        TlsLog.Schema,
        WeirdLog.Schema,
        X509Log.Schema,
    ];
}
