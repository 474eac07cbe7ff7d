using System.Text.Encodings.Web;
using System.Text.Json;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Writes a report for machines: all rows, typed. docs/report.schema.json describes the form.</summary>
public sealed class JsonRenderer : IReportRenderer
{
    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public void Render(ReportDocument document, Stream output, RenderOptions options)
    {
        // Texts are printable already, and the output is JSON in a file or pipe, not inside HTML: no need to escape more than JSON asks for.
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions
        {
            Indented = true,
            IndentSize = 1,
            NewLine = "\n",
            Encoder = options.Unicode ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : JavaScriptEncoder.Default,
        });
        writer.WriteStartObject();
        writer.WriteNumber("schema_version", ReportDocument.SchemaVersion);
        WriteTool(writer, document.Header);
        WriteList(writer, "captures", document.Captures, WriteCapture);
        JsonOverview.Write(writer, document.Overview);
        WriteList(writer, "findings", document.Findings, WriteFinding);
        WriteList(writer, "indicators", document.Indicators, WriteIndicator);
        JsonSections.Write(writer, document);
        WriteList(writer, "problems", document.Problems, WriteProblem);
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    internal static void WriteList<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
    }

    private static void WriteTool(Utf8JsonWriter writer, ReportHeader header)
    {
        writer.WriteStartObject("tool");
        writer.Text("name", header.Tool);
        writer.Text("version", header.Version);
        writer.Texts("arguments", header.Arguments);
        writer.WriteEndObject();
    }

    private static void WriteCapture(Utf8JsonWriter writer, CaptureSummary capture)
    {
        writer.WriteNumber("index", capture.Index);
        writer.Text("path", capture.Path);
        writer.Text("format", capture.Format);
        writer.OptionalText("sha256", capture.Sha256);
        writer.Integer("bytes", capture.Bytes);
        writer.Integer("frames", capture.Frames);
        writer.Integer("data_bytes", capture.DataBytes);
        writer.OptionalText("first", capture.First?.ToString());
        writer.OptionalText("last", capture.Last?.ToString());
        writer.Integer("peak_bits_per_second", capture.PeakBitsPerSecond);
        WriteList(writer, "interfaces", capture.Interfaces, WriteInterface);
        writer.Texts("comments", capture.Comments);
        writer.WriteStartObject("quality");
        writer.WriteString("grade", ReportWords.Word(capture.Quality));
        writer.Integer("dropped", capture.Dropped);
        writer.Integer("truncated", capture.Truncated);
        writer.Integer("flows", capture.Flows);
        writer.Integer("one_sided_flows", capture.OneSidedFlows);
        writer.Integer("missing_bytes", capture.MissingBytes);
        writer.Integer("total_bytes", capture.TotalBytes);
        writer.Number("missing_share", capture.MissingShare);
        writer.WriteEndObject();
        writer.OptionalText("problem", capture.Problem);
    }

    private static void WriteInterface(Utf8JsonWriter writer, CaptureInterface found)
    {
        writer.WriteNumber("index", found.Index);
        writer.OptionalText("name", found.Name);
        writer.OptionalText("description", found.Description);
        writer.Text("link_type", found.LinkType.ToString());
        writer.WriteNumber("link_type_number", (int)found.LinkType);
        writer.Integer("snaplen", found.SnapLength);
        if (found.Dropped is { } dropped)
        {
            writer.Integer("dropped", (long)Math.Min(dropped, long.MaxValue));
        }
    }

    private static void WriteFinding(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteString("id", finding.Id);
        writer.Text("type", finding.Type.Id);
        writer.Text("title", finding.Type.Title);
        writer.WriteString("severity", TextFindings.Word(finding.Severity));
        writer.Number("confidence", finding.Confidence / 100.0);
        writer.Texts("techniques", finding.Type.Techniques);
        writer.OptionalText("source", finding.Source?.ToString());
        writer.OptionalText("destination", finding.Destination?.ToString());
        if (finding.Port is { } port)
        {
            writer.WriteNumber("port", port);
        }

        if (finding.Addresses.Count != 0)
        {
            WriteList(writer, "addresses", finding.Addresses, WriteAddress);
        }

        writer.Text("subject", finding.Subject);
        writer.Text("summary", finding.Summary);
        writer.OptionalText("first", finding.First?.ToString());
        writer.OptionalText("last", finding.Last?.ToString());
        writer.Integer("count", finding.Count);
        WriteList(writer, "measures", finding.Measures, WriteMeasure);
        writer.WritePropertyName("evidence");
        writer.FramesValue(finding.Evidence, finding.EvidenceTotal);
        writer.Text("display_filter", finding.DisplayFilter);
        writer.Texts("community_ids", finding.CommunityIds);
        writer.OptionalText("unless", finding.Unless);
    }

    private static void WriteAddress(Utf8JsonWriter writer, KnownAddress known)
    {
        writer.Text("address", known.Address.ToString());
        writer.OptionalText("country", known.Entry.Country);
        writer.OptionalText("city", known.Entry.City);
        if (known.Entry.Asn is { } asn)
        {
            writer.Integer("asn", asn);
        }

        writer.OptionalText("organization", known.Entry.Organization);
    }

    private static void WriteMeasure(Utf8JsonWriter writer, Measure measure)
    {
        writer.Text("name", measure.Name);
        writer.Number("value", measure.Value);
        if (measure.Threshold is { } threshold)
        {
            writer.Number("threshold", threshold);
        }

        writer.OptionalText("unit", measure.Unit);
    }

    private static void WriteIndicator(Utf8JsonWriter writer, Indicator indicator)
    {
        writer.WriteString("kind", ReportWords.Word(indicator.Kind));
        writer.Text("value", indicator.Value);
        writer.OptionalText("context", indicator.Context);
        writer.OptionalText("finding", indicator.Finding?.Id);
        writer.WriteNumber("capture", indicator.First.Capture);
        writer.Integer("first_frame", indicator.First.Number);
    }

    private static void WriteProblem(Utf8JsonWriter writer, RunProblem problem)
    {
        writer.WriteString("kind", problem.Kind switch
        {
            RunProblemKind.Input => "input",
            RunProblemKind.Limit => "limit",
            RunProblemKind.Interrupted => "interrupted",
            _ => "internal",
        });
        writer.Text("text", problem.Text);
    }
}
