using System.Globalization;
using System.Text.Json;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// Indicators as a STIX 2.1 bundle (OASIS): the identity of the producer, an object and an observed-data for everything seen, and for
/// what findings point at an indicator with a sighting, its relationships, and the ATT&amp;CK techniques. The same report gives the same identifiers.
/// </summary>
public sealed class StixWriter : IIocWriter
{
    // Never that of the objects themselves (STIX 2.1, 2.9).
    private static readonly Guid s_space = new("2f7c3b52-6d0e-5b8a-9c41-7e0a5d13b6f4");

    /// <inheritdoc/>
    public string Extension => "stix.json";

    /// <inheritdoc/>
    public string Mark => "\"name\": \"pcapper\"";

    /// <inheritdoc/>
    public void Write(IocReport report, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, IocText.Json);
        List<Observable> shared = [.. report.Shared];
        var written = new HashSet<string>(StringComparer.Ordinal);
        string identity = Id("identity", "pcapper");
        writer.WriteStartObject();
        writer.WriteString("type", "bundle");
        writer.WriteString("id", Id("bundle", string.Join('\n', [report.Version, .. report.CaptureNames, IocText.Time(report.First, 9), .. shared.Select(o => $"{o.Type} {o.Value} {o.Count} {IocText.Why(o)}")])));
        writer.WriteStartArray("objects");

        // One identity in all bundles, so its times cannot be those of a capture.
        const string Made = "2026-01-01T00:00:00.000Z";
        Begin(writer, "identity", identity, Made, Made);
        writer.WriteString("name", "pcapper");
        writer.WriteString("identity_class", "system");
        writer.WriteEndObject();
        foreach (Observable o in shared)
        {
            Write(writer, o, report, identity, written);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Id(string type, string content) => $"{type}--{IocText.Uuid5(s_space, type + "\n" + content)}";

    private static void Begin(Utf8JsonWriter writer, string type, string id, string created, string modified, string? by = null)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteString("spec_version", "2.1");
        writer.WriteString("id", id);
        if (by is not null)
        {
            writer.WriteString("created_by_ref", by);
        }

        writer.WriteString("created", created);
        writer.WriteString("modified", modified);
    }

    private static void Write(Utf8JsonWriter writer, Observable o, IocReport report, string identity, HashSet<string> written)
    {
        const long Most = 999_999_999;
        Timestamp firstSeen = o.First ?? report.First;
        string first = IocText.Time(firstSeen);
        string last = IocText.Time(o.Last is { } known && known.CompareTo(firstSeen) > 0 ? known : firstSeen);
        string content = $"{o.Type}\n{o.Value}\n{first}\n{last}\n{o.Count}";
        string? observed = null;
        if (StixObject.Of(o) is { } item)
        {
            item.Write(writer);
            observed = Id("observed-data", content);
            Begin(writer, "observed-data", observed, last, last, identity);
            writer.WriteString("first_observed", first);
            writer.WriteString("last_observed", last);
            writer.WriteNumber("number_observed", Math.Clamp(o.Count, 1, Most));
            List(writer, "object_refs", item.Id);
            writer.WriteEndObject();
        }

        if (!o.IsIndicator || StixObject.Pattern(o) is not { } pattern)
        {
            return;
        }

        content += "\n" + IocText.Why(o);
        string indicator = Id("indicator", content);
        Begin(writer, "indicator", indicator, last, last, identity);
        writer.WriteString("name", Printable.From($"{o.Type}: {o.Value}"));
        writer.WriteString("description", Printable.From(IocText.Why(o), Limits.Text));
        List(writer, "indicator_types", o.Severity >= Severity.High ? "malicious-activity" : "anomalous-activity");
        writer.WriteString("pattern", pattern.Text);
        writer.WriteString("pattern_type", pattern.Type);
        if (pattern.Type == "stix")
        {
            writer.WriteString("pattern_version", "2.1");
        }

        writer.WriteString("valid_from", first);
        writer.WriteNumber("confidence", Math.Clamp(o.Confidence ?? 0, 0, 100));
        writer.WriteEndObject();

        Begin(writer, "sighting", Id("sighting", content), last, last, identity);
        writer.WriteString("first_seen", first);
        writer.WriteString("last_seen", last);
        writer.WriteNumber("count", Math.Clamp(o.Count, 1, Most));
        writer.WriteString("sighting_of_ref", indicator);
        if (observed is not null)
        {
            List(writer, "observed_data_refs", observed);
        }

        List(writer, "where_sighted_refs", identity);
        writer.WriteEndObject();
        if (observed is not null)
        {
            Relate(writer, indicator, "based-on", observed, last, identity);
        }

        foreach (string technique in o.Findings.SelectMany(f => f.Type.Techniques).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string attack = Id("attack-pattern", technique);
            if (written.Add(attack))
            {
                WriteTechnique(writer, attack, technique, identity);
            }

            Relate(writer, indicator, "indicates", attack, last, identity);
        }
    }

    private static void WriteTechnique(Utf8JsonWriter writer, string id, string technique, string identity)
    {
        const string Made = "2026-01-01T00:00:00.000Z";
        Begin(writer, "attack-pattern", id, Made, Made, identity);
        writer.WriteString("name", technique);
        writer.WriteStartArray("external_references");
        writer.WriteStartObject();
        writer.WriteString("source_name", technique.StartsWith("T0", StringComparison.Ordinal) ? "mitre-ics-attack" : "mitre-attack");
        writer.WriteString("external_id", technique);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Relate(Utf8JsonWriter writer, string source, string how, string target, string time, string identity)
    {
        Begin(writer, "relationship", Id("relationship", string.Create(CultureInfo.InvariantCulture, $"{source}\n{how}\n{target}")), time, time, identity);
        writer.WriteString("relationship_type", how);
        writer.WriteString("source_ref", source);
        writer.WriteString("target_ref", target);
        writer.WriteEndObject();
    }

    private static void List(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartArray(name);
        writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
