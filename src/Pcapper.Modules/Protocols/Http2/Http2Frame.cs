using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http2;

/// <summary>The header of a frame (RFC 9113, 4.1).</summary>
internal readonly record struct Http2Frame(int Length, Http2FrameType Type, byte Flags, uint Stream)
{
    /// <summary>The length of this header.</summary>
    public const int HeaderLength = 9;

    private const byte EndStreamFlag = 0x1;
    private const byte EndHeadersFlag = 0x4;
    private const byte PaddedFlag = 0x8;
    private const byte PriorityFlag = 0x20;

    public bool EndsStream => (Flags & EndStreamFlag) != 0;

    public bool EndsHeaders => (Flags & EndHeadersFlag) != 0;

    public bool IsPadded => (Flags & PaddedFlag) != 0;

    public bool HasPriority => (Flags & PriorityFlag) != 0;

    /// <summary>Reads a header; false if there are too few bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Http2Frame frame)
    {
        var reader = new WireReader(bytes);
        int length = (reader.U8() << 16) | reader.U16();
        var type = (Http2FrameType)reader.U8();
        byte flags = reader.U8();
        uint stream = reader.U32() & 0x7FFF_FFFF;
        frame = new Http2Frame(length, type, flags, stream);
        return !reader.Overrun;
    }
}
