using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mysql;

/// <summary>The header of MySQL packets: three bytes of length, little-endian, and a sequence number.</summary>
internal static class MysqlPacket
{
    /// <summary>How long it is.</summary>
    public const int Header = 4;

    /// <summary>Reads the length.</summary>
    public static int Length(ref WireReader reader)
    {
        int low = reader.U16Little();
        return low | (reader.U8() << 16);
    }
}
