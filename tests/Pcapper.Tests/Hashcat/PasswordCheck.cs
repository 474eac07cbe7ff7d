using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pcapper.Tests.Hashcat;

/// <summary>
/// Takes a line for hashcat apart as hashcat's own parser does, with its bounds, and tells whether a password makes it. It shares nothing
/// with what writes the lines, and hashcat's published examples hold it to hashcat's reading.
/// </summary>
internal static class PasswordCheck
{
    public static bool Fits(int mode, string line, string password) => mode switch
    {
        20 => Apop(line, password),
        5500 => Ntlm1(line, password),
        5600 => Ntlm2(line, password),
        7500 => PreAuthentication(line, password),
        10200 => CramMd5(line, password),
        11100 => Postgresql(line, password),
        11200 => Mysql(line, password),
        11400 => Digest(line, password),
        13100 => Rc4(After(line, "$krb5tgs$23$*").Split('*') is [_, var rest] ? rest[1..] : throw Bad(line), KerberosCrypto.Ticket, password),
        18200 => Rc4(After(line, "$krb5asrep$23$").Split(':') is [_, var rest] ? rest : throw Bad(line), KerberosCrypto.Rc4Reply, password),
        19600 => Aes(After(line, "$krb5tgs$17$"), 16, KerberosCrypto.Ticket, password),
        19700 => Aes(After(line, "$krb5tgs$18$"), 32, KerberosCrypto.Ticket, password),
        19800 => AesTimestamp(After(line, "$krb5pa$17$"), 16, password),
        19900 => AesTimestamp(After(line, "$krb5pa$18$"), 32, password),
        32100 => Aes(After(line, "$krb5asrep$17$"), 16, KerberosCrypto.AesReply, password),
        32200 => Aes(After(line, "$krb5asrep$18$"), 32, KerberosCrypto.AesReply, password),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "no such mode"),
    };

    private static bool Ntlm1(string line, string password)
    {
        string[] fields = Fields(line, ':', 6);
        Bounds(fields[0], 0, 60);
        Bounds(fields[1], 0, 0);
        Bounds(fields[2], 0, 45);
        byte[] lm = Hex(fields[3], 0, 48);
        byte[] nt = Hex(fields[4], 48, 48);
        byte[] challenge = Hex(fields[5], 16, 16);
        if (lm.Length == 24 && !lm.AsSpan(8).ContainsAnyExcept((byte)0))
        {
            challenge = MD5.HashData([.. challenge, .. lm[..8]])[..8];
        }

        byte[] key = [.. KerberosCrypto.NtHash(password), 0, 0, 0, 0, 0];
        return nt.AsSpan().SequenceEqual((byte[])[.. Des(key[..7], challenge), .. Des(key[7..14], challenge), .. Des(key[14..], challenge)]);
    }

    private static bool Ntlm2(string line, string password)
    {
        string[] fields = Fields(line, ':', 6);
        Bounds(fields[0], 0, 60);
        Bounds(fields[1], 0, 0);
        Bounds(fields[2], 0, 45);
        byte[] key = HMACMD5.HashData(KerberosCrypto.NtHash(password), Encoding.Unicode.GetBytes(fields[0].ToUpperInvariant() + fields[2]));
        return HMACMD5.HashData(key, (byte[])[.. Hex(fields[3], 16, 16), .. Hex(fields[5], 2, 1024)]).AsSpan().SequenceEqual(Hex(fields[4], 32, 32));
    }

    private static bool PreAuthentication(string line, string password)
    {
        string[] fields = Fields(After(line, "$krb5pa$23$"), '$', 4);
        Bounds(fields[0], 0, 64);
        Bounds(fields[1], 0, 64);
        Bounds(fields[2], 0, 128);
        byte[] data = Hex(fields[3], 104, 104);

        // hashcat looks at the time only: its examples have made-up checksums. After eight random bytes and six of DER come the digits of a time.
        byte[] plain = KerberosCrypto.DecryptRc4(KerberosCrypto.NtHash(password), KerberosCrypto.Timestamp, data[36..], data[..36]);
        return Encoding.Latin1.GetString(plain[14..28]) is ['2', '0', ..] time && time.All(char.IsAsciiDigit);
    }

    private static bool Rc4(string rest, int usage, string password)
    {
        string[] fields = Fields(rest, '$', 2);
        return KerberosCrypto.IsRc4(KerberosCrypto.NtHash(password), usage, Hex(fields[0], 32, 32), Hex(fields[1], 64, 40960));
    }

    // user $ realm $ [*spn*$] checksum $ data
    private static bool Aes(string rest, int keyLength, int usage, string password)
    {
        int star = rest.IndexOf('*', StringComparison.Ordinal);
        if (star >= 0)
        {
            int end = rest.IndexOf('*', star + 1);
            rest = rest[..star] + rest[(end + 2)..];
        }

        string[] fields = Fields(rest, '$', 4);
        Bounds(fields[0], 1, 512);
        Bounds(fields[1], 1, 128);
        byte[] key = KerberosCrypto.AesKey(password, fields[1].ToUpperInvariant() + fields[0], keyLength);
        return KerberosCrypto.IsAes(key, usage, Hex(fields[3], 64, 40960), Hex(fields[2], 24, 24));
    }

    private static bool AesTimestamp(string rest, int keyLength, string password)
    {
        string[] fields = Fields(rest, '$', 3);
        Bounds(fields[0], 1, 512);
        Bounds(fields[1], 1, 128);
        byte[] data = Hex(fields[2], 104, 112);
        return KerberosCrypto.IsAes(KerberosCrypto.AesKey(password, fields[1].ToUpperInvariant() + fields[0], keyLength), KerberosCrypto.Timestamp, data[..^12], data[^12..]);
    }

    // The digest, a colon, and what comes before the password.
    private static bool Apop(string line, string password)
    {
        byte[] digest = Hex(line[..32], 32, 32);
        Assert(line[32] == ':' && line.Length <= 33 + 256, line);
        return MD5.HashData(Encoding.UTF8.GetBytes(line[33..] + password)).AsSpan().SequenceEqual(digest);
    }

    private static bool CramMd5(string line, string password)
    {
        string[] fields = Fields(After(line, "$cram_md5$"), '$', 2);
        Bounds(fields[0], 0, 76);
        Bounds(fields[1], 44, 132);
        byte[] challenge = Convert.FromBase64String(fields[0]);
        Assert(challenge.Length <= 55, line);
        string response = Encoding.UTF8.GetString(Convert.FromBase64String(fields[1]));
        return response[^32..] == Convert.ToHexStringLower(HMACMD5.HashData(Encoding.UTF8.GetBytes(password), challenge)) && response[^33] == ' ';
    }

    private static bool Postgresql(string line, string password)
    {
        string[] fields = Fields(After(line, "$postgres$"), '*', 3);
        Bounds(fields[0], 0, 32);
        string inner = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(password + fields[0])));
        return MD5.HashData([.. Encoding.ASCII.GetBytes(inner), .. Hex(fields[1], 8, 8)]).AsSpan().SequenceEqual(Hex(fields[2], 32, 32));
    }

    private static bool Mysql(string line, string password)
    {
        string[] fields = Fields(After(line, "$mysqlna$"), '*', 2);
        byte[] once = SHA1.HashData(Encoding.UTF8.GetBytes(password));
        byte[] mask = SHA1.HashData([.. Hex(fields[0], 40, 40), .. SHA1.HashData(once)]);
        return once.Zip(mask, (a, b) => (byte)(a ^ b)).SequenceEqual(Hex(fields[1], 40, 40));
    }

    // $sip$*server*client*user*realm*method*scheme*resource*suffix*nonce*cnonce*nc*qop*MD5*response
    private static bool Digest(string line, string password)
    {
        string[] fields = Fields(line, '*', 15);
        Assert(fields[0] == "$sip$" && fields[13] == "MD5", line);
        Bounds(fields[3], 0, 116);
        Bounds(fields[4], 0, 116);
        Bounds(fields[7], 1, 246);
        Bounds(fields[9], 1, 1024);
        Assert(fields[3].Length + fields[4].Length + 2 <= 119, line);
        string uri = (fields[6].Length > 0 ? fields[6] + ":" : string.Empty) + fields[7] + (fields[8].Length > 0 ? ":" + fields[8] : string.Empty);
        string second = Md5($"{fields[5]}:{uri}");
        string first = Md5($"{fields[3]}:{fields[4]}:{password}");
        string all = fields[12] is "auth" or "auth-int" ? $"{first}:{fields[9]}:{fields[11]}:{fields[10]}:{fields[12]}:{second}" : $"{first}:{fields[9]}:{second}";
        return Md5(all) == fields[14];
    }

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Des(byte[] key, byte[] challenge)
    {
        // Seven bits of each byte are key (MS-NLMP, 6, DESL).
        byte[] spread = new byte[8];
        for (int bit = 0; bit < 56; bit++)
        {
            spread[bit / 7] |= (byte)(((key[bit / 8] >> (7 - (bit % 8))) & 1) << (7 - (bit % 7)));
        }

        using DES des = DES.Create();
        des.Key = spread;
        return des.EncryptEcb(challenge, PaddingMode.None);
    }

    private static string After(string line, string signature)
    {
        Assert(line.StartsWith(signature, StringComparison.Ordinal), line);
        return line[signature.Length..];
    }

    private static string[] Fields(string text, char separator, int count)
    {
        string[] fields = text.Split(separator);
        Assert(fields.Length == count, text);
        return fields;
    }

    private static byte[] Hex(string text, int least, int most)
    {
        Bounds(text, least, most);
        return Convert.FromHexString(text);
    }

    private static void Bounds(string text, int least, int most) => Assert(text.Length >= least && text.Length <= most, string.Create(CultureInfo.InvariantCulture, $"{text}: {text.Length} characters, not {least} to {most}"));

    private static void Assert(bool holds, string what)
    {
        if (!holds)
        {
            throw Bad(what);
        }
    }

    private static FormatException Bad(string what) => new($"hashcat would not take {what}");
}
