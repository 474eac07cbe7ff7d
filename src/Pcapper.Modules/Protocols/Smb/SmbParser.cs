using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>
/// Cuts the stream into messages (RFC 1002, 4.3; MS-SMB2, 2.1) and hands each to the dialog of its version. Of messages that carry
/// content of files only the beginning is waited for, the rest is passed over.
/// </summary>
internal sealed class SmbParser : FlowParser
{
    private const int FrameHeader = 4;
    private const byte SessionMessage = 0x00;
    private const byte SessionRequest = 0x81;
    private const byte KeepAlive = 0x85;
    private const int MostControl = 512;
    private const int CompressionHeader = 16;                   // MS-SMB2, 2.2.42.1
    private const ushort Chained = 1;
    private const long MostOriginal = 16 * 1024 * 1024;         // MS-SMB2, 3.3.5.2.13: no more than the largest message and its head

    private readonly SmbEmitter _emitter;
    private readonly Smb1Dialog _one;
    private readonly Smb2Dialog _two;
    private readonly bool[] _isLost = new bool[2];
    private bool _hasBegun;

    /// <summary>Initializes a new instance of the <see cref="SmbParser"/> class.</summary>
    public SmbParser(FlowContext flow, RecordBus bus)
    {
        _emitter = new SmbEmitter(flow, bus);
        _one = new Smb1Dialog(_emitter);
        _two = new Smb2Dialog(_emitter);
    }

    /// <inheritdoc/>
    public override int MaxMessage => FrameHeader + Smb2Dialog.Head;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (_isLost[(int)direction])
        {
            int skipped = Find(chunk.Bytes);
            if (skipped > 0)
            {
                return ParseResult.Done(skipped);
            }

            if (chunk.Bytes.Length < FrameHeader * 2)
            {
                return ParseResult.NeedMore(FrameHeader * 2);
            }

            _isLost[(int)direction] = false;
        }

        var reader = new WireReader(chunk.Bytes);
        byte type = reader.U8();
        int length = reader.U24();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(FrameHeader);
        }

        if (type != SessionMessage)
        {
            return type is >= SessionRequest and <= KeepAlive && length <= MostControl ? Begun(FrameHeader + length) : Refuse();
        }

        if (length < FrameHeader)
        {
            return length == 0 ? Begun(FrameHeader) : Refuse();
        }

        byte version = reader.U8();
        ReadOnlySpan<byte> mark = reader.Take(3);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(FrameHeader * 2);
        }

        return mark.SequenceEqual("SMB"u8) ? Message(direction, version, length, chunk) : Refuse();
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        _isLost[(int)direction] = true;
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        _one.End();
        _two.End();
        _emitter.End();
    }

    // Behind a gap the next message is looked for by its mark.
    private static int Find(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.IndexOf("SMB"u8);
        while (at >= 0)
        {
            if (at >= FrameHeader + 1 && bytes[at - 1] >= 0xFC && bytes[at - FrameHeader - 1] == SessionMessage)
            {
                return at - FrameHeader - 1;
            }

            int next = bytes[(at + 1)..].IndexOf("SMB"u8);
            at = next < 0 ? next : at + 1 + next;
        }

        return Math.Max(0, bytes.Length - (FrameHeader * 2) + 1);
    }

    private ParseResult Message(Direction direction, byte version, int length, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> body = chunk.Bytes[FrameHeader..];
        int fixedPart = Math.Min(length, version switch { 0xFF => Smb1Header.Size, 0xFC => CompressionHeader, _ => Smb2Header.Size });
        if (body.Length < fixedPart)
        {
            return ParseResult.NeedMore(FrameHeader + fixedPart);
        }

        int needed = version switch
        {
            0xFE => _two.Needed(body, length),
            0xFF => Math.Min(length, Smb2Dialog.Head),
            _ => fixedPart,
        };
        if (body.Length < needed)
        {
            return ParseResult.NeedMore(FrameHeader + needed);
        }

        // Wireshark shows a message where its last byte is; of those that are not waited for the place of the last byte at hand must do.
        ReadOnlySpan<byte> message = body[..Math.Min(body.Length, Math.Min(length, Smb2Dialog.Head))];
        int last = FrameHeader + Math.Min(body.Length, length) - 1;
        FrameRef frame = chunk.FrameAt(last);
        Timestamp time = chunk.TimeAt(last);
        switch (version)
        {
            case 0xFF:
                _one.Take(direction, message, frame, time);
                break;
            case 0xFE:
                _two.Take(direction, message, frame, time);
                break;
            case 0xFD:
                _emitter.CountEncrypted(frame, time);
                break;
            case 0xFC:
                Compressed(direction, message, frame, time);
                break;
            default:
                return Refuse();
        }

        return Begun(FrameHeader + (long)length);
    }

    private void Compressed(Direction direction, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        _emitter.CountCompressed(frame, time);
        var reader = new WireReader(message);
        reader.Skip(FrameHeader);
        uint original = reader.U32Little();
        reader.Skip(2);
        ushort flags = reader.U16Little();
        uint offset = reader.U32Little();

        // CVE-2020-0796: the server adds the two without a check.
        if (!reader.Overrun && flags != Chained && (long)original + offset > uint.MaxValue - MostOriginal)
        {
            _emitter.Requests = direction;
            _emitter.Signal(SmbSignalKind.CompressionOverflow, (long)original, frame, time);
        }
    }

    private ParseResult Begun(long bytes)
    {
        _hasBegun = true;
        return ParseResult.Done(bytes);
    }

    private ParseResult Refuse() => _hasBegun ? ParseResult.Malformed("session message header") : ParseResult.NotThisProtocol();
}
