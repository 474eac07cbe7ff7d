using System.Text;

namespace Pcapper.Engine;

/// <summary>Lines of text of bounded width. All text goes through <see cref="Fit"/>, so nothing but plain lines reaches the terminal.</summary>
internal sealed class TextPage(TextWriter output, RenderOptions options)
{
    private const string Reset = "\e[0m";

    // Narrower pages than this cannot hold the columns that are never cut.
    public int Width { get; } = Math.Clamp(options.Width, 60, 1000);

    public string Ellipsis { get; } = options.Unicode ? "…" : "...";

    /// <summary>Makes a text fit for this terminal.</summary>
    public string Fit(string? text, int maximum = 4096)
    {
        string printable = Printable.From(text, maximum);
        return options.Unicode || Ascii.IsValid(printable) ? printable : Spell(printable);
    }

    public void Blank() => output.Write('\n');

    /// <summary>Writes a line as it is; for text that was fitted.</summary>
    public void Line(string text)
    {
        output.Write(text.TrimEnd(' '));
        output.Write('\n');
    }

    public string Heading(string text) => options.Color ? $"\e[1m{text}{Reset}" : text;

    public string Severe(Severity severity, string text) => options.Color ? $"{Code(severity)}{text}{Reset}" : text;

    /// <summary>Writes words into lines; those after the first begin at <paramref name="indent"/>.</summary>
    /// <param name="prefix">What the first line begins with.</param>
    /// <param name="prefixWidth">The columns that takes, colours not counted.</param>
    /// <param name="indent">Where the other lines begin.</param>
    /// <param name="words">The words; they are not divided.</param>
    /// <param name="gap">What stands between two words.</param>
    public void Flow(string prefix, int prefixWidth, int indent, IEnumerable<string> words, string gap = " ")
    {
        var line = new StringBuilder(prefix);
        int column = prefixWidth;
        bool isStart = true;
        foreach (string word in words)
        {
            int width = TextWidth.Of(word);
            if (!isStart && column + gap.Length + width > Width)
            {
                Line(line.ToString());
                line.Clear().Append(' ', indent);
                column = indent;
                isStart = true;
            }

            if (!isStart)
            {
                line.Append(gap);
                column += gap.Length;
            }

            line.Append(word);
            column += width;
            isStart = false;
        }

        Line(line.ToString());
    }

    /// <summary>Writes short items side by side; one that is wider than a line becomes a paragraph.</summary>
    public void Items(string prefix, int prefixWidth, int indent, IEnumerable<string> items)
    {
        var pending = new List<string>();
        foreach (string item in items)
        {
            if (TextWidth.Of(item) <= Width - indent)
            {
                pending.Add(item);
                continue;
            }

            Flush();
            Paragraph(prefix, prefixWidth, indent, item);
            (prefix, prefixWidth) = (TextWidth.Spaces(indent), indent);
        }

        Flush();

        void Flush()
        {
            if (pending.Count != 0)
            {
                Flow(prefix, prefixWidth, indent, pending, "   ");
                pending.Clear();
                (prefix, prefixWidth) = (TextWidth.Spaces(indent), indent);
            }
        }
    }

    /// <summary>Writes a paragraph; words longer than a line are divided.</summary>
    public void Paragraph(string prefix, int prefixWidth, int indent, string text)
    {
        IEnumerable<string> words = Fit(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Flow(prefix, prefixWidth, indent, words.SelectMany(word => Divide(word, Width - indent)));
    }

    private static IEnumerable<string> Divide(string word, int width)
    {
        while (TextWidth.Of(word) > width && width > 1)
        {
            string part = TextWidth.Cut(word, width, string.Empty);
            if (part.Length == 0)
            {
                break;
            }

            yield return part;
            word = word[part.Length..];
        }

        yield return word;
    }

    private static string Code(Severity severity) => severity switch
    {
        Severity.Critical => "\e[1;31m",
        Severity.High => "\e[31m",
        Severity.Medium => "\e[33m",
        Severity.Low => "\e[36m",
        _ => "\e[2m",
    };

    private static string Spell(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '…' => ascii.Append("..."),
                'µ' => ascii.Append('u'),
                < 0x80 => ascii.Append((char)rune.Value),
                _ => ascii.Append(Printable.Escape(rune.Value)),
            };
        }

        return ascii.ToString();
    }
}
