using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Ssh;

/// <summary>Reads the identification line of each side (RFC 4253, 4.2); what follows is passed over.</summary>
internal sealed class SshParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int MaxIdentification = 255;

    private readonly SoftwareTeller _teller = new(flow, bus, "ssh");

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (!LineReader.TryRead(chunk.Bytes, out ReadOnlySpan<byte> line, out _))
        {
            return chunk.Bytes.Length <= MaxIdentification ? ParseResult.NeedMore(chunk.Bytes.Length + 1L) : ParseResult.Malformed("identification too long");
        }

        if (!line.StartsWith("SSH-"u8))
        {
            return ParseResult.NotThisProtocol();
        }

        // The version of the protocol is told apart by its dash: "SSH-2.0-OpenSSH_9.2p1 Debian-2".
        int dash = line[4..].IndexOf((byte)'-');
        ReadOnlySpan<byte> software = dash < 0 ? default : line[(5 + dash)..];
        if (direction == Direction.ToOriginator)
        {
            _teller.Server(direction, software, chunk);
        }
        else
        {
            _teller.Client(direction, software, chunk);
        }

        return ParseResult.Finished;
    }
}
