using System.Text.Json;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Indicators in Pcapper's own words.</summary>
public sealed class IocJsonWriter : IIocWriter
{
    /// <inheritdoc/>
    public string Extension => "json";

    /// <inheritdoc/>
    public string Mark => "\"format\": \"pcapper-iocs-1\"";

    /// <inheritdoc/>
    public void Write(IocReport report, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, IocText.Json);
        writer.WriteStartObject();
        writer.WriteString("format", "pcapper-iocs-1");
        writer.WriteString("version", report.Version);
        Texts(writer, "captures", report.CaptureNames);
        writer.WriteStartArray("observables");
        foreach (Observable o in report.Shared)
        {
            writer.WriteStartObject();
            writer.WriteString("type", o.Type);
            writer.WriteString("value", o.Value);
            writer.WriteBoolean("indicator", o.IsIndicator);
            Text(writer, "severity", o.Severity?.ToString().ToLowerInvariant());
            if (o.Confidence is { } confidence)
            {
                writer.WriteNumber("confidence", confidence);
            }

            Text(writer, "first_seen", o.First is { } first ? IocText.Time(first, 6) : null);
            Text(writer, "last_seen", o.Last is { } last ? IocText.Time(last, 6) : null);
            writer.WriteNumber("count", o.Count);
            Texts(writer, "seen_in", o.Places);
            Texts(writer, "hosts", o.Hosts);
            Text(writer, "md5", o.Md5);
            Text(writer, "sha1", o.Sha1);
            Text(writer, "file_name", o.Name);
            Findings(writer, o);
            Frames(writer, o);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Findings(Utf8JsonWriter writer, Observable o)
    {
        writer.WriteStartArray("findings");
        foreach (Finding finding in o.Findings)
        {
            writer.WriteStartObject();
            Text(writer, "id", finding.Id.Length == 0 ? null : finding.Id);
            writer.WriteString("type", finding.Type.Id);
            writer.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            writer.WriteString("subject", Printable.From(finding.Subject));
            Texts(writer, "techniques", finding.Type.Techniques);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Frames(Utf8JsonWriter writer, Observable o)
    {
        writer.WriteStartArray("frames");
        foreach (FrameRef frame in o.Frames)
        {
            writer.WriteStartObject();
            writer.WriteNumber("capture", frame.Capture);
            writer.WriteNumber("number", frame.Number);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(Printable.From(value));
        }

        writer.WriteEndArray();
    }
}
