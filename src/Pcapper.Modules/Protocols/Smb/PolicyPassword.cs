using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>
/// A password in a group policy preference (MS-GPPREF, 2.2.1.1.4). Microsoft published the key that all of them are encrypted with there,
/// so whoever can read the policy, which every member of the domain can, has the password (MS14-025).
/// </summary>
/// <param name="User">Whose it is, or null.</param>
/// <param name="Encrypted">How it stands in the file: base64 without padding.</param>
/// <param name="Password">The password, or null if it cannot be decrypted.</param>
internal sealed record PolicyPassword(string? User, string Encrypted, string? Password)
{
    private const int MostFound = 64;
    private const int MostLength = 1024;
    private const int BlockLength = 16;

    // MS-GPPREF, 2.2.1.1.4.
    private static readonly byte[] s_key =
    [
        0x4E, 0x99, 0x06, 0xE8, 0xFC, 0xB6, 0x6C, 0xC9, 0xFA, 0xF4, 0x93, 0x10, 0x62, 0x0F, 0xFE, 0xE8,
        0xF4, 0x96, 0xE8, 0x06, 0xCC, 0x05, 0x79, 0x90, 0x20, 0x9B, 0x09, 0xA4, 0x33, 0xB6, 0x6C, 0x1B,
    ];

    // newName is what a built-in account is renamed to; runAs is a task's, accountName a service's.
    private static readonly string[] s_users = ["userName", "runAs", "accountName", "username", "newName"];

    /// <summary>Reads the passwords of a preference file.</summary>
    public static IReadOnlyList<PolicyPassword> Read(ReadOnlySpan<byte> content)
    {
        List<PolicyPassword> found = [];
        string text = Encoding.UTF8.GetString(content);
        int at = 0;
        while (found.Count < MostFound && text.IndexOf("cpassword=\"", at, StringComparison.Ordinal) is >= 0 and var start)
        {
            int open = text.LastIndexOf('<', start);
            int close = text.IndexOf('>', start);
            string element = text[Math.Max(open, 0)..(close < 0 ? text.Length : close)];
            at = start + 1;
            if (Attribute(element, "cpassword") is { Length: > 0 and <= MostLength } encrypted)
            {
                string? user = s_users.Select(name => Attribute(element, name)).FirstOrDefault(value => !string.IsNullOrEmpty(value));
                found.Add(new PolicyPassword(user, encrypted, Decrypt(encrypted)));
            }
        }

        return found;
    }

    /// <summary>Decrypts a password: AES-256 in CBC mode, the initialization vector zeros, the text UTF-16. Null if it is none.</summary>
    public static string? Decrypt(string encrypted)
    {
        Span<byte> cipher = stackalloc byte[MostLength];
        if (encrypted.Length > MostLength || !Convert.TryFromBase64String(encrypted.TrimEnd('=') + (encrypted.TrimEnd('=').Length % 4) switch { 2 => "==", 3 => "=", _ => "" }, cipher, out int length)
            || length == 0 || length % BlockLength != 0)
        {
            return null;
        }

        Span<byte> plain = stackalloc byte[length];
        using var aes = Aes.Create();
        aes.Key = s_key;
        aes.DecryptCbc(cipher[..length], stackalloc byte[BlockLength], plain, PaddingMode.None);
        int padding = plain[^1];
        if (padding is 0 or > BlockLength || plain[^padding..].ContainsAnyExcept((byte)padding) || (length - padding) % 2 != 0)
        {
            return null;
        }

        return Encoding.Unicode.GetString(plain[..^padding]);
    }

    private static string? Attribute(string element, string name)
    {
        int start = element.IndexOf($" {name}=\"", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += name.Length + 3;
        int end = element.IndexOf('"', start);
        return end < 0 ? null : WebUtility.HtmlDecode(element[start..end]);
    }
}
