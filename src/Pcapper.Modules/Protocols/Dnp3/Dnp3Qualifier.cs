using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>How many objects a header is about, and what stands in front of each (IEEE 1815, 4.2.2.7).</summary>
/// <param name="Prefix">0 nothing, 1 to 3 an index of 1, 2 or 4 bytes, 4 to 6 a size of that many.</param>
/// <param name="Range">0 to 2 start and stop of 1, 2 or 4 bytes, 6 all, 7 to 9 a count of that many, 11 a count of objects with sizes.</param>
/// <param name="Start">The first index, where there is a range.</param>
/// <param name="Stop">The last one.</param>
/// <param name="Count">How many.</param>
internal readonly record struct Dnp3Qualifier(int Prefix, int Range, long Start, long Stop, long Count)
{
    /// <summary>Gets a value indicating whether an index stands in front of each object.</summary>
    public bool HasIndex => Prefix is >= 1 and <= 3;

    /// <summary>Gets a value indicating whether a size stands in front of each object.</summary>
    public bool HasSize => Prefix is >= 4 and <= 6;

    /// <summary>Gets a value indicating whether first and last index are told.</summary>
    public bool IsRange => Range <= 2;

    /// <summary>Reads one with its range; false if it is none that is defined.</summary>
    public static bool TryRead(ref WireReader reader, out Dnp3Qualifier qualifier)
    {
        byte code = reader.U8();
        int prefix = (code >> 4) & 7;
        int range = code & 0x0F;
        long start = 0;
        long stop = 0;
        long count = 0;
        switch (range)
        {
            case 0 or 1 or 2:
                start = Number(ref reader, range);
                stop = Number(ref reader, range);
                count = stop - start + 1;
                break;
            case 6:
                break;
            case 7 or 8 or 9:
                count = Number(ref reader, range - 7);
                break;
            case 11:
                count = reader.U8();
                break;
            default:
                qualifier = default;
                return false;
        }

        qualifier = new Dnp3Qualifier(prefix, range, start, stop, count);
        return !reader.Overrun && prefix <= 6 && count >= 0;
    }

    /// <summary>Reads what stands in front of an object; 0 if nothing does.</summary>
    public long ReadPrefix(ref WireReader reader) => Prefix == 0 ? 0 : Number(ref reader, (Prefix - 1) % 3);

    private static long Number(ref WireReader reader, int size) => size switch
    {
        0 => reader.U8(),
        1 => reader.U16Little(),
        _ => reader.U32Little(),
    };
}
