using System.Buffers.Binary;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Elementary types of CIP (volume 1, appendix C-5), and the tables of points, which tell how their values are written.</summary>
internal static class CipType
{
    /// <summary>Values of one bit.</summary>
    public const int BitKind = 1;

    /// <summary>Decimal numbers, kept as a million times their value.</summary>
    public const int RealKind = 2;

    private const int KindBits = 4;
    private const int Scale = 1_000_000;

    /// <summary>Gets the number of the table of a point.</summary>
    public static int Table(int point, int kind) => (point << KindBits) | kind;

    /// <summary>Gets the number of the point's name.</summary>
    public static int Point(int table) => table >> KindBits;

    /// <summary>Gets how the values of a table are written.</summary>
    public static int Kind(int table) => table & ((1 << KindBits) - 1);

    /// <summary>Gets how many bytes a value takes, or 0 if values of the type are not told.</summary>
    public static int Size(int type) => type switch
    {
        0xC1 or 0xC2 or 0xC6 or 0xD1 => 1,
        0xC3 or 0xC7 or 0xD2 => 2,
        0xC4 or 0xC8 or 0xCA or 0xD3 => 4,
        0xC5 or 0xC9 or 0xCB or 0xD4 => 8,
        _ => 0,
    };

    /// <summary>Gets how values of a type are written.</summary>
    public static int KindOf(int type) => type switch
    {
        0xC1 => BitKind,
        0xCA or 0xCB => RealKind,
        _ => 0,
    };

    /// <summary>Gets the type of a value of so many bytes of which nothing tells the type, or 0.</summary>
    public static int Guess(int length) => length switch
    {
        1 => 0xC6,
        2 => 0xC7,
        4 => 0xC8,
        8 => 0xC5,
        _ => 0,
    };

    /// <summary>Reads a value; there must be <see cref="Size"/> bytes.</summary>
    public static long Value(int type, ReadOnlySpan<byte> bytes) => type switch
    {
        0xC1 => bytes[0] == 0 ? 0 : 1,
        0xC2 => (sbyte)bytes[0],
        0xC3 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        0xC4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        0xCA => Scaled(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        0xCB => Scaled(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        _ => Size(type) switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        },
    };

    /// <summary>Writes a value for people.</summary>
    public static string Text(int table, long value) => Kind(table) == RealKind
        ? ((double)value / Scale).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)
        : value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static long Scaled(double value) => double.IsNaN(value) ? 0 : (long)Math.Clamp(value * Scale, -9e18, 9e18);
}
