namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>How an object is laid out: its size, and where its value stands (IEEE 1815, annex A).</summary>
/// <param name="Size">Bytes; 0 if it has as many bits as <paramref name="Bits"/> says; -1 if it is not known.</param>
/// <param name="Bits">Bits of a packed object.</param>
/// <param name="Value">Where the value stands.</param>
/// <param name="Kind">What kind of number it is.</param>
internal readonly record struct Dnp3Layout(int Size, int Bits, int Value, Dnp3ValueKind Kind)
{
    private static readonly Dnp3Layout s_unknown = new(-1, 0, 0, Dnp3ValueKind.None);

    /// <summary>Finds the layout of a group and variation.</summary>
    public static Dnp3Layout Of(int group, int variation) => group switch
    {
        1 or 10 => variation switch
        {
            1 => new(0, 1, 0, Dnp3ValueKind.Bit),
            2 => Flagged(1, Dnp3ValueKind.TopBit),
            _ => s_unknown,
        },
        2 or 11 or 13 => Event(variation, Dnp3ValueKind.TopBit),
        3 => variation switch
        {
            1 => new(0, 2, 0, Dnp3ValueKind.Bit),
            2 => Flagged(1, Dnp3ValueKind.TopTwoBits),
            _ => s_unknown,
        },
        4 => Event(variation, Dnp3ValueKind.TopTwoBits),
        12 => variation switch
        {
            1 or 2 => new(11, 0, 0, Dnp3ValueKind.Control),
            3 => new(0, 1, 0, Dnp3ValueKind.None),
            _ => s_unknown,
        },
        20 => variation switch
        {
            1 or 3 => new(5, 0, 1, Dnp3ValueKind.Unsigned32),
            2 or 4 => new(3, 0, 1, Dnp3ValueKind.Unsigned16),
            5 or 7 => new(4, 0, 0, Dnp3ValueKind.Unsigned32),
            6 or 8 => new(2, 0, 0, Dnp3ValueKind.Unsigned16),
            _ => s_unknown,
        },
        21 => variation switch
        {
            1 or 3 => new(5, 0, 1, Dnp3ValueKind.Unsigned32),
            2 or 4 => new(3, 0, 1, Dnp3ValueKind.Unsigned16),
            5 or 7 => new(11, 0, 1, Dnp3ValueKind.Unsigned32),
            6 or 8 => new(9, 0, 1, Dnp3ValueKind.Unsigned16),
            9 or 11 => new(4, 0, 0, Dnp3ValueKind.Unsigned32),
            10 or 12 => new(2, 0, 0, Dnp3ValueKind.Unsigned16),
            _ => s_unknown,
        },
        22 or 23 => variation switch
        {
            1 or 3 => new(5, 0, 1, Dnp3ValueKind.Unsigned32),
            2 or 4 => new(3, 0, 1, Dnp3ValueKind.Unsigned16),
            5 or 7 => new(11, 0, 1, Dnp3ValueKind.Unsigned32),
            6 or 8 => new(9, 0, 1, Dnp3ValueKind.Unsigned16),
            _ => s_unknown,
        },
        30 => variation switch
        {
            1 => new(5, 0, 1, Dnp3ValueKind.Signed32),
            2 => new(3, 0, 1, Dnp3ValueKind.Signed16),
            3 => new(4, 0, 0, Dnp3ValueKind.Signed32),
            4 => new(2, 0, 0, Dnp3ValueKind.Signed16),
            5 => new(5, 0, 1, Dnp3ValueKind.Single),
            6 => new(9, 0, 1, Dnp3ValueKind.Double),
            _ => s_unknown,
        },
        31 => variation switch
        {
            1 => new(5, 0, 1, Dnp3ValueKind.Signed32),
            2 => new(3, 0, 1, Dnp3ValueKind.Signed16),
            3 => new(11, 0, 1, Dnp3ValueKind.Signed32),
            4 => new(9, 0, 1, Dnp3ValueKind.Signed16),
            5 => new(4, 0, 0, Dnp3ValueKind.Signed32),
            6 => new(2, 0, 0, Dnp3ValueKind.Signed16),
            7 => new(5, 0, 1, Dnp3ValueKind.Single),
            8 => new(9, 0, 1, Dnp3ValueKind.Double),
            _ => s_unknown,
        },
        32 or 33 or 42 or 43 => variation switch
        {
            1 => new(5, 0, 1, Dnp3ValueKind.Signed32),
            2 => new(3, 0, 1, Dnp3ValueKind.Signed16),
            3 => new(11, 0, 1, Dnp3ValueKind.Signed32),
            4 => new(9, 0, 1, Dnp3ValueKind.Signed16),
            5 => new(5, 0, 1, Dnp3ValueKind.Single),
            6 => new(9, 0, 1, Dnp3ValueKind.Double),
            7 => new(11, 0, 1, Dnp3ValueKind.Single),
            8 => new(15, 0, 1, Dnp3ValueKind.Double),
            _ => s_unknown,
        },
        34 => variation switch
        {
            1 => new(2, 0, 0, Dnp3ValueKind.Unsigned16),
            2 => new(4, 0, 0, Dnp3ValueKind.Unsigned32),
            3 => new(4, 0, 0, Dnp3ValueKind.Single),
            _ => s_unknown,
        },
        40 => variation switch
        {
            1 => new(5, 0, 1, Dnp3ValueKind.Signed32),
            2 => new(3, 0, 1, Dnp3ValueKind.Signed16),
            3 => new(5, 0, 1, Dnp3ValueKind.Single),
            4 => new(9, 0, 1, Dnp3ValueKind.Double),
            _ => s_unknown,
        },
        41 => variation switch
        {
            1 => new(5, 0, 0, Dnp3ValueKind.Signed32),
            2 => new(3, 0, 0, Dnp3ValueKind.Signed16),
            3 => new(5, 0, 0, Dnp3ValueKind.Single),
            4 => new(9, 0, 0, Dnp3ValueKind.Double),
            _ => s_unknown,
        },
        50 => Plain(variation, [6, 10, 6, 11]),
        51 => Plain(variation, [6, 6]),
        52 => Plain(variation, [2, 2]),
        80 => new(0, 1, 0, Dnp3ValueKind.None),
        81 => Plain(variation, [3]),
        101 => Plain(variation, [2, 4, 8]),
        102 => Plain(variation, [1]),
        110 or 111 or 112 or 113 when variation > 0 => new(variation, 0, 0, Dnp3ValueKind.None),
        121 => Plain(variation, [7]),
        122 => Plain(variation, [7, 13]),
        _ => s_unknown,
    };

    private static Dnp3Layout Flagged(int size, Dnp3ValueKind kind) => new(size, 0, 0, kind);

    private static Dnp3Layout Event(int variation, Dnp3ValueKind kind) => variation switch
    {
        1 => Flagged(1, kind),
        2 => Flagged(7, kind),
        3 => Flagged(3, kind),
        _ => s_unknown,
    };

    private static Dnp3Layout Plain(int variation, ReadOnlySpan<byte> sizes)
        => variation >= 1 && variation <= sizes.Length ? new(sizes[variation - 1], 0, 0, Dnp3ValueKind.None) : s_unknown;
}
