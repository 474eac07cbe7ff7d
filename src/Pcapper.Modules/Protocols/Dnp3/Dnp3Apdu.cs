using System.Buffers.Binary;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>A fragment of the application layer (IEEE 1815, 4.2).</summary>
internal sealed class Dnp3Apdu
{
    /// <summary>The first function that answers.</summary>
    public const int FirstAnswer = 129;

    /// <summary>What a million times a decimal number is kept in.</summary>
    public const int Scale = 1_000_000;

    /// <summary>Added to the number of a table of decimal numbers.</summary>
    public const int Decimal = 1000;

    private const int MostHeaders = 256;
    private const int MostObjects = 4096;
    private const int Crob = 12;
    private const int AnalogOutput = 41;
    private const int File = 70;
    private const int Authentication = 120;

    private Dnp3Apdu(byte control, int function, int? indications) => (Control, Function, Indications) = (control, function, indications);

    public byte Control { get; }

    public int Function { get; }

    /// <summary>Gets the internal indications: the first octet in the lower bits.</summary>
    public int? Indications { get; }

    public List<Dnp3ObjectHeader> Headers { get; } = [];

    public List<IcsValue> Values { get; } = [];

    public List<Dnp3Control> Controls { get; } = [];

    public string? FileName { get; private set; }

    /// <summary>Gets how a file is opened: 1 to read, 2 to write, 3 to append.</summary>
    public int? FileMode { get; private set; }

    /// <summary>Gets the error of an authentication (g120v7), or null.</summary>
    public int? AuthenticationError { get; private set; }

    public bool IsBroken { get; private set; }

    public bool IsFirst => (Control & 0x80) != 0;

    public int Sequence => Control & 0x0F;

    public bool IsAnswer => Function >= FirstAnswer;

    /// <summary>Reads a fragment; null if it is too short to be one.</summary>
    public static Dnp3Apdu? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        byte control = reader.U8();
        int function = reader.U8();
        int? indications = function >= FirstAnswer ? reader.U16Little() : null;
        if (reader.Overrun)
        {
            return null;
        }

        var apdu = new Dnp3Apdu(control, function, indications);
        apdu.ReadObjects(ref reader);
        return apdu;
    }

    // Requests that only name objects have no data behind their headers.
    private bool HasData(int group) => IsAnswer || Function switch
    {
        2 or 3 or 4 or 5 or 6 or (>= 25 and <= 30) or 32 or 33 => group != 60,
        11 or 12 => group == 50,
        1 => group == File,
        _ => group == Authentication,
    };

    private void ReadObjects(ref WireReader reader)
    {
        int objects = 0;
        while (reader.Remaining > 0 && Headers.Count < MostHeaders)
        {
            byte group = reader.U8();
            byte variation = reader.U8();
            if (!Dnp3Qualifier.TryRead(ref reader, out Dnp3Qualifier qualifier) || reader.Overrun)
            {
                IsBroken = true;
                return;
            }

            Headers.Add(new Dnp3ObjectHeader(group, variation, qualifier.Start, qualifier.Stop, qualifier.Count));
            if (!ReadData(ref reader, group, variation, qualifier, ref objects))
            {
                return;
            }
        }
    }

    // False ends the reading: the data are broken, or of unknown size.
    private bool ReadData(ref WireReader reader, byte group, byte variation, in Dnp3Qualifier qualifier, ref int objects)
    {
        bool hasData = HasData(group);
        Dnp3Layout layout = Dnp3Layout.Of(group, variation);
        if (hasData && layout.Size == 0 && !qualifier.HasIndex && !qualifier.HasSize)
        {
            return ReadPacked(ref reader, group, layout.Bits, qualifier, ref objects);
        }

        if (!hasData && qualifier.Prefix == 0)
        {
            return true;
        }

        for (long i = 0; i < qualifier.Count; i++)
        {
            long prefix = qualifier.ReadPrefix(ref reader);
            long index = qualifier.HasIndex ? prefix : qualifier.Start + i;
            long size = qualifier.HasSize ? prefix : !hasData ? 0 : group == 0 ? AttributeSize(reader.Rest) : group == Authentication ? AuthenticationSize(variation) : layout.Size;
            if (size < 0)
            {
                return false;
            }

            ReadOnlySpan<byte> data = reader.Take((int)Math.Min(size, int.MaxValue));
            if (reader.Overrun || ++objects > MostObjects)
            {
                IsBroken |= reader.Overrun;
                return false;
            }

            if (hasData)
            {
                Take(group, variation, index, layout, data);
            }
            else if (qualifier.Prefix == 0)
            {
                return true;
            }
        }

        return true;
    }

    private bool ReadPacked(ref WireReader reader, byte group, int bits, in Dnp3Qualifier qualifier, ref int objects)
    {
        ReadOnlySpan<byte> data = reader.Take((int)Math.Min(int.MaxValue, ((qualifier.Count * bits) + 7) / 8));
        if (reader.Overrun)
        {
            IsBroken = true;
            return false;
        }

        if (group is not (1 or 3 or 10))
        {
            return true;
        }

        for (int i = 0; i < qualifier.Count && ++objects <= MostObjects; i++)
        {
            int at = i * bits;
            Values.Add(new IcsValue(group, qualifier.Start + i, (data[at / 8] >> (at % 8)) & ((1 << bits) - 1)));
        }

        return true;
    }

    private void Take(byte group, byte variation, long index, in Dnp3Layout layout, ReadOnlySpan<byte> data)
    {
        if (group == File)
        {
            TakeFile(variation, data);
        }
        else if (group == Authentication && variation == 7 && data.Length >= 9)
        {
            AuthenticationError = data[8];
        }
        else if (group == Crob && layout.Kind == Dnp3ValueKind.Control && data.Length == layout.Size)
        {
            var reader = new WireReader(data);
            Controls.Add(new Dnp3Control(group, variation, index, reader.U8(), reader.U8(), reader.U32Little(), reader.U32Little(), 0, (byte)(reader.U8() & 0x7F)));
        }
        else if (layout.Kind != Dnp3ValueKind.None && data.Length == layout.Size && Value(layout.Kind, data[layout.Value..], out bool isDecimal) is { } value)
        {
            if (group == AnalogOutput)
            {
                Controls.Add(new Dnp3Control(group, variation, index, isDecimal ? (byte)1 : (byte)0, 1, 0, 0, value, (byte)(data[^1] & 0x7F)));
            }
            else
            {
                Values.Add(new IcsValue(StaticGroup(group) + (isDecimal ? Decimal : 0), index, value));
            }
        }
    }

    // Events tell of the same points as static objects do.
    private static int StaticGroup(int group) => group switch
    {
        2 => 1,
        4 => 3,
        11 or 13 => 10,
        22 => 20,
        23 => 21,
        32 => 30,
        33 => 31,
        42 or 43 => 40,
        _ => group,
    };

    private static long? Value(Dnp3ValueKind kind, ReadOnlySpan<byte> data, out bool isDecimal)
    {
        isDecimal = kind is Dnp3ValueKind.Single or Dnp3ValueKind.Double;
        return kind switch
        {
            Dnp3ValueKind.TopBit => data[0] >> 7,
            Dnp3ValueKind.TopTwoBits => data[0] >> 6,
            Dnp3ValueKind.Signed16 => BinaryPrimitives.ReadInt16LittleEndian(data),
            Dnp3ValueKind.Signed32 => BinaryPrimitives.ReadInt32LittleEndian(data),
            Dnp3ValueKind.Unsigned16 => BinaryPrimitives.ReadUInt16LittleEndian(data),
            Dnp3ValueKind.Unsigned32 => BinaryPrimitives.ReadUInt32LittleEndian(data),
            Dnp3ValueKind.Single => Scaled(BinaryPrimitives.ReadSingleLittleEndian(data)),
            Dnp3ValueKind.Double => Scaled(BinaryPrimitives.ReadDoubleLittleEndian(data)),
            _ => null,
        };
    }

    // What has no place in 63 bits is kept as the nearest that has: states hold whole numbers only.
    private static long Scaled(double value) => double.IsNaN(value) ? 0 : (long)Math.Clamp(Math.Round(value * Scale), -9e18, 9e18);

    // Type, length, value (IEEE 1815, annex A.2).
    private static long AttributeSize(ReadOnlySpan<byte> rest) => rest.Length < 2 ? -1 : 2 + rest[1];

    private static long AuthenticationSize(int variation) => variation switch
    {
        3 => 6,
        4 => 2,
        _ => -1,
    };

    private void TakeFile(int variation, ReadOnlySpan<byte> data)
    {
        // Commands have where the name stands and how long it is first (annex A.27); descriptors have the same.
        if (variation is not (3 or 7) || data.Length < 4)
        {
            return;
        }

        int offset = BinaryPrimitives.ReadUInt16LittleEndian(data);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
        const int ModeAt = 20;
        if (variation == 3 && data.Length > ModeAt + 1)
        {
            FileMode = BinaryPrimitives.ReadUInt16LittleEndian(data[ModeAt..]);
        }

        if (length > 0 && offset + length <= data.Length)
        {
            FileName = WireText.Decode(data.Slice(offset, length));
        }
    }
}
