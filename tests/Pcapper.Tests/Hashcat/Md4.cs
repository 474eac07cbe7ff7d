using System.Buffers.Binary;
using System.Numerics;

namespace Pcapper.Tests.Hashcat;

/// <summary>MD4 (RFC 1320), which NT hashes are made with and the platform does not have.</summary>
internal static class Md4
{
    private const int Block = 64;

    public static byte[] Hash(ReadOnlySpan<byte> bytes)
    {
        byte[] padded = new byte[(bytes.Length + 9 + Block - 1) / Block * Block];
        bytes.CopyTo(padded);
        padded[bytes.Length] = 0x80;
        BinaryPrimitives.WriteUInt64LittleEndian(padded.AsSpan(padded.Length - 8), (ulong)bytes.Length * 8);
        uint[] state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476];
        for (int at = 0; at < padded.Length; at += Block)
        {
            Round(state, padded.AsSpan(at, Block));
        }

        byte[] hash = new byte[16];
        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(hash.AsSpan(i * 4), state[i]);
        }

        return hash;
    }

    private static void Round(uint[] state, ReadOnlySpan<byte> block)
    {
        uint[] x = new uint[16];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * 4)..]);
        }

        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        ReadOnlySpan<int> second = [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15];
        ReadOnlySpan<int> third = [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15];
        ReadOnlySpan<int> shifts = [3, 7, 11, 19, 3, 5, 9, 13, 3, 9, 11, 15];
        for (int step = 0; step < 48; step++)
        {
            int round = step / 16;
            uint mixed = round switch
            {
                0 => ((b & c) | (~b & d)) + x[step],
                1 => ((b & c) | (b & d) | (c & d)) + x[second[step - 16]] + 0x5A827999,
                _ => (b ^ c ^ d) + x[third[step - 32]] + 0x6ED9EBA1,
            };
            (a, b, c, d) = (d, BitOperations.RotateLeft(a + mixed, shifts[(round * 4) + (step % 4)]), b, c);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
}
