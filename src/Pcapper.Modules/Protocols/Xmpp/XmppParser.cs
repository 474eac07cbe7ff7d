using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Xmpp;

/// <summary>Follows STARTTLS (RFC 6120, 5.4) and logins (6.4), tag by tag; stanzas are passed over.</summary>
internal sealed class XmppParser : FlowParser
{
    private const string Protocol = "xmpp";
    private const int MaxTag = 16 * 1024;

    private readonly int[] _tags = new int[2];
    private readonly LoginTeller _logins;
    private readonly SaslExchange _sasl;
    private readonly FlowContext _flow;
    private readonly Emitter<AnomalySeen> _anomalies;
    private HeldBytes? _held;
    private Direction? _asker;
    private byte[] _mechanism = [];
    private bool _isOver;

    public XmppParser(FlowContext flow, RecordBus bus)
    {
        _flow = flow;
        _anomalies = bus.Emitter<AnomalySeen>();
        _logins = new LoginTeller(flow, bus, Protocol);
        _sasl = new SaslExchange(flow, bus, Protocol, _logins);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing) => true;   // the next tag tells where it is

    /// <inheritdoc/>
    public override void OnEnd()
    {
        do
        {
            ReadHeld();
        }
        while (_asker is not null);
        _logins.End();
        _sasl.End();
    }

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        if (_isOver || (!_logins.IsWanted && _tags[(int)direction] == Limits.TextElements))
        {
            return ParseResult.Finished;
        }

        if (_asker == direction && LineReader.IsTls(bytes))
        {
            return ParseResult.Upgrade(0, "tls");
        }

        int end = bytes.IndexOf((byte)'>');
        if (end < 0)
        {
            return bytes.Length < MaxTag ? ParseResult.NeedMore(bytes.Length + 1L) : ParseResult.Malformed("tag too long");
        }

        _tags[(int)direction]++;
        if (_asker == direction)
        {
            Hold(direction, bytes[..(end + 1)], chunk);
            return ParseResult.Done(end + 1);
        }

        return TakeTag(direction, bytes[..end], chunk) ? ParseResult.Upgrade(end + 1, "tls") : ParseResult.Done(end + 1);
    }

    // A tag without its end, and the text before it; true if TLS follows.
    private bool TakeTag(Direction direction, ReadOnlySpan<byte> bytes, in StreamChunk chunk)
    {
        int begin = bytes.IndexOf((byte)'<');
        ReadOnlySpan<byte> tag = begin < 0 ? default : bytes[begin..];
        Authentication(direction, tag, bytes[..Math.Max(0, begin)], chunk);
        if (_asker is null && tag.StartsWith("<starttls"u8) && direction == Direction.ToResponder)
        {
            _asker = direction;
        }
        else if (_asker is { } asker && asker != direction)
        {
            if (tag.StartsWith("<failure"u8))
            {
                ReadHeld();
            }

            return tag.StartsWith("<proceed"u8);
        }
        else if (direction == Direction.ToOriginator && tag.StartsWith("<success"u8))
        {
            _isOver = true;   // logged in without TLS
        }

        return false;
    }

    private void Hold(Direction direction, ReadOnlySpan<byte> bytes, in StreamChunk chunk)
    {
        _held ??= new HeldBytes(direction);
        if (!_held.TryAdd(bytes, chunk) && _anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = _flow.Id, Frame = chunk.Frame, Time = chunk.Time, Protocol = Protocol, Rule = "too much sent before the answer to a request for TLS" });
        }
    }

    private void ReadHeld()
    {
        _asker = null;
        while (_asker is null && _held is { IsEmpty: false } held)
        {
            StreamChunk chunk = held.Rest;
            int end = chunk.Bytes.IndexOf((byte)'>');
            TakeTag(held.Direction, chunk.Bytes[..end], chunk);
            held.Read(end + 1);
        }

        _held = _asker is null ? null : _held;
    }

    // <auth mechanism='PLAIN'>base64</auth>, then <challenge> and <response>, then <success/> or <failure>.
    private void Authentication(Direction direction, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> content, in StreamChunk chunk)
    {
        if (direction == Direction.ToResponder)
        {
            if (tag.StartsWith("<auth "u8))
            {
                _mechanism = Mechanism(tag).ToArray();
                if (tag is [.., (byte)'/'])
                {
                    _sasl.Begin(direction, _mechanism, default, chunk);
                }
            }
            else if (tag.StartsWith("</auth"u8))
            {
                _sasl.Begin(direction, _mechanism, content, chunk);
            }
            else if (_sasl.IsActive && tag.StartsWith("</response"u8))
            {
                _sasl.Answer(direction, content, chunk);
            }
        }
        else if (tag.StartsWith("</challenge"u8))
        {
            _sasl.Challenge(direction, content, chunk);
        }
        else if (tag.StartsWith("<success"u8) || (tag.StartsWith("<failure"u8) && (_sasl.IsActive || _logins.IsUnsettled)))
        {
            _sasl.Settle(tag.StartsWith("<success"u8));
        }
    }

    private static ReadOnlySpan<byte> Mechanism(ReadOnlySpan<byte> tag)
    {
        int at = tag.IndexOf("mechanism="u8);
        ReadOnlySpan<byte> value = at < 0 ? default : tag[(at + 10)..];
        return value is [(byte)'"' or (byte)'\'', ..] && value[1..].IndexOf(value[0]) is > 0 and var end ? value.Slice(1, end) : default;
    }
}
