using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>
/// Parses LDAP messages one at a time and pairs answers with requests. Entries are passed over unseen, but for those in which a server tells
/// about itself; StartTLS (RFC 4511, 4.14) is followed, and so are the buffers of a SASL security layer (RFC 4422, 3.7).
/// </summary>
public sealed class LdapParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int LengthPrefix = 4;
    private const string WrongSide = "request or answer from the wrong side";

    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly LdapTracker _tracker = new(flow, bus);
    private Side _toResponder;
    private Side _toOriginator;
    private HeldBytes? _held;
    private bool _isTlsAsked;
    private bool _consumed;

    /// <inheritdoc/>
    public override int MaxMessage => Limits.LdapMessage;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (chunk.IsDatagram)
        {
            return ParseDatagram(direction, chunk);
        }

        if (_isTlsAsked && direction == Direction.ToResponder)
        {
            return LineReader.IsTls(chunk.Bytes) ? UpgradeToTls(0) : Hold(direction, chunk);
        }

        switch (LdapHeader.Read(chunk.Bytes, out LdapHeader header))
        {
            case ParseStatus.NeedMore:
                return ParseResult.NeedMore(chunk.Bytes.Length + 1L);
            case ParseStatus.Malformed:
            case ParseStatus.Done when Of(direction).IsLost && !IsWhole(header, chunk.Bytes):
                return ParseSasl(direction, chunk);
        }

        _consumed = true;
        Of(direction) = default;
        if (!_tracker.IsRightSide(direction, header))
        {
            Report(WrongSide, chunk);
            return ParseResult.Done(header.Length);
        }

        if (!_tracker.NeedsContent(header))
        {
            _tracker.PassOver(header);
            return ParseResult.Done(header.Length);
        }

        if (header.Length > MaxMessage)
        {
            Report("message too long to be read", chunk);
            return ParseResult.Done(header.Length);
        }

        return chunk.Bytes.Length < header.Length ? ParseResult.NeedMore(header.Length) : Take(direction, header, chunk.Bytes, chunk);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        Of(direction).IsLost = true;
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        do
        {
            _isTlsAsked = false;
            ReadHeld();
        }
        while (_isTlsAsked);
        _tracker.End();
    }

    private ParseResult ParseDatagram(Direction direction, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> rest = chunk.Bytes;
        while (!rest.IsEmpty)
        {
            if (LdapHeader.Read(rest, out LdapHeader header) != ParseStatus.Done || header.Length > rest.Length)
            {
                return chunk.Missing > 0 ? ParseResult.Done(chunk.Bytes.Length) : ParseResult.Malformed("not an LDAP message");
            }

            TakeInside(direction, header, rest, chunk, 0);
            rest = rest[(int)header.Length..];
        }

        return ParseResult.Done(Math.Max(1, chunk.Bytes.Length));
    }

    private ParseResult Take(Direction direction, in LdapHeader header, ReadOnlySpan<byte> bytes, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> content = bytes.Slice(header.HeaderLength, (int)header.ContentLength);
        LdapOperation? done = _tracker.Take(direction, header, content, chunk.FrameAt((int)header.Length - 1), chunk.TimeAt((int)header.Length - 1), isDatagram: false);
        if (LdapTracker.AsksForTls(header, content))
        {
            _isTlsAsked = true;
        }
        else if (_isTlsAsked && done is { Kind: LdapOperationKind.Extended })
        {
            _isTlsAsked = false;
            if (done.Result is { Code: LdapNames.Success })
            {
                return UpgradeToTls(header.Length);
            }

            ReadHeld();
        }

        return ParseResult.Done(header.Length);
    }

    // What the client sends before it knows whether there will be TLS.
    private ParseResult Hold(Direction direction, in StreamChunk chunk)
    {
        if (LdapHeader.Read(chunk.Bytes, out LdapHeader header) != ParseStatus.Done || header.Length > chunk.Bytes.Length)
        {
            return ParseResult.NeedMore(chunk.Bytes.Length + 1L);
        }

        _held ??= new HeldBytes(direction);
        if (!_held.TryAdd(chunk.Bytes[..(int)header.Length], chunk))
        {
            Report("too much sent before the answer to a request for TLS", chunk);
        }

        return ParseResult.Done(header.Length);
    }

    private void ReadHeld()
    {
        while (!_isTlsAsked && _held is { IsEmpty: false } held)
        {
            StreamChunk chunk = held.Rest;
            LdapHeader.Read(chunk.Bytes, out LdapHeader header);
            Take(held.Direction, header, chunk.Bytes, chunk);
            held.Read(header.Length);
        }

        _held = _isTlsAsked ? _held : null;
    }

    private ParseResult UpgradeToTls(long bytes)
    {
        _tracker.IsTls = true;
        return ParseResult.Upgrade(bytes, "tls");
    }

    private ParseResult ParseSasl(Direction direction, in StreamChunk chunk)
    {
        var reader = new WireReader(chunk.Bytes);
        uint length = reader.U32();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(LengthPrefix);
        }

        bool isLost = Of(direction).IsLost;
        bool isToken = SaslBuffer.IsKerberosWrap(reader.Rest) || (isLost ? SaslBuffer.IsNtlm(reader.Rest) : _tracker.MayBeProtected);
        if (length is < SaslBuffer.MinLength or > SaslBuffer.MaxLength || (!isToken && reader.Remaining >= LengthPrefix))
        {
            return _consumed ? PassOver(direction, chunk) : ParseResult.NotThisProtocol();
        }

        if (reader.Remaining < Math.Min(length, SaslBuffer.Shown))
        {
            return ParseResult.NeedMore(LengthPrefix + Math.Min(length, SaslBuffer.Shown));
        }

        _consumed = true;
        Of(direction) = default;
        ReadOnlySpan<byte> token = reader.Rest[..(int)Math.Min(length, reader.Remaining)];
        SaslBuffer buffer = SaslBuffer.Read(token, (int)length);
        if (buffer.IsSealed || LengthPrefix + length > MaxMessage)
        {
            _tracker.CountSealed(length);
            return ParseResult.Done(LengthPrefix + length);
        }

        if (token.Length < length)
        {
            return ParseResult.NeedMore(LengthPrefix + length);
        }

        _tracker.CountSigned();
        int end = LengthPrefix + (int)length - 1;
        ReadOnlySpan<byte> rest = token.Slice(buffer.Start, buffer.Length);
        while (!rest.IsEmpty && LdapHeader.Read(rest, out LdapHeader header) == ParseStatus.Done && header.Length <= rest.Length)
        {
            TakeInside(direction, header, rest, chunk, end);
            rest = rest[(int)header.Length..];
        }

        return ParseResult.Done(LengthPrefix + length);
    }

    // One of the messages that a datagram or a buffer holds.
    private void TakeInside(Direction direction, in LdapHeader header, ReadOnlySpan<byte> bytes, in StreamChunk chunk, int end)
    {
        if (_tracker.IsRightSide(direction, header))
        {
            _tracker.Take(direction, header, bytes.Slice(header.HeaderLength, (int)header.ContentLength), chunk.FrameAt(end), chunk.TimeAt(end), chunk.IsDatagram);
        }
        else
        {
            Report(WrongSide, chunk);
        }
    }

    // What is no message hides none that comes behind it: the next one is looked for, and bytes that may begin one are kept.
    private ParseResult PassOver(Direction direction, in StreamChunk chunk)
    {
        ref Side side = ref Of(direction);
        if (!side.IsPassing)
        {
            side.IsLost = side.IsPassing = true;
            Report("bytes between messages", chunk);
        }

        int at = 1;
        while (at < chunk.Bytes.Length && !MayBegin(chunk.Bytes[at..]))
        {
            at++;
        }

        return ParseResult.Done(at);
    }

    private bool MayBegin(ReadOnlySpan<byte> bytes) => LdapHeader.Read(bytes, out LdapHeader header) switch
    {
        ParseStatus.NeedMore => true,
        ParseStatus.Done => IsWhole(header, bytes),
        _ => bytes[0] == 0 && bytes.Length > LengthPrefix && SaslBuffer.IsKerberosWrap(bytes[LengthPrefix..]),
    };

    // An operation and perhaps controls, in context 0, fill a message (RFC 4511, 4.1.1): other bytes seldom look like that by chance.
    private bool IsWhole(in LdapHeader header, ReadOnlySpan<byte> bytes)
    {
        long end = header.HeaderLength + header.ContentLength;
        return header.Length <= MaxMessage && (end == header.Length || end >= bytes.Length || bytes[(int)end] == 0xA0);
    }

    private void Report(string rule, in StreamChunk chunk)
    {
        if (_anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = chunk.Frame, Time = chunk.Time, Protocol = "ldap", Rule = rule });
        }
    }

    private ref Side Of(Direction direction) => ref direction == Direction.ToResponder ? ref _toResponder : ref _toOriginator;

    // Behind a gap or other bytes, and whether those are being passed over.
    private struct Side
    {
        public bool IsLost;
        public bool IsPassing;
    }
}
