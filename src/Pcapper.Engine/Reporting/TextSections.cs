using System.Globalization;
using System.Text;

namespace Pcapper.Engine;

/// <summary>Writes the modules' sections for a terminal.</summary>
internal sealed class TextSections(TextPage page, CellText cells, TextFindings findings, RenderOptions options)
{
    private const int BarWidth = 40;
    private const int DumpWidth = 16;

    private readonly TextTable _tables = new(page, cells, options);

    public void Write(Section section, IReadOnlyList<Finding> own)
    {
        page.Blank();
        string title = page.Fit(section.Title);
        page.Paragraph(page.Heading(title) + "   ", TextWidth.Of(title) + 3, 2, section.Lead);
        if (own.Count != 0)
        {
            // Findings are in order of severity and kind: those of one kind stand together.
            string[] kinds = [.. own.GroupBy(finding => (finding.Severity, finding.Type.Title)).Select(kind =>
                $"{kind.First().Id}{(kind.Count() > 1 ? $"..{kind.Last().Id}" : string.Empty)} {TextFindings.Word(kind.Key.Severity)} {page.Fit(kind.Key.Title)}")];
            page.Flow("  findings: ", 12, 4, kinds.Select((kind, i) => i + 1 < kinds.Length ? kind + "," : kind));
        }

        Write(section.Blocks);
    }

    private void Write(IReadOnlyList<Block> blocks)
    {
        var facts = new List<string>();
        foreach (Block block in blocks)
        {
            if (block is FactBlock fact)
            {
                if (fact.Value.Kind != CellKind.None)
                {
                    facts.Add(page.Fit($"{fact.Label} {cells.Of(fact.Value)}"));
                }

                continue;
            }

            WriteFacts(facts);
            Write(block);
        }

        WriteFacts(facts);
    }

    private void WriteFacts(List<string> facts)
    {
        if (facts.Count != 0)
        {
            page.Items("  ", 2, 2, facts);
            facts.Clear();
        }
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case NoteBlock note:
                page.Paragraph("  ", 2, 2, note.Text);
                break;
            case Table table:
                _tables.Write(table);
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
                Write(list);
                break;
            case DetailBlock detail when options.Verbose:
                Write(detail.Blocks);
                break;
            default:
                break;
        }
    }

    private void Write(FindingsBlock list)
    {
        if (!options.Verbose)
        {
            findings.Short(list.Findings);
            return;
        }

        foreach (Finding finding in list.Findings)
        {
            page.Blank();
            findings.Full(finding);
        }
    }

    private void Write(BarChart chart)
    {
        if (chart.Bars.Count == 0)
        {
            return;
        }

        page.Blank();
        page.Line("  " + page.Heading(page.Fit(chart.Title)));
        string[] amounts = [.. chart.Bars.Select(bar => page.Fit(CellText.Amount(chart.Kind, bar.Amount)))];
        int label = Math.Min(chart.Bars.Max(bar => TextWidth.Of(page.Fit(bar.Label))), page.Width / 2);
        int amount = amounts.Max(TextWidth.Of);
        long most = Math.Max(1, chart.Bars.Max(bar => bar.Amount));
        int width = Math.Clamp(page.Width - label - amount - 6, 1, BarWidth);
        for (int i = 0; i < amounts.Length; i++)
        {
            string name = TextWidth.Cut(page.Fit(chart.Bars[i].Label), label, page.Ellipsis);
            page.Line($"  {TextWidth.PadRight(name, label)}  {TextWidth.PadLeft(amounts[i], amount)}  {Bar(chart.Bars[i].Amount, most, width)}");
        }
    }

    private void Write(TimeChart chart)
    {
        if (chart.Amounts.Count == 0)
        {
            return;
        }

        page.Blank();
        int width = Math.Min(page.Width - 4, 96);
        int perColumn = (chart.Amounts.Count + width - 1) / width;
        long[] columns = [.. chart.Amounts.Chunk(perColumn).Select(chunk => chunk.Sum())];
        long most = Math.Max(1, columns.Max());
        string levels = options.Unicode ? " ▁▂▃▄▅▆▇█" : " .:-=+*%#";
        var line = new StringBuilder("  ");
        foreach (long amount in columns)
        {
            int level = amount <= 0 ? 0 : 1 + (int)((Int128)(amount - 1) * 8 / most);
            line.Append(levels[Math.Clamp(level, 0, 8)]);
        }

        string each = Units.Duration(chart.BucketSeconds * perColumn * Packets.Timestamp.PerSecond);
        page.Line("  " + page.Heading(page.Fit(chart.Title)));
        page.Line(line.ToString());
        page.Line(page.Fit($"  from {cells.Time(chart.Start)}, {each} a column, at most {CellText.Amount(chart.Kind, most)}"));
    }

    private void Write(HexDumpBlock dump)
    {
        page.Blank();
        page.Line("  " + page.Heading(page.Fit(dump.Title)));
        ReadOnlySpan<byte> bytes = dump.Bytes.Span;
        for (int at = 0; at < bytes.Length; at += DumpWidth)
        {
            page.Line("  " + HexLine(at, bytes.Slice(at, Math.Min(DumpWidth, bytes.Length - at))));
        }

        if (dump.Total > bytes.Length)
        {
            page.Line($"  ({Units.Count(dump.Total - bytes.Length)} more bytes)");
        }
    }

    /// <summary>Writes <c>0010  48 54 54 50 …  HTTP…</c>.</summary>
    internal static string HexLine(int offset, ReadOnlySpan<byte> bytes)
    {
        var hex = new StringBuilder();
        var ascii = new StringBuilder();
        foreach (byte b in bytes)
        {
            hex.Append(CultureInfo.InvariantCulture, $"{b:x2} ");
            ascii.Append(b is >= (byte)' ' and <= (byte)'~' ? (char)b : '.');
        }

        return string.Create(CultureInfo.InvariantCulture, $"{offset:x4}  {hex.ToString(),-3 * DumpWidth} {ascii}");
    }

    /// <summary>Writes a bar; something is never shown as nothing.</summary>
    internal static string Bar(long amount, long most, int width)
        => new('#', amount <= 0 ? 0 : Math.Max(1, (int)((Int128)amount * width / Math.Max(1, most))));
}
