using System.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>Decodes the texts of Windows protocols: UTF-16, little-endian, or bytes of some code page.</summary>
internal static class Utf16Text
{
    /// <summary>Decodes UTF-16, at most <see cref="Limits.Text"/> characters; what is no UTF-16 becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
        => Encoding.Unicode.GetString(bytes[..Math.Min(bytes.Length & ~1, Limits.Text * 2)]);

    /// <summary>Decodes UTF-16 or bytes, as flags say.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, bool isUnicode) => isUnicode ? Decode(bytes) : WireText.Decode(bytes);

    /// <summary>Gets what stands before the first zero character.</summary>
    public static ReadOnlySpan<byte> UntilZero(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at + 1 < bytes.Length; at += 2)
        {
            if (bytes[at] == 0 && bytes[at + 1] == 0)
            {
                return bytes[..at];
            }
        }

        return bytes;
    }
}
