namespace Pcapper.Engine;

/// <summary>Writes the modules' sections, and findings, as Markdown.</summary>
internal sealed class MarkdownSections(StreamWriter writer, CellText cells, RenderOptions options)
{
    /// <summary>Writes a finding as a list under a heading.</summary>
    public static void Write(StreamWriter writer, Finding finding, CellText cells, RenderOptions options)
    {
        writer.WriteLine($"### {finding.Id} {TextFindings.Word(finding.Severity)}: {MarkdownText.Escape(finding.Type.Title)}");
        writer.WriteLine();
        writer.WriteLine($"- who: {MarkdownText.Escape(finding.Subject)}");
        writer.WriteLine($"- what: {MarkdownText.Escape(finding.Summary)}");
        Item(writer, "where", MarkdownText.Escape(TextFindings.Where(finding)));
        string when = new TextFindings(new TextPage(TextWriter.Null, options), cells).When(finding);
        Item(writer, "when", MarkdownText.Escape(when));
        Item(writer, "measured", MarkdownText.Escape(string.Join("; ", finding.Measures.Select(TextFindings.Measured))));
        if (finding.Evidence.Count != 0)
        {
            Item(writer, "evidence", cells.Evidence(finding, int.MaxValue));
        }

        if (finding.DisplayFilter.Length != 0)
        {
            Item(writer, "check", MarkdownText.Code(finding.DisplayFilter));
        }

        Item(writer, "flows", string.Join(", ", finding.CommunityIds.Select(id => MarkdownText.Code(id))));
        Item(writer, "type", $"{MarkdownText.Code(finding.Type.Id)}, confidence {finding.Confidence} %");
        Item(writer, "ATT&CK", MarkdownText.Escape(string.Join(' ', finding.Type.Techniques)));
        Item(writer, "unless", MarkdownText.Escape(finding.Unless));
    }

    public void Write(Section section)
    {
        writer.WriteLine();
        writer.WriteLine($"## {MarkdownText.Escape(section.Title)}");
        if (section.Lead.Length != 0)
        {
            Paragraph(MarkdownText.Escape(section.Lead));
        }

        Write(section.Blocks);
    }

    private static void Item(StreamWriter writer, string name, string text)
    {
        if (text.Length != 0)
        {
            writer.WriteLine($"- {name}: {text}");
        }
    }

    private void Paragraph(string text)
    {
        writer.WriteLine();
        writer.WriteLine(text);
    }

    private void Write(IReadOnlyList<Block> blocks)
    {
        bool isInList = false;
        foreach (Block block in blocks)
        {
            if (block is FactBlock fact)
            {
                if (!isInList)
                {
                    writer.WriteLine();
                }

                writer.WriteLine($"- {MarkdownText.Escape(fact.Label)}: {MarkdownText.Escape(cells.Of(fact.Value))}");
                isInList = true;
                continue;
            }

            isInList = false;
            Write(block);
        }
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case NoteBlock note:
                Paragraph(MarkdownText.Escape(note.Text));
                break;
            case Table table:
                Write(table);
                break;
            case BarChart chart:
                Write(chart);
                break;
            case TimeChart chart:
                Write(chart);
                break;
            case HexDumpBlock dump:
                Write(dump);
                break;
            case FindingsBlock list:
                Paragraph($"Findings: {(list.Findings.Count == 0 ? "none" : string.Join(", ", list.Findings.Select(finding => finding.Id)))}");
                break;
            case DetailBlock detail when options.Verbose:
                Write(detail.Blocks);
                break;
            default:
                break;
        }
    }

    private void Write(Table table)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        Title(table.Title);
        writer.WriteLine($"| {string.Join(" | ", table.Columns.Select(column => MarkdownText.Escape(column.Title)))} |");
        writer.WriteLine($"| {string.Join(" | ", table.Columns.Select(column => CellText.IsNumeric(column.Kind) ? "---:" : "---"))} |");
        int shown = options.Verbose ? table.Rows.Count : Math.Min(table.Rows.Count, Math.Max(0, table.Shown));
        foreach (IReadOnlyList<Cell> row in table.Rows.Take(shown))
        {
            writer.WriteLine($"| {string.Join(" | ", row.Select(cell => MarkdownText.Escape(cells.Of(cell))))} |");
        }

        if (shown < table.Total)
        {
            Paragraph($"({Units.Count(shown)} of {Units.Count(table.Total)})");
        }
    }

    private void Write(BarChart chart)
    {
        if (chart.Bars.Count == 0)
        {
            return;
        }

        Title(chart.Title);
        writer.WriteLine("|  |  |");
        writer.WriteLine("| --- | ---: |");
        foreach ((string label, long amount) in chart.Bars)
        {
            writer.WriteLine($"| {MarkdownText.Escape(label)} | {MarkdownText.Escape(CellText.Amount(chart.Kind, amount))} |");
        }
    }

    private void Write(TimeChart chart)
    {
        if (chart.Amounts.Count == 0)
        {
            return;
        }

        Title(chart.Title);
        long most = chart.Amounts.Max();
        int peak = chart.Amounts.Index().First(item => item.Item == most).Index;
        var at = new Packets.Timestamp(unchecked(chart.Start.Nanoseconds + (peak * chart.BucketSeconds * Packets.Timestamp.PerSecond)));
        writer.WriteLine(MarkdownText.Escape(
            $"{Units.Count(chart.Amounts.Count)} buckets of {Units.Count(chart.BucketSeconds)} s, "
            + $"at most {CellText.Amount(chart.Kind, most)} at {cells.Time(at)}"));
    }

    private void Write(HexDumpBlock dump)
    {
        Title(dump.Title);

        // An indented block: a fence could be closed from inside.
        ReadOnlySpan<byte> bytes = dump.Bytes.Span;
        for (int at = 0; at < bytes.Length; at += 16)
        {
            writer.WriteLine("    " + TextSections.HexLine(at, bytes.Slice(at, Math.Min(16, bytes.Length - at))));
        }
    }

    private void Title(string title)
    {
        writer.WriteLine();
        if (title.Length != 0)
        {
            writer.WriteLine($"### {MarkdownText.Escape(title)}");
            writer.WriteLine();
        }
    }
}
