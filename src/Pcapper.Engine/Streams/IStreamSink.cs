using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Takes what reassembly makes of the segments of one direction.</summary>
internal interface IStreamSink
{
    /// <summary>Gets a value indicating whether bytes are still of use; if not, they are only counted.</summary>
    bool Wants(Direction direction);

    /// <summary>Takes the next bytes in order.</summary>
    /// <param name="direction">Whose they are.</param>
    /// <param name="offset">Of the first of them in the stream, missing bytes counted.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="frame">What carried them.</param>
    /// <param name="time">When.</param>
    void Deliver(Direction direction, long offset, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time);

    /// <summary>Bytes are missing for good.</summary>
    void Gap(Direction direction, long missing);

    /// <summary>The direction was closed and all its bytes were delivered.</summary>
    void Close(Direction direction, Timestamp time);
}
