using System.Buffers;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http2;

/// <summary>What is known of one direction of a connection.</summary>
internal sealed class Http2Side
{
    /// <summary>Gets the decoder of its header blocks.</summary>
    public HpackDecoder Fields { get; } = new();

    /// <summary>Gets the header block that goes on in CONTINUATION frames.</summary>
    public ArrayBufferWriter<byte> Block { get; } = new();

    /// <summary>Gets or sets a value indicating whether its first bytes have been read.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Gets or sets the stream of the block at hand, or 0 if none is open.</summary>
    public uint BlockStream { get; set; }

    /// <summary>Gets or sets a value indicating whether the block at hand is of a PUSH_PROMISE: the request that a server foresees.</summary>
    public bool IsPromise { get; set; }

    /// <summary>Gets or sets the stream that a PUSH_PROMISE opens.</summary>
    public uint Promised { get; set; }

    /// <summary>Gets or sets a value indicating whether the message ends with the block at hand.</summary>
    public bool EndsStream { get; set; }

    /// <summary>Gets or sets the frames that the block at hand has.</summary>
    public int BlockFrames { get; set; }

    /// <summary>Gets or sets the frame of the block's first byte.</summary>
    public FrameRef Frame { get; set; }

    /// <summary>Gets or sets the time of that frame.</summary>
    public Timestamp Time { get; set; }

    /// <summary>Gets or sets the stream of the DATA frame at hand.</summary>
    public uint DataStream { get; set; }

    /// <summary>Gets or sets the bytes left of the DATA frame at hand, without its padding.</summary>
    public int Data { get; set; }

    /// <summary>Gets or sets the padding behind them.</summary>
    public int Padding { get; set; }

    /// <summary>Gets or sets a value indicating whether the message ends with the DATA frame at hand.</summary>
    public bool DataEndsStream { get; set; }
}
