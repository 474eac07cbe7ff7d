using System.Text.Json;

namespace Pcapper.Engine;

/// <summary>Writes what the first screen shows, as JSON.</summary>
internal static class JsonOverview
{
    public static void Write(Utf8JsonWriter writer, Overview overview)
    {
        if (overview.Verdict is { } verdict)
        {
            writer.WriteStartObject("verdict");
            writer.WriteString("level", ReportWords.Word(verdict.Level));
            writer.Text("confidence", verdict.Confidence);
            writer.Texts("hosts", verdict.Hosts);
            writer.Text("text", verdict.Text);
            writer.Texts("details", verdict.Details);
            writer.WriteEndObject();
        }

        writer.Texts("domains", overview.Domains);
        JsonRenderer.WriteList(writer, "cases", overview.Cases, static (writer, known) =>
        {
            writer.Text("host", known.Host);
            writer.Texts("names", known.Names);
            writer.Texts("users", known.Users);
            writer.Texts("chain", known.Chain.Select(finding => finding.Id));
        });
        JsonRenderer.WriteList(writer, "signals", overview.Signals, static (writer, signal) =>
        {
            writer.Text("name", signal.Name);
            writer.Integer("count", signal.Count);
            writer.OptionalText("hint", signal.Hint);
        });
        JsonRenderer.WriteList(writer, "traffic", overview.Traffic, static (writer, row) =>
        {
            writer.Text("protocol", row.Protocol);
            writer.Integer("flows", row.Flows);
            writer.Integer("bytes", row.Bytes);
            writer.Number("share", row.Share);
        });
        writer.Texts("next", overview.Next);
    }
}
