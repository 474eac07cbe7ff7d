using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;

namespace Pcapper.Modules.Protocols.Xmpp;

/// <summary>Follows STARTTLS (RFC 6120, 5.4) and logins (6.4), tag by tag; stanzas are passed over.</summary>
internal sealed class XmppParser : FlowParser
{
    private const string Protocol = "xmpp";
    private const int MostTags = 200;
    private const int MaxTag = 16 * 1024;

    private readonly int[] _tags = new int[2];
    private readonly LoginTeller _logins;
    private readonly SaslExchange _sasl;
    private Direction? _asker;
    private byte[] _mechanism = [];
    private bool _isOver;

    public XmppParser(FlowContext flow, RecordBus bus)
    {
        _logins = new LoginTeller(flow, bus, Protocol);
        _sasl = new SaslExchange(flow, bus, Protocol, _logins);
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        _logins.End();
        _sasl.End();
    }

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        if (_isOver || _tags[(int)direction] == MostTags)
        {
            return ParseResult.Finished;
        }

        if (_asker == direction)
        {
            return LineReader.IsTls(bytes) ? ParseResult.Upgrade(0, "tls") : ParseResult.NeedMore(bytes.Length + 1L);
        }

        int end = bytes.IndexOf((byte)'>');
        if (end < 0)
        {
            return bytes.Length < MaxTag ? ParseResult.NeedMore(bytes.Length + 1L) : ParseResult.Malformed("tag too long");
        }

        _tags[(int)direction]++;
        int begin = bytes[..end].IndexOf((byte)'<');
        ReadOnlySpan<byte> tag = begin < 0 ? default : bytes[begin..end];
        Authentication(direction, tag, bytes[..Math.Max(0, begin)], chunk);
        if (_asker is null && tag.StartsWith("<starttls"u8) && direction == Direction.ToResponder)
        {
            _asker = direction;
        }
        else if (_asker is { } asker && asker != direction)
        {
            if (tag.StartsWith("<proceed"u8))
            {
                return ParseResult.Upgrade(end + 1, "tls");
            }

            if (tag.StartsWith("<failure"u8))
            {
                _asker = null;
            }
        }
        else if (tag.StartsWith("<success"u8))
        {
            _isOver = true;   // logged in without TLS
        }

        return ParseResult.Done(end + 1);
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
