namespace Pcapper.Engine;

/// <summary>A protocol above TCP or UDP: tells its bytes from others', and makes parsers. Stateless; one instance serves all flows.</summary>
public interface IProtocol
{
    /// <summary>Gets the name, as logs and reports write it: <c>dns</c>.</summary>
    string Name { get; }

    /// <summary>Gets the transports it runs on.</summary>
    Transports Transports { get; }

    /// <summary>Gets the ports that servers usually have; they only break ties.</summary>
    ReadOnlySpan<ushort> UsualPorts { get; }

    /// <summary>Judges the first bytes of one direction, never none (a whole datagram, or the start of a stream, cut at the probe limit).</summary>
    Confidence Probe(Direction direction, ReadOnlySpan<byte> first);

    /// <summary>Makes the parser for one flow.</summary>
    FlowParser CreateParser(FlowContext flow, RecordBus bus);
}
