using System.Runtime.CompilerServices;

namespace Pcapper.Packets;

/// <summary>Hashes that are the same in every process and on every machine, as sharding and sampling need.</summary>
public static class StableHash
{
    private const ulong Prime = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Mixes all bits of a number into all bits of the result (the finaliser of MurmurHash3, 64 bits).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong value)
    {
        value ^= value >> 33;
        value *= 0xFF51_AFD7_ED55_8CCD;
        value ^= value >> 33;
        value *= 0xC4CE_B9FE_1A85_EC53;
        return value ^ (value >> 33);
    }

    /// <summary>Adds a number to a running hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong hash, ulong value) => Mix(hash + Prime + Mix(value));

    /// <summary>Hashes an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(IpAddress address) => Mix(address.Low ^ Mix(address.High + Prime));

    /// <summary>Hashes two addresses so that their order does not matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfPair(IpAddress a, IpAddress b)
    {
        ulong x = Of(a);
        ulong y = Of(b);
        return Mix(Math.Min(x, y) + (Prime * Math.Max(x, y)));
    }

    /// <summary>Hashes bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = Prime ^ (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = Combine(hash, System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        ulong last = 0;
        foreach (byte b in bytes)
        {
            last = (last << 8) | b;
        }

        return Combine(hash, last);
    }

    /// <summary>Hashes a text, character by character.</summary>
    public static ulong Of(string text)
    {
        ulong hash = Prime ^ (ulong)text.Length;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 0x0000_0100_0000_01B3;
        }

        return Mix(hash);
    }
}
