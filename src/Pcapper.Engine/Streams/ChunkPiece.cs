using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>From an offset on, the frame that carried the bytes.</summary>
/// <param name="Offset">Offset in what a direction had in store when its first piece came.</param>
/// <param name="Frame">The frame.</param>
/// <param name="Time">The frame's time.</param>
public readonly record struct ChunkPiece(int Offset, FrameRef Frame, Timestamp Time)
{
    /// <summary>Finds the piece that carried a byte, or the first.</summary>
    internal static int IndexOf(ReadOnlySpan<ChunkPiece> pieces, int offset)
    {
        int low = 0;
        int high = pieces.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = pieces[middle].Offset <= offset ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
