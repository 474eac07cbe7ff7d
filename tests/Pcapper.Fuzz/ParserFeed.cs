using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Fuzz;

/// <summary>Shows bytes to a parser as the engine does.</summary>
internal static class ParserFeed
{
    /// <summary>Feeds one chunk; returns what is to be shown again with what comes next, or null when the flow is given up.</summary>
    public static byte[]? Feed(FlowParser parser, Direction direction, byte[] bytes, bool isDatagram)
    {
        while (bytes.Length > 0)
        {
            ParseResult result = parser.Parse(direction, new StreamChunk { Bytes = bytes, Pieces = [new ChunkPiece(0, new FrameRef(0, 1), default)], IsDatagram = isDatagram });
            if (result.Status != ParseStatus.Done)
            {
                return result.Status == ParseStatus.NeedMore && !isDatagram ? bytes : isDatagram ? [] : null;
            }

            if (result.Bytes <= 0)
            {
                throw new InvalidOperationException("a parser made no progress");
            }

            bytes = isDatagram || result.Bytes >= bytes.Length ? [] : bytes[(int)result.Bytes..];
        }

        return bytes;
    }
}
