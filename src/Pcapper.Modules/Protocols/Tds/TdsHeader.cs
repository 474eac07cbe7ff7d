using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tds;

/// <summary>The header of every packet (MS-TDS, 2.2.3.1).</summary>
/// <param name="Type">Its kind.</param>
/// <param name="IsLast">Whether it ends its message.</param>
/// <param name="Length">How long it is, the header included.</param>
internal readonly record struct TdsHeader(TdsPacketType Type, bool IsLast, int Length)
{
    /// <summary>How long the header is.</summary>
    public const int Size = 8;

    /// <summary>The longest packet (MS-TDS, 2.2.6.4, PacketSize).</summary>
    public const int Longest = 32767;

    private const byte EndOfMessage = 1;
    private const byte KnownStatus = 0x1F;

    /// <summary>Reads the header; the reader tells whether there were enough bytes.</summary>
    public static TdsHeader Read(ref WireReader reader)
    {
        var type = (TdsPacketType)reader.U8();
        byte status = reader.U8();
        int length = reader.U16();
        reader.Skip(3);
        byte window = reader.U8();
        return new TdsHeader(type, (status & EndOfMessage) != 0, (status & ~KnownStatus) != 0 || window != 0 ? 0 : length);
    }
}
