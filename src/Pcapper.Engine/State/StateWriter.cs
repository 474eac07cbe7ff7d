using System.Buffers;
using System.Buffers.Binary;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Stores parts compactly: numbers take as many bytes as they need. What it writes, <see cref="StateReader"/> reads.</summary>
/// <param name="output">Where the bytes go.</param>
public sealed class StateWriter(IBufferWriter<byte> output)
{
    private const int MaxVarint = 10;

    /// <summary>Writes a number; small ones of either sign are short.</summary>
    public void Number(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Writes a number that is never negative; small ones are short.</summary>
    public void Unsigned(ulong value)
    {
        Span<byte> span = output.GetSpan(MaxVarint);
        int length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }

    /// <summary>Writes eight bytes, for numbers that use all their bits (hashes).</summary>
    public void Fixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(sizeof(ulong));
    }

    /// <summary>Writes yes or no.</summary>
    public void Flag(bool value) => Unsigned(value ? 1u : 0u);

    /// <summary>Writes a text losslessly, unpaired surrogates included; null counts as empty.</summary>
    public void Text(string? value)
    {
        value ??= string.Empty;
        Unsigned((ulong)value.Length);
        foreach (char c in value)
        {
            Unsigned(c);
        }
    }

    /// <summary>Writes an address.</summary>
    public void Address(IpAddress value)
    {
        Span<byte> span = output.GetSpan(17);
        int length = value.CopyTo(span[1..]);
        span[0] = (byte)length;
        output.Advance(length + 1);
    }

    /// <summary>Writes a link address.</summary>
    public void Mac(MacAddress value) => Unsigned(value.Value);

    /// <summary>Writes a time.</summary>
    public void Time(Timestamp value) => Number(value.Nanoseconds);

    /// <summary>Writes a reference to a frame.</summary>
    public void Frame(FrameRef value)
    {
        Number(value.Capture);
        Number(value.Number);
    }

    /// <summary>Writes bytes and how many they are.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        output.Write(value);
    }
}
