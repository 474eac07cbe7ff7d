using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>What the exports of indicators have in common.</summary>
internal static class IocText
{
    /// <summary>How JSON is written: indented, for people and diffs.</summary>
    public static readonly JsonWriterOptions Json = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a time as RFC 3339 in UTC with so many decimals.</summary>
    public static string Time(Timestamp time, int decimals = 3) => time.ToString()[..(20 + decimals)] + "Z";

    /// <summary>Makes the identifier of a name in a namespace (RFC 9562, 5.5: version 5).</summary>
    public static Guid Uuid5(Guid space, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        byte[] bytes = new byte[16 + text.Length];
        space.TryWriteBytes(bytes, bigEndian: true, out _);
        text.CopyTo(bytes, 16);
#pragma warning disable CA5350 // The standard names the hash; nothing is protected by it.
        Span<byte> hash = SHA1.HashData(bytes).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }

    /// <summary>Says what findings point at an observable: <c>dns.tunnel (high); ...</c>.</summary>
    public static string Why(Observable observable) => string.Join("; ", observable.Findings
        .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Type.Title} ({f.Severity.ToString().ToLowerInvariant()}, {f.Type.Id})")).Distinct(StringComparer.Ordinal));
}
