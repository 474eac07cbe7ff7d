using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Vnc;

/// <summary>Reads versions and how the client is let in; the screen is passed over.</summary>
internal sealed class VncParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const byte NoSecurity = 1;   // RFC 6143, 7.2.1
    private const string WithoutPassword = "security type None";

    private readonly SoftwareTeller _teller = new(flow, bus, "vnc");
    private readonly int[] _versions = new int[2];
    private bool _choseNone;
    private bool _wasOffered;
    private bool _isOver;

    private int Version => Math.Min(_versions[0], _versions[1]);

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (_isOver)
        {
            return ParseResult.Finished;
        }

        if (_versions[(int)direction] == 0)
        {
            return ParseVersion(direction, chunk);
        }

        if (Version == 0)
        {
            return ParseResult.NeedMore(chunk.Bytes.Length + 1L);   // the other side's version decides
        }

        if (Version >= 4000)
        {
            return Finish();   // a vendor's own
        }

        return direction == Direction.ToOriginator ? ParseServer(direction, chunk) : ParseChoice(chunk);
    }

    private ParseResult ParseVersion(Direction direction, in StreamChunk chunk)
    {
        switch (VncVersion.Probe(chunk.Bytes))
        {
            case Confidence.No:
                return ParseResult.NotThisProtocol();
            case Confidence.Undecided:
                return ParseResult.NeedMore(VncVersion.Length);
            default:
                ReadOnlySpan<byte> version = chunk.Bytes[..VncVersion.Length];
                _versions[(int)direction] = Math.Max(1, VncVersion.Number(version));
                if (direction == Direction.ToOriginator)
                {
                    _teller.Server(direction, version, chunk);
                }

                return ParseResult.Done(VncVersion.Length);
        }
    }

    private ParseResult ParseServer(Direction direction, in StreamChunk chunk)
    {
        var reader = new WireReader(chunk.Bytes);
        if (Version < 3007)
        {
            // The server decides alone (RFC 6143, appendix A).
            uint type = reader.U32();
            if (reader.Overrun)
            {
                return ParseResult.NeedMore(4);
            }

            if (type == NoSecurity)
            {
                _teller.LetIn(direction, WithoutPassword, chunk);
            }

            return Finish();
        }

        if (!_wasOffered)
        {
            int count = reader.U8();
            reader.Skip(count);
            if (reader.Overrun)
            {
                return ParseResult.NeedMore(1 + count);
            }

            _wasOffered = true;
            return count == 0 ? Finish() : ParseResult.Done(1 + count);
        }

        uint result = reader.U32();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(4);
        }

        if (_choseNone && result == 0)
        {
            _teller.LetIn(direction, WithoutPassword, chunk);
        }

        return Finish();
    }

    private ParseResult ParseChoice(in StreamChunk chunk)
    {
        _choseNone = chunk.Bytes is [NoSecurity, ..];
        if (!_choseNone)
        {
            return Finish();
        }

        // 3.7 goes on without a result (RFC 6143, 7.1.3); 3.8 sends one.
        if (Version < 3008)
        {
            _teller.LetIn(Direction.ToOriginator, WithoutPassword, chunk);
            return Finish();
        }

        return ParseResult.Finished;
    }

    private ParseResult Finish()
    {
        _isOver = true;
        return ParseResult.Finished;
    }
}
