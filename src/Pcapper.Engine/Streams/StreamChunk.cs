using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Bytes for a parser: what it has not consumed yet and what has come since, or one datagram.</summary>
public readonly ref struct StreamChunk
{
    /// <summary>Gets the bytes.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Gets which frames carried them, in order; never empty, the first one carried the first byte.</summary>
    public required ReadOnlySpan<ChunkPiece> Pieces { get; init; }

    /// <summary>Gets the offset of the first byte in what <see cref="ChunkPiece.Offset"/> counts in.</summary>
    public int Origin { get; init; }

    /// <summary>Gets a value indicating whether this is one datagram rather than a part of a stream.</summary>
    public required bool IsDatagram { get; init; }

    /// <summary>Gets how many bytes of the datagram the capture did not keep (snap length); 0 for streams, where they are a gap.</summary>
    public int Missing { get; init; }

    /// <summary>Gets the frame that carried the first byte.</summary>
    public FrameRef Frame => Pieces[0].Frame;

    /// <summary>Gets when the first byte was captured.</summary>
    public Timestamp Time => Pieces[0].Time;

    /// <summary>Gets the frame that carried a byte.</summary>
    public FrameRef FrameAt(int offset) => PieceAt(offset).Frame;

    /// <summary>Gets when a byte was captured.</summary>
    public Timestamp TimeAt(int offset) => PieceAt(offset).Time;

    private ChunkPiece PieceAt(int offset) => Pieces[ChunkPiece.IndexOf(Pieces, Origin + offset)];
}
