using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Xmpp;

/// <summary>Follows STARTTLS (RFC 6120, 5.4), tag by tag; stanzas are passed over.</summary>
internal sealed class XmppParser : FlowParser
{
    private const int MostTags = 200;
    private const int MaxTag = 16 * 1024;

    private readonly int[] _tags = new int[2];
    private Direction? _asker;
    private bool _isOver;

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
}
