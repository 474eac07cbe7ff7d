using System.Text.Json;

namespace Pcapper.Engine;

/// <summary>Writes the modules' sections as JSON. What people see only on demand is always there.</summary>
internal static class JsonSections
{
    private const int FlushEvery = 1024;

    public static void Write(Utf8JsonWriter writer, ReportDocument document)
        => JsonRenderer.WriteList(writer, "sections", document.Sections, (to, section) => Write(to, section, document));

    private static void Write(Utf8JsonWriter writer, Section section, ReportDocument document)
    {
        Block[] blocks = [.. Flatten(section.Blocks)];
        writer.Text("module", section.Module);
        writer.Text("title", section.Title);
        writer.OptionalText("headline", section.Lead);
        writer.WriteStartObject("facts");
        foreach (FactBlock fact in blocks.OfType<FactBlock>())
        {
            writer.WritePropertyName(fact.Id);
            writer.CellValue(fact.Value);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("fact_types");
        foreach (FactBlock fact in blocks.OfType<FactBlock>())
        {
            writer.WriteString(fact.Id, ReportWords.Word(fact.Value.Kind));
        }

        writer.WriteEndObject();
        writer.Texts("notes", blocks.OfType<NoteBlock>().Select(note => note.Text));
        writer.Texts("findings", document.Findings
            .Where(finding => string.Equals(finding.Type.Module, section.Module, StringComparison.Ordinal))
            .Concat(blocks.OfType<FindingsBlock>().SelectMany(list => list.Findings))
            .Select(finding => finding.Id)
            .Where(id => id.Length != 0)
            .Distinct(StringComparer.Ordinal));
        JsonRenderer.WriteList(writer, "tables", blocks.OfType<Table>(), WriteTable);
        JsonRenderer.WriteList(writer, "charts", blocks.Where(block => block is BarChart or TimeChart), WriteChart);
        JsonRenderer.WriteList(writer, "hex_dumps", blocks.OfType<HexDumpBlock>(), WriteDump);
    }

    private static IEnumerable<Block> Flatten(IEnumerable<Block> blocks)
        => blocks.SelectMany(block => block is DetailBlock detail ? Flatten(detail.Blocks) : [block]);

    private static void WriteTable(Utf8JsonWriter writer, Table table)
    {
        writer.Text("id", table.Id);
        writer.Text("title", table.Title);
        JsonRenderer.WriteList(writer, "columns", table.Columns, static (to, column) =>
        {
            to.WriteString("id", column.Id);
            to.Text("title", column.Title);
            to.WriteString("type", ReportWords.Word(column.Kind));
        });
        writer.WriteStartArray("rows");
        for (int i = 0; i < table.Rows.Count; i++)
        {
            writer.WriteStartObject();
            for (int j = 0; j < table.Columns.Count; j++)
            {
                writer.WritePropertyName(table.Columns[j].Id);
                writer.CellValue(table.Rows[i][j]);
            }

            writer.WriteEndObject();
            if (i % FlushEvery == FlushEvery - 1)
            {
                writer.Flush();
            }
        }

        writer.WriteEndArray();
        writer.Integer("total", table.Total);
    }

    private static void WriteChart(Utf8JsonWriter writer, Block block)
    {
        if (block is BarChart bars)
        {
            WriteHead(writer, bars.Id, bars.Title, "bar", bars.Kind);
            JsonRenderer.WriteList(writer, "bars", bars.Bars, static (to, bar) =>
            {
                to.Text("label", bar.Label);
                to.Integer("amount", bar.Amount);
            });
        }
        else if (block is TimeChart times)
        {
            WriteHead(writer, times.Id, times.Title, "time", times.Kind);
            writer.WriteString("start", times.Start.ToString());
            writer.Integer("bucket_seconds", times.BucketSeconds);
            writer.WriteStartArray("amounts");
            foreach (long amount in times.Amounts)
            {
                writer.IntegerValue(amount);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteHead(Utf8JsonWriter writer, string id, string title, string kind, CellKind type)
    {
        writer.Text("id", id);
        writer.Text("title", title);
        writer.WriteString("kind", kind);
        writer.WriteString("type", ReportWords.Word(type));
    }

    private static void WriteDump(Utf8JsonWriter writer, HexDumpBlock dump)
    {
        writer.Text("title", dump.Title);
        writer.WriteString("hex", Convert.ToHexStringLower(dump.Bytes.Span));
        writer.Integer("total", dump.Total);
    }
}
