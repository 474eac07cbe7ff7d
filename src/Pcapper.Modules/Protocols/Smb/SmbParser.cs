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
    private const int NetbiosPort = 139;
    private const int NetbiosLength = 0x1FFFF;                  // RFC 1002, 4.3.1: seventeen bits; over TCP alone MS-SMB2, 2.1 has all 24
    private const byte SessionMessage = 0x00;
    private const byte SessionRequest = 0x81;
    private const byte SessionAccepted = 0x82;
    private const byte KeepAlive = 0x85;
    private const byte Compression = 0xFC;                      // MS-SMB2, 2.2.41 and 2.2.42; MS-CIFS, 2.2.3.1
    private const byte Encryption = 0xFD;
    private const byte Version2 = 0xFE;
    private const byte Version1 = 0xFF;
    private const int MostControl = 512;
    private const int CompressionHeader = 16;                   // MS-SMB2, 2.2.42.1
    private const ushort Chained = 1;
    private const long MostOriginal = 16 * 1024 * 1024;         // MS-SMB2, 3.3.5.2.13: no more than the largest message and its head

    private readonly SmbEmitter _emitter;
    private readonly int[] _left = new int[2];                  // bytes of a message that is taken in parts
    private readonly SmbContent?[] _contents = new SmbContent?[2];
    private int _lost;                                          // a bit for each direction
    private Smb1Dialog?[]? _one;                                // by the way that requests go
    private Smb2Connection? _two;
    private bool _isNetbios;
    private bool _hasBegun;

    /// <summary>Initializes a new instance of the <see cref="SmbParser"/> class.</summary>
    public SmbParser(FlowContext flow, RecordBus bus)
    {
        _emitter = new SmbEmitter(flow, bus);
        _isNetbios = flow.Id.ResponderPort == NetbiosPort;
    }

    /// <inheritdoc/>
    public override int MaxMessage => FrameHeader + Limits.SmbMessage;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        int mine = 1 << (int)direction;
        if ((_lost & mine) != 0)
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

            _lost &= ~mine;
        }

        if (_contents[(int)direction] is { } content)
        {
            int count = (int)Math.Min(chunk.Bytes.Length, content.MessageLeft);
            content.Take(chunk.Bytes[..count], chunk.FrameAt(count - 1), chunk.TimeAt(count - 1));
            _contents[(int)direction] = content.MessageLeft > 0 ? content : null;
            return ParseResult.Done(count);
        }

        if (_left[(int)direction] > 0)
        {
            return Part(direction, 0, _left[(int)direction], chunk);
        }

        var reader = new WireReader(chunk.Bytes);
        byte type = reader.U8();
        int length = reader.U24();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(FrameHeader);
        }

        bool isReserved = _isNetbios && length > NetbiosLength;
        length &= _isNetbios ? NetbiosLength : int.MaxValue;
        if (type != SessionMessage)
        {
            _isNetbios |= type == SessionAccepted;
            return type is >= SessionRequest and <= KeepAlive && length <= MostControl ? Begun(FrameHeader + length) : Refuse(direction, chunk);
        }

        if (length < FrameHeader)
        {
            return length == 0 ? Begun(FrameHeader) : Refuse(direction, chunk);
        }

        byte version = reader.U8();
        ReadOnlySpan<byte> mark = reader.Take(3);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(FrameHeader * 2);
        }

        if (!mark.SequenceEqual("SMB"u8) || version < Compression)
        {
            return Refuse(direction, chunk);
        }

        ParseResult result = Message(direction, version, length, chunk);
        if (isReserved && result.Status == ParseStatus.Done)
        {
            _emitter.Anomaly("reserved bits of the session message header", chunk.Frame, chunk.Time);
        }

        return result;
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        if (_contents[(int)direction] is { } content && missing <= content.MessageLeft)
        {
            content.Pass(missing);
            _contents[(int)direction] = content.MessageLeft > 0 ? content : null;
            return true;
        }

        _contents[(int)direction] = null;
        _left[(int)direction] = 0;
        _lost |= 1 << (int)direction;
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        foreach (Smb1Dialog? dialog in _one ?? [])
        {
            dialog?.End();
        }

        _two?.End();
        _emitter.End();
    }

    // Behind a gap, or what is none, the next message is looked for by its mark.
    private static int Find(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.IndexOf("SMB"u8);
        while (at >= 0)
        {
            if (at >= FrameHeader + 1 && bytes[at - 1] >= Compression && bytes[at - FrameHeader - 1] == SessionMessage)
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
        int needed = Math.Min(length, version switch { Version1 => Limits.SmbMessage, Compression => CompressionHeader, _ => Smb2Header.Size });
        if (version == Version2 && body.Length >= needed)
        {
            (_two ??= new Smb2Connection(_emitter)).Begin(direction);
            if (length > Limits.SmbMessage)
            {
                return Part(direction, FrameHeader, length, chunk);
            }

            needed = _two.Needed(direction, body, length);
        }

        if (body.Length < needed)
        {
            return ParseResult.NeedMore(FrameHeader + needed);
        }

        // Wireshark shows a message where its last byte is; of those that are not waited for the place of the last byte at hand must do.
        ReadOnlySpan<byte> message = body[..Math.Min(body.Length, Math.Min(length, Limits.SmbMessage))];
        int last = FrameHeader + Math.Min(body.Length, length) - 1;
        FrameRef frame = chunk.FrameAt(last);
        Timestamp time = chunk.TimeAt(last);
        switch (version)
        {
            case Version1:
                TakeOne(direction, message, frame, time);
                break;
            case Version2:
                _two!.Take(direction, message, frame, time);
                break;
            case Encryption:
                _emitter.CountEncrypted(frame, time);
                break;
            default:
                Compressed(direction, message, frame, time);
                break;
        }

        return Begun(direction, FrameHeader + message.Length, FrameHeader + (long)length);
    }

    // A message that is too long to be waited for: of a compound one part after the other, of all else the beginning.
    private ParseResult Part(Direction direction, int at, int left, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> body = chunk.Bytes[at..];
        int needed = Math.Min(left, Smb2Header.Size);
        int length = left;
        if (body.Length >= needed)
        {
            length = Smb2Header.TryRead(body, out Smb2Header header) && header.Next >= Smb2Header.Size && header.Next < left ? (int)header.Next : left;
            needed = _two!.Needed(direction, body, length);
        }

        if (body.Length < needed)
        {
            return ParseResult.NeedMore(at + needed);
        }

        ReadOnlySpan<byte> message = body[..Math.Min(body.Length, Math.Min(length, Limits.SmbMessage))];
        int last = at + Math.Min(body.Length, length) - 1;
        int next = _two!.TakeOne(direction, message, left, chunk.FrameAt(last), chunk.TimeAt(last));
        _left[(int)direction] = next == 0 ? 0 : left - next;
        return Begun(direction, at + message.Length, at + (long)(next == 0 ? left : next));
    }

    private void TakeOne(Direction direction, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        if (!Smb1Header.TryRead(message, out Smb1Header header))
        {
            _emitter.Anomaly("SMB 1 header", frame, time);
        }
        else if (_emitter.Admits(direction, header.IsResponse, frame, time, isAsking: header.Command != Smb1Command.LockingAndX))
        {
            _one ??= new Smb1Dialog?[2];
            (_one[(int)_emitter.Requests] ??= new Smb1Dialog(_emitter, _emitter.Requests)).Take(direction, header, message, frame, time);
        }
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

    // The rest of a message is passed over, unless it is content that somebody wants.
    private ParseResult Begun(Direction direction, int taken, long total)
    {
        if (_emitter.TakeRest() is not { } rest || taken >= total)
        {
            return Begun(total);
        }

        rest.MessageLeft = total - taken;
        _contents[(int)direction] = rest;
        return Begun(taken);
    }

    private ParseResult Begun(long bytes)
    {
        _hasBegun = true;
        return ParseResult.Done(bytes);
    }

    // One that breaks the form does not spoil the next one.
    private ParseResult Refuse(Direction direction, in StreamChunk chunk)
    {
        if (!_hasBegun)
        {
            return ParseResult.NotThisProtocol();
        }

        _emitter.Anomaly("session message header", chunk.Frame, chunk.Time);
        _lost |= 1 << (int)direction;
        return ParseResult.Done(1);
    }
}
