namespace Pcapper.Engine;

/// <summary>Writes findings for a terminal, in three lines or in full.</summary>
internal sealed class TextFindings(TextPage page, CellText cells)
{
    private const int Column = 14;
    private const int SeverityWidth = 9;
    private const int LeastTitle = 24;
    private const int MostTitle = 40;
    private const int LabelColumn = 14;

    /// <summary>Writes who, what and how to check, of each.</summary>
    public void Short(IReadOnlyList<Finding> findings)
    {
        int longest = findings.Count == 0 ? 0 : findings.Max(finding => TextWidth.Of(page.Fit(finding.Type.Title)));
        int titleWidth = Math.Clamp(longest, LeastTitle, Math.Clamp(page.Width / 3, LeastTitle, MostTitle));
        foreach (Finding finding in findings)
        {
            Short(finding, titleWidth);
        }
    }

    private void Short(Finding finding, int titleWidth)
    {
        string severity = Word(finding.Severity);
        string title = TextWidth.PadRight(TextWidth.Cut(page.Fit(finding.Type.Title), titleWidth, page.Ellipsis), titleWidth);
        string techniques = page.Fit(string.Join(' ', finding.Type.Techniques));
        string head = $"  {page.Severe(finding.Severity, severity)}{TextWidth.Spaces(SeverityWidth - severity.Length)}{finding.Id,-4}{title}  ";
        int left = page.Width - (2 + SeverityWidth + 4 + titleWidth + 2);
        int room = left - TextWidth.Of(techniques) - 2;
        string subject = TextWidth.Cut(page.Fit(finding.Subject, Printable.Maximum), Math.Max(room, 12), page.Ellipsis);
        page.Line(room < 12 ? head + TextWidth.Cut(subject, left, page.Ellipsis) : head + TextWidth.PadRight(subject, room) + "  " + techniques);
        page.Paragraph(TextWidth.Spaces(Column), Column, Column, Printable.From(finding.Summary, 512));
        if (finding.Addresses.Count != 0)
        {
            page.Paragraph(TextWidth.Spaces(Column), Column, Column, Where(finding));
        }

        string frames = cells.Evidence(finding, 3);
        string filter = page.Fit(finding.DisplayFilter);

        // A filter is there to be pasted: it is never cut or divided.
        page.Flow(TextWidth.Spaces(Column), Column, Column, ((string[])[frames, filter]).Where(text => text.Length != 0), "   ");
    }

    /// <summary>Writes all that is known of a finding.</summary>
    public void Full(Finding finding)
    {
        string word = Word(finding.Severity);
        string[] head = [page.Fit(finding.Type.Title), page.Fit(finding.Type.Id), $"confidence {finding.Confidence} %", Techniques(finding)];
        string start = $"{finding.Id} {page.Severe(finding.Severity, word)}  ";
        page.Flow(start, finding.Id.Length + word.Length + 3, 3, head.Where(text => text.Length != 0), "   ");
        Field("who", Printable.From(finding.Subject, 512));
        Field("what", Printable.From(finding.Summary, 1024));
        Field("where", Where(finding));
        Field("when", When(finding));
        if (finding.Measures.Count != 0)
        {
            page.Flow(Label("measured"), LabelColumn, LabelColumn, finding.Measures.Select(Measured), "   ");
        }

        Field("evidence", cells.Evidence(finding, int.MaxValue));
        Whole("check", finding.DisplayFilter);
        if (finding.CommunityIds.Count != 0)
        {
            page.Flow(Label("community"), LabelColumn, LabelColumn, finding.CommunityIds.Select(id => page.Fit(id)), "  ");
        }

        Field("unless", finding.Unless ?? string.Empty);
    }

    /// <summary>Writes a severity's word.</summary>
    internal static string Word(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.High => "high",
        Severity.Medium => "medium",
        Severity.Low => "low",
        _ => "info",
    };

    /// <summary>Writes a measure with what it needed to be: <c>periodicity 0.98 (needs 0.8)</c>.</summary>
    internal static string Measured(Measure measure)
    {
        string value = $"{Printable.From(measure.Name, 64)} {Units.Number(measure.Value, Printable.From(measure.Unit, 16))}";
        return measure.Threshold is { } needed ? $"{value} (needs {Units.Number(needed)})" : value;
    }

    /// <summary>Writes what is known of the addresses.</summary>
    internal static string Where(Finding finding) => Printable.From(string.Join("; ", finding.Addresses), 512);

    /// <summary>Writes how often and how long.</summary>
    internal string When(Finding finding)
    {
        string times = finding.Count > 1 ? $"{Units.Count(finding.Count)} times" : string.Empty;
        return (finding.First, finding.Last) switch
        {
            ({ } first, { } last) when last.CompareTo(first) > 0
                => $"{cells.Time(first)} .. {cells.Time(last)} ({Units.Duration(last - first)})   {times}",
            ({ } first, _) => $"{cells.Time(first)}   {times}",
            _ => times,
        };
    }

    private static string Techniques(Finding finding)
        => finding.Type.Techniques.Count == 0 ? string.Empty : "ATT&CK " + Printable.From(string.Join(' ', finding.Type.Techniques));

    private static string Label(string label) => $"   {label,-11}";

    private void Field(string label, string text)
    {
        if (text.Length != 0)
        {
            page.Paragraph(Label(label), LabelColumn, LabelColumn, text);
        }
    }

    private void Whole(string label, string text)
    {
        if (text.Length != 0)
        {
            page.Line(Label(label) + page.Fit(text));
        }
    }
}
