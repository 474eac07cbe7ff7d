namespace Pcapper.Engine;

/// <summary>Everything that a build of Pcapper knows: protocols, analyzers, roll-ups and record logs.</summary>
public interface ICatalog
{
    /// <summary>Gets the protocols above TCP and UDP.</summary>
    IReadOnlyList<IProtocol> Protocols { get; }

    /// <summary>Gets the makers of those that state records from packets (ARP, ICMP, TCP); one that nobody wants may make none.</summary>
    IReadOnlyList<Func<RecordBus, IPacketConsumer?>> PacketParsers { get; }

    /// <summary>Gets the makers of those that state records from the bytes of flows; they make nothing where nobody wants those records.</summary>
    IReadOnlyList<Func<RecordBus, IStreamConsumer?>> StreamParsers => [];

    /// <summary>Gets the makers of the analyzers; each shard has its own.</summary>
    IReadOnlyList<Func<IAnalyzer>> Analyzers { get; }

    /// <summary>Gets the makers of those that sum up the findings and indicators of all analyzers.</summary>
    IReadOnlyList<Func<IRollup>> Rollups { get; }

    /// <summary>Gets what tells a media type by a file's first bytes, or null if nobody can.</summary>
    TypeSniffer? Sniff => null;

    /// <summary>Gets the record logs.</summary>
    IReadOnlyList<ILogSchema> Logs { get; }
}
