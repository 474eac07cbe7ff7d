using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>SMB 1, 2 and 3 over TCP, with or without a NetBIOS session (RFC 1002, 4.3).</summary>
public sealed class SmbProtocol : IProtocol
{
    private const int NamesLength = 68;   // two encoded names of 34 bytes (RFC 1002, 4.3.2)

    /// <inheritdoc/>
    public string Name => "smb";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [139, 445];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        if (first.IsEmpty)
        {
            return Confidence.Undecided;
        }

        var reader = new WireReader(first);
        byte type = reader.U8();
        int length = reader.U24();
        byte version = reader.U8();
        ReadOnlySpan<byte> mark = reader.Take(3);
        if (type == 0)
        {
            return !reader.Overrun ? version >= 0xFC && mark.SequenceEqual("SMB"u8) && length >= Smb1Header.Size / 2 ? Confidence.Certain : Confidence.No
                : first.Length < 5 || version >= 0xFC ? Confidence.Undecided : Confidence.No;
        }

        // A session request, and its two answers.
        return type switch
        {
            0x81 when first.Length < 5 => Confidence.Undecided,
            0x81 => length == NamesLength && version == 0x20 ? Confidence.Certain : Confidence.No,
            0x82 when first.Length >= 4 => length == 0 ? Confidence.Plausible : Confidence.No,
            0x83 when first.Length >= 4 => length == 1 ? Confidence.Plausible : Confidence.No,
            0x82 or 0x83 => Confidence.Undecided,
            _ => Confidence.No,
        };
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new SmbParser(flow, bus);
}
