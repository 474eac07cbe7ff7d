using System.Globalization;
using System.Text;

namespace Pcapper.Extraction;

/// <summary>Makes file names of names out of a capture: whatever they say, they stay one ordinary name in the folder, on every system.</summary>
internal static class SafeName
{
    private const int MostBytes = 120;
    private const int MostExtension = 16;
    private const string Nameless = "unnamed";

    // Windows' devices; the superscript digits count as digits there.
    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

    /// <summary>Makes a name.</summary>
    public static string Of(string? name)
    {
        string last = Last(name ?? string.Empty);
        var safe = new StringBuilder();
        foreach (Rune rune in last.EnumerateRunes())
        {
            safe.Append(IsAllowed(rune) ? rune.ToString() : "_");
        }

        string text = Shorten(safe.ToString().Trim(' ').TrimEnd('.', ' '));
        if (text.Trim('_', '.', ' ').Length == 0)
        {
            return Nameless;
        }

        // A dot hides it, a dash makes an option of it, two hexadecimal digits name the folders of contents.
        return text[0] is '.' or '-' or '~' || IsDevice(text) || IsOurs(text) ? "_" + text : text;
    }

    /// <summary>Puts a number in a name that is taken: <c>a.txt</c>, <c>a_2.txt</c>.</summary>
    public static string Numbered(string name, int number)
    {
        string extension = Extension(name);
        return string.Create(CultureInfo.InvariantCulture, $"{name[..^extension.Length]}_{number}{extension}");
    }

    private static string Last(string name)
    {
        string path = name.TrimEnd('/', '\\');
        string last = path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];

        // A drive's letter, or a second stream of a file on NTFS.
        return last.Length > 1 && last[1] == ':' ? last[2..] : last;
    }

    private static bool IsAllowed(Rune rune) => rune != Rune.ReplacementChar && !"<>:\"|?*/\\%".Contains(rune.ToString(), StringComparison.Ordinal)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && (rune.Value == ' ' || Rune.GetUnicodeCategory(rune) != UnicodeCategory.SpaceSeparator);

    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MostBytes)
        {
            return name;
        }

        string extension = Extension(name);
        int room = MostBytes - Encoding.UTF8.GetByteCount(extension);
        var kept = new StringBuilder();
        foreach (Rune rune in name.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append(extension).ToString();
    }

    private static string Extension(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot > 0 && Encoding.UTF8.GetByteCount(name.AsSpan(dot)) <= MostExtension ? name[dot..] : string.Empty;
    }

    private static bool IsDevice(string name)
    {
        string stem = name.Split('.')[0].TrimEnd();
        return s_devices.Contains(stem, StringComparer.OrdinalIgnoreCase)
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
                && (char.IsAsciiDigit(stem[3]) || stem[3] is '¹' or '²' or '³'));
    }

    private static bool IsOurs(string name)
        => (name.Length == 2 && name.All(char.IsAsciiHexDigit)) || name.Equals(Manifest.FileName, StringComparison.OrdinalIgnoreCase);
}
