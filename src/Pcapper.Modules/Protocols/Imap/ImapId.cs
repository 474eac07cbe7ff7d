using System.Text;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>The list of fields by which clients and servers introduce themselves (RFC 2971, 3.3).</summary>
internal static class ImapId
{
    private const int MostStrings = 60;

    /// <summary>Gets <c>name/version</c> of a list like <c>("name" "Thunderbird" "version" "115")</c>; empty if it has no name.</summary>
    public static byte[] Software(ReadOnlySpan<byte> list)
    {
        ReadOnlySpan<byte> name = default;
        ReadOnlySpan<byte> version = default;
        ReadOnlySpan<byte> field = default;
        for (int i = 0; i < MostStrings && TryTake(ref list, out ReadOnlySpan<byte> text); i++)
        {
            if (i % 2 == 0)
            {
                field = text;
            }
            else if (Ascii.EqualsIgnoreCase(field, "name"u8))
            {
                name = text;
            }
            else if (Ascii.EqualsIgnoreCase(field, "version"u8))
            {
                version = text;
            }
        }

        return name.IsEmpty || version.IsEmpty ? name.ToArray() : [.. name, (byte)'/', .. version];
    }

    // Escaped quotes are rare in names; a value that has one is cut there. NIL stands for a value that is not told.
    private static bool TryTake(scoped ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> text)
    {
        text = default;
        list = list.TrimStart(" ("u8);
        if (list.Length >= 3 && Ascii.EqualsIgnoreCase(list[..3], "NIL"u8))
        {
            list = list[3..];
            return true;
        }

        if (list is not [(byte)'"', ..] || list[1..].IndexOf((byte)'"') is var end && end < 0)
        {
            return false;
        }

        text = list.Slice(1, end);
        list = list[(end + 2)..];
        return true;
    }
}
