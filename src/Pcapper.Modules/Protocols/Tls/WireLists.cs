using System.Buffers.Binary;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Reads the lists that hellos are made of.</summary>
internal static class WireLists
{
    private const int MaxNames = 64;

    /// <summary>Reads 16-bit numbers; an odd byte at the end is passed over.</summary>
    public static ushort[] Numbers(ReadOnlySpan<byte> bytes)
    {
        ushort[] numbers = new ushort[bytes.Length / 2];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(i * 2)..]);
        }

        return numbers;
    }

    /// <summary>Reads names, each with its length in one byte.</summary>
    public static byte[][] Names(ReadOnlySpan<byte> bytes)
    {
        var names = new List<byte[]>();
        var reader = new WireReader(bytes);
        while (reader.Remaining > 0 && names.Count < MaxNames)
        {
            ReadOnlySpan<byte> name = reader.Take(reader.U8());
            if (reader.Overrun)
            {
                break;
            }

            names.Add(name.ToArray());
        }

        return [.. names];
    }

    /// <summary>Takes that many bytes, or what there is.</summary>
    public static ReadOnlySpan<byte> TakeUpTo(ref WireReader reader, int count) => reader.Take(Math.Min(count, reader.Remaining));
}
