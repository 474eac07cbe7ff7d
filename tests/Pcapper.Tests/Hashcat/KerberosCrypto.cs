using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pcapper.Tests.Hashcat;

/// <summary>Kerberos encryption as clients and servers do it: RC4-HMAC (RFC 4757) and AES with SHA-1 (RFC 3961, RFC 3962).</summary>
internal static class KerberosCrypto
{
    public const int Timestamp = 1;
    public const int Ticket = 2;
    public const int AesReply = 3;
    public const int Rc4Reply = 8;

    private const int Block = 16;
    private const int AesChecksum = 12;

    public static byte[] NtHash(string password) => Md4.Hash(Encoding.Unicode.GetBytes(password));

    /// <summary>Encrypts with RC4: the checksum, then the data.</summary>
    public static byte[] EncryptRc4(byte[] key, int usage, byte[] plain)
    {
        byte[] k1 = HMACMD5.HashData(key, Little(usage));
        byte[] checksum = HMACMD5.HashData(k1, plain);
        return [.. checksum, .. Rc4(HMACMD5.HashData(k1, checksum), plain)];
    }

    public static bool IsRc4(byte[] key, int usage, byte[] checksum, byte[] data)
        => HMACMD5.HashData(HMACMD5.HashData(key, Little(usage)), DecryptRc4(key, usage, checksum, data)).AsSpan().SequenceEqual(checksum);

    public static byte[] DecryptRc4(byte[] key, int usage, byte[] checksum, byte[] data) => Rc4(HMACMD5.HashData(HMACMD5.HashData(key, Little(usage)), checksum), data);

    /// <summary>Makes the key of a password: 16 bytes for AES-128, 32 for AES-256.</summary>
    public static byte[] AesKey(string password, string salt, int length)
        => Derive(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), 4096, HashAlgorithmName.SHA1, length), Encoding.ASCII.GetBytes("kerberos"));

    /// <summary>Encrypts with AES: the data, then the checksum.</summary>
    public static byte[] EncryptAes(byte[] key, int usage, byte[] plain) => [.. Cts(Derive(key, Usage(usage, 0xAA)), plain), .. HMACSHA1.HashData(Derive(key, Usage(usage, 0x55)), plain)[..AesChecksum]];

    public static bool IsAes(byte[] key, int usage, byte[] data, byte[] checksum)
        => HMACSHA1.HashData(Derive(key, Usage(usage, 0x55)), UndoCts(Derive(key, Usage(usage, 0xAA)), data)).AsSpan(0, AesChecksum).SequenceEqual(checksum);

    /// <summary>Stretches or folds bytes (RFC 3961, 5.1).</summary>
    public static byte[] Fold(byte[] bytes, int length)
    {
        int all = bytes.Length / (int)System.Numerics.BigInteger.GreatestCommonDivisor(bytes.Length, length) * length;
        int[] sum = new int[length];
        for (int at = 0; at < all; at++)
        {
            byte[] turned = Turn(bytes, 13 * (at / bytes.Length));
            sum[at % length] += turned[at % bytes.Length];
        }

        while (sum.Any(value => value > 0xFF))
        {
            sum = [.. Enumerable.Range(0, length).Select(i => (sum[(i + 1) % length] >> 8) + (sum[i] & 0xFF))];
        }

        return [.. sum.Select(value => (byte)value)];
    }

    private static byte[] Turn(byte[] bytes, int bits)
    {
        int whole = bits / 8 % bytes.Length;
        int rest = bits % 8;
        byte At(int index) => bytes[((index % bytes.Length) + bytes.Length) % bytes.Length];
        return [.. Enumerable.Range(0, bytes.Length).Select(i => (byte)((At(i - whole) >> rest) | (At(i - whole - 1) << (8 - rest))))];
    }

    private static byte[] Derive(byte[] key, byte[] constant)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        byte[] block = Fold(constant, Block);
        var derived = new List<byte>();
        while (derived.Count < key.Length)
        {
            block = aes.EncryptEcb(block, PaddingMode.None);
            derived.AddRange(block);
        }

        return [.. derived];
    }

    private static byte[] Cts(byte[] key, byte[] plain)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        byte[] padded = new byte[(plain.Length + Block - 1) / Block * Block];
        plain.CopyTo(padded, 0);
        byte[] cipher = aes.EncryptCbc(padded, new byte[Block], PaddingMode.None);
        int last = plain.Length - ((plain.Length - 1) / Block * Block);
        return [.. cipher[..^(2 * Block)], .. cipher[^Block..], .. cipher[^(2 * Block)..^Block][..last]];
    }

    private static byte[] UndoCts(byte[] key, byte[] cipher)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        int last = cipher.Length - ((cipher.Length - 1) / Block * Block);
        int head = cipher.Length - last - Block;
        byte[] previous = head == 0 ? new byte[Block] : cipher[(head - Block)..head];
        byte[] turned = aes.DecryptEcb(cipher.AsSpan(head, Block), PaddingMode.None);
        byte[] tail = Xor(turned[..last], cipher[^last..]);
        byte[] before = Xor(aes.DecryptEcb([.. cipher[^last..], .. turned[last..]], PaddingMode.None), previous);
        return [.. head == 0 ? [] : aes.DecryptCbc(cipher.AsSpan(0, head), new byte[Block], PaddingMode.None), .. before, .. tail];
    }

    private static byte[] Xor(byte[] one, byte[] other) => [.. one.Zip(other, (a, b) => (byte)(a ^ b))];

    private static byte[] Usage(int usage, byte kind) => [0, 0, 0, (byte)usage, kind];

    private static byte[] Little(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static byte[] Rc4(byte[] key, byte[] data)
    {
        byte[] state = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        for (int i = 0, j = 0; i < state.Length; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 0xFF;
            (state[i], state[j]) = (state[j], state[i]);
        }

        byte[] result = new byte[data.Length];
        for (int n = 0, i = 0, j = 0; n < data.Length; n++)
        {
            i = (i + 1) & 0xFF;
            j = (j + state[i]) & 0xFF;
            (state[i], state[j]) = (state[j], state[i]);
            result[n] = (byte)(data[n] ^ state[(state[i] + state[j]) & 0xFF]);
        }

        return result;
    }
}
