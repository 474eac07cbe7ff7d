using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>DNP3 (IEEE 1815) over TCP and UDP.</summary>
public sealed class Dnp3Protocol : IProtocol
{
    /// <summary>The port of outstations.</summary>
    internal const ushort Port = 20000;

    /// <inheritdoc/>
    public string Name => "dnp3";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp | Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [Port];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        if (!IsSync(first))
        {
            return Confidence.No;
        }

        if (first.Length < Dnp3LinkHeader.Size)
        {
            return Confidence.Undecided;
        }

        return first[2] < Dnp3LinkHeader.LeastLength ? Confidence.No : Dnp3Crc.Holds(first[..Dnp3LinkHeader.Size]) ? Confidence.Certain : Confidence.Plausible;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new Dnp3Parser(flow, bus);

    /// <summary>Tells whether bytes may begin a frame.</summary>
    internal static bool IsSync(ReadOnlySpan<byte> bytes) => bytes is [0x05] or [0x05, 0x64, ..];
}
