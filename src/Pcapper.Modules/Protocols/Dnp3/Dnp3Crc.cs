namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>The checksum of blocks (IEEE 1815, 9.2.4): polynomial 3D65 reflected, begun with 0, inverted, low byte first.</summary>
internal static class Dnp3Crc
{
    private static readonly ushort[] s_table = Table();

    /// <summary>Computes it.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0;
        foreach (byte b in bytes)
        {
            crc = (ushort)((crc >> 8) ^ s_table[(byte)(crc ^ b)]);
        }

        return (ushort)~crc;
    }

    /// <summary>Tells whether a block ends with its checksum.</summary>
    public static bool Holds(ReadOnlySpan<byte> block) => block is [.. var content, var low, var high] && Of(content) == (low | (high << 8));

    private static ushort[] Table()
    {
        var table = new ushort[256];
        for (int i = 0; i < table.Length; i++)
        {
            int crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA6BC : crc >> 1;
            }

            table[i] = (ushort)crc;
        }

        return table;
    }
}
