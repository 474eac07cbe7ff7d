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

    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly LdapTracker _tracker = new(flow, bus);
    private bool _isTlsAsked;
    private bool _consumed;

    /// <inheritdoc/>
    public override int MaxMessage => 1024 * 1024;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (chunk.IsDatagram)
        {
            return ParseDatagram(direction, chunk);
        }

        if (_isTlsAsked && direction == Direction.ToResponder)
        {
            return LineReader.IsTls(chunk.Bytes) ? UpgradeToTls(0) : ParseResult.NeedMore(chunk.Bytes.Length + 1L);
        }

        switch (LdapHeader.Read(chunk.Bytes, out LdapHeader header))
        {
            case ParseStatus.NeedMore:
                return ParseResult.NeedMore(chunk.Bytes.Length + 1L);
            case ParseStatus.Malformed:
                return ParseSasl(direction, chunk);
        }

        _consumed = true;
        if (!_tracker.NeedsContent(direction, header))
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
    public override bool OnGap(Direction direction, long missing) => true;

    /// <inheritdoc/>
    public override void OnEnd() => _tracker.End();

    private ParseResult ParseDatagram(Direction direction, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> rest = chunk.Bytes;
        while (!rest.IsEmpty)
        {
            if (LdapHeader.Read(rest, out LdapHeader header) != ParseStatus.Done || header.Length > rest.Length)
            {
                return chunk.Missing > 0 ? ParseResult.Done(chunk.Bytes.Length) : ParseResult.Malformed("not an LDAP message");
            }

            _tracker.Take(direction, header, rest.Slice(header.HeaderLength, (int)header.ContentLength), chunk.Frame, chunk.Time, isDatagram: true);
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
        }

        return ParseResult.Done(header.Length);
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

        if (length is < SaslBuffer.MinLength or > SaslBuffer.MaxLength || (!_tracker.MayBeProtected && !SaslBuffer.IsKerberosWrap(reader.Rest) && reader.Remaining >= LengthPrefix))
        {
            // Behind a gap there is no telling where the next message begins.
            return _consumed ? ParseResult.Finished : ParseResult.NotThisProtocol();
        }

        if (reader.Remaining < Math.Min(length, SaslBuffer.Shown))
        {
            return ParseResult.NeedMore(LengthPrefix + Math.Min(length, SaslBuffer.Shown));
        }

        _consumed = true;
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
            _tracker.Take(direction, header, rest.Slice(header.HeaderLength, (int)header.ContentLength), chunk.FrameAt(end), chunk.TimeAt(end), isDatagram: false);
            rest = rest[(int)header.Length..];
        }

        return ParseResult.Done(LengthPrefix + length);
    }

    private void Report(string rule, in StreamChunk chunk)
    {
        if (_anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = chunk.Frame, Time = chunk.Time, Protocol = "ldap", Rule = rule });
        }
    }
}
