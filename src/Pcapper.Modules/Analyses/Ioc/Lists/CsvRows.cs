using System.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc.Lists;

/// <summary>Reads rows of comma-separated values as RFC 4180 has them; a quote inside of a cell that does not begin with one is a character as any other.</summary>
internal static class CsvRows
{
    private const int MostCells = 256;

    /// <summary>Gets the rows, and how many lines each takes.</summary>
    public static IEnumerable<(string[] Cells, int Lines)> Of(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        int at = 0;
        while (at < text.Length)
        {
            cells.Clear();
            int lines = 1;
            bool isOver = false;
            while (!isOver)
            {
                cell.Clear();
                if (at < text.Length && text[at] == '"' && ClosesNear(text, at))
                {
                    at = Quoted(text, at + 1, cell, ref lines);
                }

                int end = at < text.Length ? text.AsSpan(at).IndexOfAny(',', '\n') : -1;
                end = end < 0 ? text.Length : at + end;
                Append(cell, text.AsSpan(at, end - at));
                isOver = end >= text.Length || text[end] == '\n';
                at = end + 1;
                if (cells.Count < MostCells)
                {
                    cells.Add(cell.ToString().TrimEnd('\r'));
                }
            }

            yield return ([.. cells], lines);
        }
    }

    private static int Quoted(string text, int at, StringBuilder cell, ref int lines)
    {
        while (at < text.Length)
        {
            if (text[at] != '"')
            {
                lines += text[at] == '\n' ? 1 : 0;
                Append(cell, text.AsSpan(at++, 1));
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                Append(cell, "\"");
                at += 2;
            }
            else
            {
                return at + 1;
            }
        }

        return at;
    }

    // A quote that is never closed must not swallow the rest of the list.
    private static bool ClosesNear(string text, int at) => text.AsSpan(at + 1, Math.Min(Limits.Text * 4, text.Length - at - 1)).Contains('"');

    private static void Append(StringBuilder cell, ReadOnlySpan<char> text)
        => cell.Append(text[..Math.Min(text.Length, Math.Max(0, (Limits.Text * 4) - cell.Length))]);
}
