using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Ioc.Lists;

/// <summary>Lists with an entry a line, and tables with a header that names a column of values (RFC 4180).</summary>
internal static class TextLists
{
    private static readonly string[] s_values = ["value", "indicator", "ioc", "observable", "indicator_value", "ioc_value"];
    private static readonly string[] s_types = ["type", "indicator_type", "ioc_type", "kind"];

    /// <summary>Reads one.</summary>
    public static string? Read(string text, IocListBuilder builder)
    {
        int line = 0;
        int value = -1;
        int type = -1;
        bool isFirst = true;
        foreach ((string[] cells, int lines) in CsvRows.Of(text))
        {
            int number = line + 1;
            line += lines;
            if (builder.IsFull)
            {
                break;
            }

            if (cells[0].TrimStart() is { } start && (cells.Length == 1 && start.Length == 0 || start.StartsWith('#') || start.StartsWith("//", StringComparison.Ordinal) || start.StartsWith(';')))
            {
                continue;
            }

            string place = string.Create(CultureInfo.InvariantCulture, $"line {number}");
            if (isFirst)
            {
                isFirst = false;
                value = Array.FindIndex(cells, c => s_values.Contains(c.Trim().ToLowerInvariant(), StringComparer.Ordinal));
                type = Array.FindIndex(cells, c => s_types.Contains(c.Trim().ToLowerInvariant(), StringComparer.Ordinal));
                if (value >= 0 && (type >= 0 || cells.Length > 1 || cells[0].Trim().Length > 0))
                {
                    continue;
                }
            }

            if (value >= 0)
            {
                ReadRow(cells, value, type, place, builder);
            }
            else if (!ReadLine(cells, place, builder))
            {
                builder.Skip();
            }
        }

        return null;
    }

    private static void ReadRow(string[] cells, int value, int type, string place, IocListBuilder builder)
    {
        string text = value < cells.Length ? Defang.Undo(Unguarded(cells[value].Trim())) : "";
        string word = type >= 0 && type < cells.Length ? cells[type] : "";
        if (word.Trim().Length > 0)
        {
            builder.AddTyped(word, text, place, isWhole: false);
        }
        else if (!builder.AddGuessed(text, place))
        {
            builder.Skip();
        }
    }

    private static bool ReadLine(string[] cells, string place, IocListBuilder builder)
    {
        foreach (string cell in cells.SelectMany(c => c.Split([';', '\t'])))
        {
            int comment = cell.IndexOf(" #", StringComparison.Ordinal);
            string[] words = (comment < 0 ? cell : cell[..comment]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

            // A hosts file names the domain behind an address that leads nowhere.
            string word = words.Length == 2 && words[0] is "0.0.0.0" or "127.0.0.1" or "::" or "::1" ? words[^1] : words.Length == 1 ? words[0] : "";
            if (word.Length > 0 && builder.AddGuessed(word, place))
            {
                return true;
            }
        }

        return false;
    }

    // What a spreadsheet would take for a formula is exported behind an apostrophe.
    private static string Unguarded(string text) => text.Length > 1 && text[0] == '\'' && text[1] is '=' or '+' or '-' or '@' ? text[1..] : text;
}
