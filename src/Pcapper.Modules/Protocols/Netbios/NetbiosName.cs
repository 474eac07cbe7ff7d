using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>A NetBIOS name: fifteen characters and the suffix that tells what it is for.</summary>
/// <param name="Text">The name without its padding, raw.</param>
/// <param name="Suffix">The sixteenth byte.</param>
/// <param name="Scope">The scope behind the name, raw; almost always empty.</param>
public readonly record struct NetbiosName(string Text, byte Suffix, string Scope = "")
{
    /// <summary>Bytes of a name before it is encoded.</summary>
    public const int Length = 16;

    /// <summary>Bytes of a name in the first-level encoding.</summary>
    public const int EncodedLength = 32;

    /// <summary>Tells whether bytes look like the length byte and the 32 letters of an encoded name; a cut one counts.</summary>
    public static bool IsEncoded(ReadOnlySpan<byte> bytes)
        => bytes is [EncodedLength, .. var rest] && !rest[..Math.Min(EncodedLength, rest.Length)].ContainsAnyExceptInRange((byte)'A', (byte)'P');

    /// <summary>Undoes the first-level encoding: each half byte is a letter from A to P (RFC 1001, 14.1).</summary>
    public static bool TryDecode(ReadOnlySpan<byte> letters, string scope, out NetbiosName name)
    {
        name = default;
        if (letters.Length != EncodedLength || letters.ContainsAnyExceptInRange((byte)'A', (byte)'P'))
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[Length];
        for (int i = 0; i < Length; i++)
        {
            plain[i] = (byte)(((letters[2 * i] - 'A') << 4) | (letters[(2 * i) + 1] - 'A'));
        }

        name = FromPlain(plain) with { Scope = scope };
        return true;
    }

    /// <summary>Makes a name of its sixteen bytes as node status responses have them.</summary>
    public static NetbiosName FromPlain(ReadOnlySpan<byte> plain)
        => plain.Length < Length ? default : new(Readable(plain[..(Length - 1)].TrimEnd(" \0"u8)), plain[Length - 1]);

    /// <summary>Writes <c>FILESERVER&lt;20&gt;</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Text}<{Suffix:x2}>{(Scope.Length > 0 ? "." : "")}{Scope}");

    // Control characters, which the browsers' own name has, are written as Windows' tools and Wireshark write them: <01><02>__MSBROWSE__<02>.
    private static string Readable(ReadOnlySpan<byte> name)
    {
        string text = WireText.Decode(name);
        return text.AsSpan().ContainsAnyInRange('\0', '\x1F')
            ? string.Concat(text.Select(c => c < ' ' ? string.Create(CultureInfo.InvariantCulture, $"<{(int)c:x2}>") : c.ToString()))
            : text;
    }
}
