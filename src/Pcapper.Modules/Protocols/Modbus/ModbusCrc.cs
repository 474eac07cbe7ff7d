namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>The checksum of RTU frames (Modbus over Serial Line 1.02, 6.2.2): CRC-16 with polynomial A001 reflected, begun with FFFF.</summary>
internal static class ModbusCrc
{
    private static readonly ushort[] s_table = Table();

    /// <summary>Computes it.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (byte b in bytes)
        {
            crc = (ushort)((crc >> 8) ^ s_table[(byte)(crc ^ b)]);
        }

        return crc;
    }

    /// <summary>Tells whether bytes end with their checksum, low byte first.</summary>
    public static bool Holds(ReadOnlySpan<byte> frame) => frame is [.. var content, var low, var high] && Of(content) == (low | (high << 8));

    private static ushort[] Table()
    {
        var table = new ushort[256];
        for (int i = 0; i < table.Length; i++)
        {
            int crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
            }

            table[i] = (ushort)crc;
        }

        return table;
    }
}
