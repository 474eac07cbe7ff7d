using System.Globalization;
using System.IO.Compression;
using Pcapper.Packets;

namespace Pcapper.Modules.Data;

/// <summary>Tells who made a network card, by the IEEE's public listings of 36-, 28- and 24-bit prefixes.</summary>
public static class MacVendors
{
    private static readonly Lazy<Dictionary<ulong, string>> s_vendors = new(Load);

    /// <summary>Gets the holder of an address's prefix, or null for local, group and unlisted addresses.</summary>
    public static string? Of(MacAddress address)
    {
        if (address.IsLocal || address.IsMulticast)
        {
            return null;
        }

        foreach (int digits in (ReadOnlySpan<int>)[9, 7, 6])
        {
            if (s_vendors.Value.TryGetValue(Key(address.Value >> (48 - (4 * digits)), digits), out string? vendor))
            {
                return vendor;
            }
        }

        return null;
    }

    private static ulong Key(ulong prefix, int digits) => ((ulong)digits << 40) | prefix;

    private static Dictionary<ulong, string> Load()
    {
        using Stream stream = typeof(MacVendors).Assembly.GetManifestResourceStream("mac_vendors.txt.gz")
            ?? throw new InvalidOperationException("mac_vendors.txt.gz is not compiled in");
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        var vendors = new Dictionary<ulong, string>(50_000);
        while (reader.ReadLine() is string line)
        {
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            vendors[Key(ulong.Parse(line.AsSpan(0, tab), NumberStyles.HexNumber, CultureInfo.InvariantCulture), tab)] = line[(tab + 1)..];
        }

        return vendors;
    }
}
