using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>Modbus over TCP and UDP, and RTU frames over either.</summary>
public sealed class ModbusProtocol : IProtocol
{
    /// <summary>The port of servers.</summary>
    internal const ushort Port = 502;

    // An RTU frame that short has a checksum by chance once in some ten thousand times that its function fits.
    private const int ShortRtu = 8;

    /// <inheritdoc/>
    public string Name => "modbus";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp | Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [Port];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        // A checksum that holds is rarer than a header that may be one: addresses of 0 in RTU frames look like the protocol number of the header.
        if (IsRtu(first))
        {
            return RtuLength(first) < ShortRtu ? Confidence.Plausible : Confidence.Certain;
        }

        var reader = new WireReader(first);
        reader.U16();
        ushort protocol = reader.U16();
        ushort length = reader.U16();
        if (reader.Overrun)
        {
            return Confidence.Undecided;
        }

        if (protocol != 0 || length is < ModbusFraming.LeastLength or > ModbusFraming.MostLength)
        {
            return RtuLength(first) < 0 ? Confidence.Undecided : Confidence.No;
        }

        reader.Skip(1);
        ReadOnlySpan<byte> pdu = reader.Take(length - 1);
        if (reader.Overrun)
        {
            return IsKnown(first) ? Confidence.Plausible : first.Length <= ModbusFraming.HeaderLength + 1 ? Confidence.Undecided : Confidence.No;
        }

        if (ModbusFraming.Fits(pdu, true) || ModbusFraming.Fits(pdu, false))
        {
            return Confidence.Plausible;
        }

        // Functions that are not public have any length: then nothing else must be there.
        return reader.Remaining == 0 && pdu[0] != 0 && ModbusFraming.PduLength(pdu, true) == 0 ? Confidence.Plausible : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new ModbusParser(flow, bus);

    /// <summary>Tells whether bytes begin with an RTU frame; a short one must not look like a header of TCP as well.</summary>
    internal static bool IsRtu(ReadOnlySpan<byte> first)
        => RtuLength(first) is var length && (length >= ShortRtu || (length > 0 && first is not [_, _, 0, 0, ..]));

    private static int RtuLength(ReadOnlySpan<byte> first)
    {
        if (first.Length > 1 && (first[0] > 247 || (first[1] & 0x7F) is not (>= 1 and <= 24 or 43 or 90)))
        {
            return 0;
        }

        int asRequest = ModbusFraming.Rtu(first, true);
        int asAnswer = ModbusFraming.Rtu(first, false);
        return asRequest > 0 ? asRequest : asAnswer > 0 ? asAnswer : first.Length < ShortRtu ? Math.Min(asRequest, asAnswer) : 0;
    }

    private static bool IsKnown(ReadOnlySpan<byte> first)
        => first is [_, _, _, _, _, _, _, var function, ..] && (function & 0x7F) is >= 1 and <= 24 or 43 or 90;
}
