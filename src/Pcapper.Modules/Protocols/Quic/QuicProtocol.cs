using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Quic;

/// <summary>QUIC versions 1 and 2, and the drafts from 22 on.</summary>
public sealed class QuicProtocol : IProtocol
{
    private const int MinInitialDestination = 8;   // RFC 9000, 7.2

    /// <inheritdoc/>
    public string Name => "quic";

    /// <inheritdoc/>
    public Transports Transports => Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [80, 443, 853, 8443];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        byte flags = reader.U8();
        uint version = reader.U32();
        byte destination = reader.U8();
        reader.Skip(destination);
        byte source = reader.U8();
        reader.Skip(source);
        if (reader.Overrun || (flags & 0x80) == 0 || destination > QuicLongHeader.MaxConnectionId || source > QuicLongHeader.MaxConnectionId)
        {
            return Confidence.No;
        }

        if (version == QuicVersions.Negotiation)
        {
            return ProbeVersions(reader.Rest, first.Length == Limits.ProbeDatagram);
        }

        if ((flags & 0x40) == 0 || !(QuicVersions.IsKnown(version) || QuicVersions.IsReserved(version)))
        {
            return Confidence.No;
        }

        return QuicVersions.IsKnown(version) && (destination >= MinInitialDestination || source > 0) ? Confidence.Certain : Confidence.Plausible;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new QuicParser(flow, bus);

    /// <summary>Judges the list of versions of a Version Negotiation packet.</summary>
    private static Confidence ProbeVersions(ReadOnlySpan<byte> versions, bool isCut)
    {
        if (versions.Length < 4 || (versions.Length % 4 != 0 && !isCut))
        {
            return Confidence.No;
        }

        var reader = new WireReader(versions);
        while (reader.Remaining >= 4)
        {
            if (QuicVersions.IsKnown(reader.U32()))
            {
                return Confidence.Plausible;
            }
        }

        return Confidence.No;
    }
}
