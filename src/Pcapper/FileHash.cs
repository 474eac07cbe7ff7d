using System.Security.Cryptography;

namespace Pcapper;

/// <summary>The SHA-256 of a capture file as stored.</summary>
internal static class FileHash
{
    /// <summary>Gets it in lower-case hexadecimal, or null for what is no file.</summary>
    public static string? Of(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
