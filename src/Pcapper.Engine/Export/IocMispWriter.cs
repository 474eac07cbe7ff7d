using System.Globalization;
using System.Text.Json;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Indicators as a MISP event (MISP core format). Only what findings point at is for detection (<c>to_ids</c>); hosts of the inside are not told.</summary>
public sealed class IocMispWriter : IIocWriter
{
    private static readonly Guid s_space = new("6f2a0c4e-9a38-5c1b-8f0d-3d5b7e1c2a90");

    /// <inheritdoc/>
    public string Extension => "misp.json";

    /// <inheritdoc/>
    public string Mark => "\"info\": \"pcapper: ";

    /// <inheritdoc/>
    public void Write(IocReport report, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, IocText.Json);
        List<Observable> shared = [.. report.Shared];
        string info = $"pcapper: {string.Join(", ", report.CaptureNames)}";
        string seed = string.Join('\n', [info, IocText.Time(report.First, 9), .. shared.Select(o => $"{o.Type} {o.Value}")]);
        Guid id = IocText.Uuid5(s_space, seed);
        writer.WriteStartObject();
        writer.WriteStartObject("Event");
        writer.WriteString("info", info);
        writer.WriteString("uuid", id.ToString());
        writer.WriteString("date", IocText.Time(report.First)[..10]);
        writer.WriteString("timestamp", Seconds(report.Captures.Max(c => c.Last) ?? default));
        writer.WriteString("threat_level_id", Level(shared));
        writer.WriteString("analysis", "0");
        writer.WriteString("distribution", "0");
        writer.WriteBoolean("published", false);
        writer.WriteStartArray("Attribute");
        foreach (Observable o in shared)
        {
            (string type, string category) = Kind(o);
            Attribute(writer, id, o, type, category, o.Value);
            Attribute(writer, id, o, "md5", "Payload delivery", o.Md5);
            Attribute(writer, id, o, "sha1", "Payload delivery", o.Sha1);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("Object");
        writer.WriteEndArray();
        writer.WriteStartArray("Tag");
        foreach (string technique in shared.SelectMany(o => o.Findings).SelectMany(f => f.Type.Techniques).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("name", $"pcapper:attack=\"{technique}\"");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Attribute(Utf8JsonWriter writer, Guid eventId, Observable o, string type, string category, string? value)
    {
        if (value is null)
        {
            return;
        }

        bool isComment = type == "other";
        writer.WriteStartObject();
        writer.WriteString("uuid", IocText.Uuid5(eventId, $"{type} {o.Type} {value}").ToString());
        writer.WriteString("type", type);
        writer.WriteString("category", category);
        writer.WriteString("value", value);
        writer.WriteBoolean("to_ids", o.IsIndicator && !isComment);
        string[] said = [.. isComment ? [o.Type.ToUpperInvariant()] : Array.Empty<string>(), IocText.Why(o), o.Places.Count == 0 ? "" : $"seen in {string.Join(", ", o.Places)}, {Units.Count(o.Count, "time")}", o.Name ?? ""];
        writer.WriteString("comment", Printable.From(string.Join("; ", said.Where(s => s.Length > 0)), Limits.Text));
        if (o is { First: { } first, Last: { } last })
        {
            writer.WriteString("first_seen", IocText.Time(first, 6).Replace("Z", "+00:00", StringComparison.Ordinal));
            writer.WriteString("last_seen", IocText.Time(last, 6).Replace("Z", "+00:00", StringComparison.Ordinal));
        }

        writer.WriteEndObject();
    }

    private static (string Type, string Category) Kind(Observable o) => o.Kind switch
    {
        IndicatorKind.Address => ("ip-dst", "Network activity"),
        IndicatorKind.Domain => (o.Value.Count(c => c == '.') == 1 ? "domain" : "hostname", "Network activity"),
        IndicatorKind.Url => ("url", "Network activity"),
        IndicatorKind.Email => ("email", "Payload delivery"),
        IndicatorKind.Md5 => ("md5", "Payload delivery"),
        IndicatorKind.Sha1 => ("sha1", "Payload delivery"),
        IndicatorKind.Sha256 => ("sha256", "Payload delivery"),
        IndicatorKind.FileName => ("filename", "Payload delivery"),
        IndicatorKind.Certificate => ("x509-fingerprint-sha256", "Network activity"),
        IndicatorKind.Ja3 => ("ja3-fingerprint-md5", "Network activity"),
        IndicatorKind.Hassh => ("hassh-md5", "Network activity"),
        IndicatorKind.UserAgent => ("user-agent", "Network activity"),

        // MISP has no type for JA3S and JA4 of its own.
        _ => ("other", "Other"),
    };

    // 1 high, 2 medium, 3 low, 4 undefined.
    private static string Level(List<Observable> observables) => observables.Max(o => o.Severity) switch
    {
        Severity.Critical or Severity.High => "1",
        Severity.Medium => "2",
        _ => "4",
    };

    private static string Seconds(Timestamp time) => Math.Max(0, time.Nanoseconds / Timestamp.PerSecond).ToString(CultureInfo.InvariantCulture);
}
