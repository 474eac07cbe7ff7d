using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>From an offset of a chunk on, the frame that carried the bytes.</summary>
/// <param name="Offset">Offset in the chunk; the first may be negative.</param>
/// <param name="Frame">The frame.</param>
/// <param name="Time">The frame's time.</param>
public readonly record struct ChunkPiece(int Offset, FrameRef Frame, Timestamp Time);
