using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.WebSocket;

/// <summary>The header of a frame (RFC 6455, 5.2).</summary>
internal readonly record struct WebSocketHeader(bool IsFinal, int Reserved, int Opcode, bool IsMasked, uint Mask, long Length, int HeaderLength)
{
    /// <summary>The opcode of a frame that continues a message.</summary>
    public const int Continuation = 0;

    /// <summary>The opcode of a text message.</summary>
    public const int Text = 1;

    /// <summary>The opcode of a message with other data.</summary>
    public const int Binary = 2;

    /// <summary>The opcode of the end.</summary>
    public const int Close = 8;

    private const int Pong = 10;
    private const int MaxControl = 125;

    public bool IsControl => Opcode >= Close;

    /// <summary>Gets a value indicating whether the header keeps the rules.</summary>
    public bool IsSound => Opcode is >= Continuation and <= Binary or >= Close and <= Pong && Length is >= 0 and < long.MaxValue / 2 && (!IsControl || (IsFinal && Length <= MaxControl));

    /// <summary>Reads a header; returns how many bytes it needs if they are not there, else 0.</summary>
    public static int Read(ReadOnlySpan<byte> bytes, out WebSocketHeader header)
    {
        var reader = new WireReader(bytes);
        byte first = reader.U8();
        byte second = reader.U8();
        header = default;
        if (reader.Overrun)
        {
            return 2;
        }

        bool isMasked = (second & 0x80) != 0;
        int shortLength = second & 0x7F;
        int needed = 2 + (shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0) + (isMasked ? 4 : 0);
        long length = shortLength == 126 ? reader.U16() : shortLength == 127 ? ((long)reader.U32() << 32) | reader.U32() : shortLength;
        uint mask = isMasked ? reader.U32() : 0;
        if (reader.Overrun)
        {
            return needed;
        }

        header = new WebSocketHeader((first & 0x80) != 0, (first >> 4) & 7, first & 0x0F, isMasked, mask, length, needed);
        return 0;
    }
}
