using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Snmp;

/// <summary>SNMP version 1, 2c and 3 over UDP (RFC 3417).</summary>
public sealed class SnmpProtocol : IProtocol
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const byte OctetString = 0x04;
    private const int FirstPdu = 0xA0;
    private const int LastPdu = 0xA8;

    /// <inheritdoc/>
    public string Name => "snmp";

    /// <inheritdoc/>
    public Transports Transports => Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [161, 162];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        // A sequence that begins with a version, then a community and a PDU, or the header of version 3.
        var reader = new WireReader(first);
        if (reader.U8() != Sequence || !TryLength(ref reader, out _) || reader.U8() != Integer || reader.U8() != 1)
        {
            return Confidence.No;
        }

        byte version = reader.U8();
        byte next = reader.U8();
        if (reader.Overrun || !TryLength(ref reader, out int length))
        {
            return Confidence.No;
        }

        if (version == (byte)SnmpVersion.V3)
        {
            return next == Sequence && length is >= 10 and <= 24 && reader.U8() == Integer && !reader.Overrun ? Confidence.Certain : Confidence.No;
        }

        if (version > (byte)SnmpVersion.V2c || next != OctetString || length > SnmpReader.LongestCommunity)
        {
            return Confidence.No;
        }

        reader.Skip(length);
        byte pdu = reader.U8();

        // The community may be longer than what is shown here.
        return reader.Overrun ? Confidence.Plausible : pdu is >= FirstPdu and <= LastPdu ? Confidence.Certain : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new SnmpParser(flow, bus);

    // X.690, 8.1.3: up to four bytes of length are in use.
    private static bool TryLength(ref WireReader reader, out int length)
    {
        length = reader.U8();
        if (length >= 0x80)
        {
            int bytes = length - 0x80;
            length = 0;
            if (bytes is 0 or > 4)
            {
                return false;
            }

            for (int i = 0; i < bytes; i++)
            {
                length = (length << 8) | reader.U8();
            }
        }

        return !reader.Overrun && length >= 0;
    }
}
