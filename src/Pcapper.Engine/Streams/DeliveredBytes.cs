using System.Numerics;
using System.Runtime.Intrinsics;

namespace Pcapper.Engine;

/// <summary>
/// Remembers the latest bytes of a stream by two bits each, to compare what is sent again in other segments: a byte that differs shows
/// in three cases of four, so that a text that differs always does. At most a kilobyte of memory for four kilobytes of stream.
/// A struct, because each connection has two: pass it by reference.
/// </summary>
internal struct DeliveredBytes
{
    private const int WordShift = 6;
    private const int WordBytes = 1 << WordShift;   // bytes of the stream for each pair of words, a bit of a byte in each
    private const int FirstWords = 2;
    private const int MostWords = 64;

    private ulong[]? _words;
    private long _from;
    private long _end;

    private readonly int Capacity => _words is null ? 0 : _words.Length / 2;

    /// <summary>Takes bytes that are delivered; what lies before a gap is forgotten.</summary>
    /// <param name="offset">Of the first of them in the stream.</param>
    /// <param name="bytes">The bytes.</param>
    public void Append(long offset, ReadOnlySpan<byte> bytes)
    {
        int skipped = Math.Max(0, bytes.Length - (MostWords * WordBytes));
        bytes = bytes[skipped..];
        offset += skipped;
        if (offset != _end)
        {
            _from = offset;
            _end = offset;
        }

        Reserve(offset + bytes.Length);
        _end = offset + bytes.Length;
        while (!bytes.IsEmpty)
        {
            int bit = (int)offset & (WordBytes - 1);
            int length = Math.Min(WordBytes - bit, bytes.Length);
            (ulong first, ulong second) = Fingerprint(bytes[..length]);
            Span<ulong> pair = Pair(offset);
            ulong before = (1ul << bit) - 1;
            pair[0] = (pair[0] & before) | (first << bit);
            pair[1] = (pair[1] & before) | (second << bit);
            offset += length;
            bytes = bytes[length..];
        }

        _from = Math.Max(_from, (((_end - 1) >> WordShift) - Capacity + 1) << WordShift);
    }

    /// <summary>Compares bytes with what was delivered at their place.</summary>
    /// <param name="offset">Of the first of them in the stream.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="compared">How many were still remembered.</param>
    /// <returns>Whether those are the same.</returns>
    public readonly bool Agrees(long offset, ReadOnlySpan<byte> bytes, out int compared)
    {
        long start = Math.Max(offset, _from);
        long end = Math.Min(offset + bytes.Length, _end);
        compared = (int)Math.Max(0, end - start);
        bytes = compared == 0 ? default : bytes.Slice((int)(start - offset), compared);
        while (!bytes.IsEmpty)
        {
            int bit = (int)start & (WordBytes - 1);
            int length = Math.Min(WordBytes - bit, bytes.Length);
            (ulong first, ulong second) = Fingerprint(bytes[..length]);
            Span<ulong> pair = Pair(start);
            if ((((pair[0] >> bit) ^ first) | ((pair[1] >> bit) ^ second)) << (WordBytes - length) != 0)
            {
                return false;
            }

            start += length;
            bytes = bytes[length..];
        }

        return true;
    }

    // Two bits of each byte, spread by a multiplication with 37 (modulo 256), in the order of the bytes from the lowest bit up.
    private static (ulong First, ulong Second) Fingerprint(scoped ReadOnlySpan<byte> bytes)
    {
        ulong first = 0;
        ulong second = 0;
        int at = 0;
        for (; at + Vector128<byte>.Count <= bytes.Length; at += Vector128<byte>.Count)
        {
            Vector128<byte> spread = Spread(Vector128.Create(bytes.Slice(at, Vector128<byte>.Count)));
            first |= (ulong)spread.ExtractMostSignificantBits() << at;
            second |= (ulong)(spread + spread).ExtractMostSignificantBits() << at;
        }

        if (at < bytes.Length)
        {
            Span<byte> rest = stackalloc byte[Vector128<byte>.Count];
            rest.Clear();
            bytes[at..].CopyTo(rest);
            Vector128<byte> spread = Spread(Vector128.Create((ReadOnlySpan<byte>)rest));
            first |= (ulong)spread.ExtractMostSignificantBits() << at;
            second |= (ulong)(spread + spread).ExtractMostSignificantBits() << at;
        }

        return (first, second);
    }

    private static Vector128<byte> Spread(Vector128<byte> one)
    {
        Vector128<byte> four = one + one + (one + one);
        Vector128<byte> sixteen = four + four + (four + four);
        return one + four + (sixteen + sixteen);
    }

    private readonly Span<ulong> Pair(long offset) => _words.AsSpan((int)((offset >> WordShift) & (Capacity - 1)) * 2, 2);

    private void Reserve(long end)
    {
        long words = ((end - 1) >> WordShift) - (_from >> WordShift) + 1;
        if (words <= Capacity || Capacity == MostWords)
        {
            return;
        }

        ulong[]? old = _words;
        _words = new ulong[2 * (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((ulong)words), FirstWords, MostWords)];
        for (long word = _from >> WordShift; old is not null && word << WordShift < _end; word++)
        {
            old.AsSpan((int)(word & ((old.Length / 2) - 1)) * 2, 2).CopyTo(Pair(word << WordShift));
        }
    }
}
