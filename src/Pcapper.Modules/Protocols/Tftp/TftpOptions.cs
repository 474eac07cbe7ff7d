using System.Globalization;
using System.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tftp;

/// <summary>Texts that end in a zero, as requests and option acknowledgments have them (RFC 1350, 5; RFC 2347).</summary>
internal static class TftpOptions
{
    private const int Most = 32;

    /// <summary>Reads texts up to the end; what is not ended by a zero is left out.</summary>
    public static List<string> ReadTexts(ReadOnlySpan<byte> bytes)
    {
        List<string> texts = [];
        while (texts.Count < Most && bytes.IndexOf((byte)0) is >= 0 and var end)
        {
            texts.Add(Encoding.UTF8.GetString(bytes[..Math.Min(end, Limits.Text)]));
            bytes = bytes[(end + 1)..];
        }

        return texts;
    }

    /// <summary>Pairs names with values.</summary>
    public static List<(string Name, string Value)> Pair(IEnumerable<string> texts)
        => [.. texts.Chunk(2).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]))];

    /// <summary>Gets an option's number, or null.</summary>
    public static long? Number(IEnumerable<(string Name, string Value)> options, string name)
    {
        foreach ((string known, string value) in options)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                return number;
            }
        }

        return null;
    }
}
