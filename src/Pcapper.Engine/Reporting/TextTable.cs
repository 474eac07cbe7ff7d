using System.Text;

namespace Pcapper.Engine;

/// <summary>Lays a table out for a terminal: aligned by type, cells cut to fit the width.</summary>
internal sealed class TextTable(TextPage page, CellText cells, RenderOptions options)
{
    private const int Indent = 2;
    private const int Gap = 2;
    private const int Narrowest = 10;

    public void Write(Table table)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        page.Blank();
        if (table.Title.Length != 0)
        {
            page.Line("  " + page.Heading(page.Fit(table.Title)));
        }

        int shown = options.Verbose ? table.Rows.Count : Math.Min(table.Rows.Count, Math.Max(0, table.Shown));
        List<string[]> rows = [[.. table.Columns.Select(column => page.Fit(column.Title))]];
        rows.AddRange(table.Rows.Take(shown).Select(row => (string[])[.. row.Select(cell => page.Fit(cells.Of(cell)))]));

        int[] widths = Widths(table, rows, out int columns);
        foreach (string[] row in rows)
        {
            page.Line(Row(table, row, widths, columns));
        }

        WriteRest(table, shown, columns);
    }

    private void WriteRest(Table table, int shown, int columns)
    {
        if (columns < table.Columns.Count)
        {
            string names = string.Join(", ", table.Columns.Skip(columns).Select(column => page.Fit(column.Title)));
            page.Paragraph("  ", Indent, Indent + 1, $"(not shown: {names}; -v for all)");
        }

        if (shown < table.Total)
        {
            page.Line(options.Verbose
                ? $"  ({Units.Count(shown)} of about {Units.Count(table.Total)}: a sample)"
                : $"  ({Units.Count(shown)} of {Units.Count(table.Total)}; -v for all)");
        }
    }

    private int[] Widths(Table table, List<string[]> rows, out int columns)
    {
        int[] widths = new int[table.Columns.Count];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < widths.Length; i++)
            {
                widths[i] = Math.Max(widths[i], TextWidth.Of(row[i]));
            }
        }

        columns = widths.Length;
        while (!options.WholeCells)
        {
            int excess = Indent + widths.Take(columns).Sum() + (Gap * (columns - 1)) - page.Width;
            if (excess <= 0)
            {
                break;
            }

            int widest = Widest(table, widths, columns, out int next);
            if (widest >= 0)
            {
                widths[widest] -= Math.Clamp(widths[widest] - next, 1, excess);
            }
            else if (columns > 1 && !options.Verbose)
            {
                columns--;
            }
            else
            {
                break;
            }
        }

        return widths;
    }

    // The widest column that may be cut, and the width to which it should shrink before another one is looked at.
    private static int Widest(Table table, int[] widths, int columns, out int next)
    {
        int widest = -1;
        next = Narrowest;
        for (int i = 0; i < columns; i++)
        {
            // Half a number, address or time misleads: these columns are shown whole or not at all.
            if (widths[i] <= Math.Max(Narrowest, table.Columns[i].AtLeast) || table.Columns[i].Kind is not (CellKind.Text or CellKind.Texts))
            {
                continue;
            }

            if (widest < 0 || widths[i] > widths[widest])
            {
                next = widest < 0 ? next : widths[widest];
                widest = i;
            }
            else
            {
                next = Math.Max(next, widths[i]);
            }
        }

        next = widest >= 0 ? Math.Min(Math.Max(next, table.Columns[widest].AtLeast), widths[widest] - 1) : next;
        return widest;
    }

    private string Row(Table table, string[] row, int[] widths, int columns)
    {
        var line = new StringBuilder().Append(' ', Indent);
        for (int i = 0; i < columns; i++)
        {
            if (i > 0)
            {
                line.Append(' ', Gap);
            }

            string text = TextWidth.Cut(row[i], widths[i], page.Ellipsis);
            line.Append(CellText.IsNumeric(table.Columns[i].Kind) ? TextWidth.PadLeft(text, widths[i]) : TextWidth.PadRight(text, widths[i]));
        }

        return line.ToString();
    }
}
