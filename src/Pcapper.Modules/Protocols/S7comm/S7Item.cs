using System.Buffers.Binary;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>What a request reads or writes: a run of values in an area of the controller.</summary>
/// <param name="Area">The area: 0x81 inputs, 0x82 outputs, 0x83 flags, 0x84 data blocks; 0 if the item is addressed in another way.</param>
/// <param name="Block">The data block.</param>
/// <param name="Type">The type of the values.</param>
/// <param name="Count">How many.</param>
/// <param name="Bit">The address in bits; of counters and timers their number.</param>
internal readonly record struct S7Item(byte Area, ushort Block, byte Type, int Count, int Bit)
{
    /// <summary>The type of values of one bit.</summary>
    public const byte BitType = 1;

    /// <summary>The type of decimal numbers, which are kept as a million times their value.</summary>
    public const byte RealType = 8;

    private const byte Variable = 0x12;
    private const byte Any = 0x10;
    private const int AnyLength = 10;
    private const byte Counter = 0x1C;
    private const byte Timer = 0x1D;
    private const int Scale = 1_000_000;

    /// <summary>Gets the number of the table that the values are of: type, area and block.</summary>
    public int Table => (Type << 24) | (Area << 16) | Block;

    /// <summary>Gets how many bytes a value takes, or 0 if values of the type are not told.</summary>
    public int Size => Type switch
    {
        BitType or 2 or 3 => 1,
        4 or 5 or 9 or 0x0C or Counter or Timer => 2,
        6 or 7 or RealType or 0x0A or 0x0B => 4,
        _ => 0,
    };

    /// <summary>Gets a value indicating whether values have a rate of change: bytes may be parts of anything.</summary>
    public bool IsNumber => Type is not (BitType or 2 or 3);

    /// <summary>Gets the address of the first value: its byte, or of bits eight times its byte and its bit.</summary>
    public int Address => Type is BitType or Counter or Timer ? Bit : Bit / 8;

    /// <summary>Reads the items of a request's parameters, after the function.</summary>
    /// <param name="parameter">The parameters.</param>
    /// <param name="isBroken">Whether they ended too early.</param>
    public static S7Item[] Read(ReadOnlySpan<byte> parameter, out bool isBroken)
    {
        var reader = new WireReader(parameter);
        reader.U8();
        int count = reader.U8();
        var items = new List<S7Item>(Math.Min(count, parameter.Length / 2));
        for (int i = 0; i < count && !reader.Overrun; i++)
        {
            bool isVariable = reader.U8() == Variable;
            int length = reader.U8();
            ReadOnlySpan<byte> bytes = reader.Take(length);
            if (reader.Overrun)
            {
                break;
            }

            items.Add(isVariable && length >= AnyLength && bytes[0] == Any ? ReadAny(bytes) : default);
            if (length % 2 != 0 && i + 1 < count)
            {
                reader.Skip(1);
            }
        }

        isBroken = reader.Overrun;
        return [.. items];
    }

    /// <summary>Gets the address of a value.</summary>
    public long AddressOf(int index) => Address + ((long)index * (Type is BitType or Counter or Timer ? 1 : Size));

    /// <summary>Reads a value; there must be <see cref="Size"/> bytes.</summary>
    public long Value(ReadOnlySpan<byte> bytes) => Type switch
    {
        BitType => bytes[0] & 1,
        2 or 3 => bytes[0],
        5 => BinaryPrimitives.ReadInt16BigEndian(bytes),
        4 or 9 or 0x0C or Counter or Timer => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        7 or 0x0B => BinaryPrimitives.ReadInt32BigEndian(bytes),
        RealType => Scaled(BinaryPrimitives.ReadSingleBigEndian(bytes)),
        _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
    };

    /// <summary>Writes a value of a type for people.</summary>
    public static string Text(int table, long value) => table >> 24 == RealType
        ? ((double)value / Scale).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)
        : value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static long Scaled(float value) => float.IsNaN(value) ? 0 : (long)Math.Clamp((double)value * Scale, -9e18, 9e18);

    private static S7Item ReadAny(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8();
        byte type = reader.U8();
        ushort count = reader.U16();
        ushort block = reader.U16();
        byte area = reader.U8();
        return new S7Item(area, block, (byte)(type & 0x7F), count, reader.U24());
    }
}
