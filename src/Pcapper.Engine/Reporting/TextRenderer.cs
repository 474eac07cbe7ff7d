using System.Text;

namespace Pcapper.Engine;

/// <summary>Writes a report for terminals and plain files.</summary>
public sealed class TextRenderer : IReportRenderer
{
    private const int BarColumn = 57;
    private const int TrafficName = 16;
    private const int BarWidth = 14;
    private const int CapturesShown = 10;
    private static readonly Severity[] s_severities = [Severity.Critical, Severity.High, Severity.Medium, Severity.Low, Severity.Info];

    /// <inheritdoc/>
    public string Name => "txt";

    /// <inheritdoc/>
    public void Render(ReportDocument document, Stream output, RenderOptions options)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        var page = new TextPage(writer, options);
        var cells = new CellText(document, options);
        var findings = new TextFindings(page, cells);
        WriteCaptures(page, document, options);
        WriteProblems(page, document);
        foreach (string domain in document.Overview.Domains)
        {
            page.Paragraph("domain ", 7, 2, domain);
        }

        WriteVerdict(page, document.Overview.Verdict);
        WriteFindings(page, findings, document, options);
        WriteSignals(page, document.Overview);
        WriteTraffic(page, document.Overview);
        WriteNext(page, document.Overview);
        var sections = new TextSections(page, cells, findings, options);
        foreach (Section section in document.Sections)
        {
            IEnumerable<Finding> own = document.Findings.Where(finding => string.Equals(finding.Type.Module, section.Module, StringComparison.Ordinal));
            sections.Write(section, [.. own]);
        }
    }

    private static void WriteCaptures(TextPage page, ReportDocument document, RenderOptions options)
    {
        bool isShort = document.Captures.Count > 2 && !options.Verbose;
        foreach (CaptureSummary capture in isShort ? document.Captures.Take(CapturesShown) : document.Captures)
        {
            string path = (document.Captures.Count > 1 ? $"[{capture.Index + 1}] " : "") + page.Fit(capture.Path, 1024);
            page.Paragraph(page.Heading(path) + "   ", TextWidth.Of(path) + 3, 2, ReportWords.Contents(capture));
            if (!isShort)
            {
                string[] times = [.. ReportWords.Times(capture).Select(word => page.Fit(word))];
                if (times.Length != 0)
                {
                    page.Flow(string.Empty, 0, 2, times, "   ");
                }

                page.Paragraph(string.Empty, 0, 2, "capture quality: " + ReportWords.Quality(capture));
                foreach (string comment in capture.Comments.Take(options.Verbose ? int.MaxValue : 3))
                {
                    page.Paragraph("comment: ", 9, 2, comment);
                }
            }
        }

        if (isShort && document.Captures.Count > CapturesShown)
        {
            page.Line($"({CapturesShown} of {Units.Count(document.Captures.Count)} captures; -v for all)");
        }
    }

    private static void WriteProblems(TextPage page, ReportDocument document)
    {
        foreach (RunProblem problem in document.Problems)
        {
            page.Paragraph("problem: ", 9, 2, problem.Text);
        }
    }

    private static void WriteVerdict(TextPage page, Verdict? verdict)
    {
        if (verdict is null)
        {
            return;
        }

        page.Blank();
        string confidence = verdict.Confidence.Length == 0 ? string.Empty : $" (confidence: {verdict.Confidence})";
        page.Paragraph(page.Heading("VERDICT") + "  ", 9, 9, verdict.Text + confidence);
        foreach (string detail in verdict.Details)
        {
            page.Paragraph("  ", 2, 2, detail);
        }
    }

    private static void WriteFindings(TextPage page, TextFindings findings, ReportDocument document, RenderOptions options)
    {
        // A section that lists the findings itself makes the overview's list superfluous.
        bool isListed = document.Sections.Any(section => section.Blocks.Any(block => block is FindingsBlock));
        page.Blank();
        IEnumerable<string> counts = s_severities.Select(severity =>
            $"{TextFindings.Word(severity)} {Units.Count(document.Findings.Count(finding => finding.Severity == severity))}");
        page.Flow(page.Heading("FINDINGS") + "   ", 11, 11, document.Findings.Count > 0 ? counts : document.Overview.Verdict is null && document.Sections.Count == 0 ? ["not looked for"] : ["none"], "   ");
        if (isListed)
        {
            return;
        }

        int shown = options.Verbose ? document.Findings.Count : Math.Min(options.Findings, document.Findings.Count);
        if (options.Verbose)
        {
            foreach (Finding finding in document.Findings)
            {
                page.Blank();
                findings.Full(finding);
            }
        }
        else
        {
            findings.Short([.. document.Findings.Take(shown)]);
        }

        if (shown < document.Findings.Count)
        {
            page.Line($"  ...  {Units.Count(document.Findings.Count - shown)} more: --threats");
        }
    }

    private static void WriteSignals(TextPage page, Overview overview)
    {
        if (overview.Signals.Count != 0)
        {
            page.Blank();
            page.Items(page.Heading("SIGNALS") + "   ", 10, 10, overview.Signals.Select(signal => page.Fit(
                $"{signal.Name} {Units.Count(signal.Count)}{(signal.Count > 0 && signal.Hint.Length != 0 ? $" ({signal.Hint})" : string.Empty)}")));
        }
    }

    private static void WriteTraffic(TextPage page, Overview overview)
    {
        if (overview.Traffic.Count == 0)
        {
            return;
        }

        page.Blank();
        page.Line($"{page.Heading("TRAFFIC")}   {"protocol",-16}{"flows",9}{"bytes",12}{"share",8}");
        long most = Math.Max(1, overview.Traffic.Max(row => row.Bytes));
        int bar = Math.Clamp(page.Width - BarColumn, 1, BarWidth);
        foreach (TrafficRow row in overview.Traffic)
        {
            string protocol = TextWidth.PadRight(TextWidth.Cut(page.Fit(row.Protocol), TrafficName, page.Ellipsis), TrafficName);
            string numbers = $"{Units.Count(row.Flows),9}{Units.Bytes(row.Bytes),12}{Units.Percent(row.Share),8}";
            page.Line($"          {protocol}{numbers}  {TextSections.Bar(row.Bytes, most, bar)}");
        }

        if (overview.MoreTraffic > 0)
        {
            page.Line($"          ({Units.Count(overview.MoreTraffic)} more: --protocols)");
        }
    }

    private static void WriteNext(TextPage page, Overview overview)
    {
        if (overview.Next.Count == 0)
        {
            return;
        }

        page.Blank();
        string prefix = page.Heading("NEXT") + "      ";
        foreach (string command in overview.Next)
        {
            page.Line(prefix + page.Fit(command));
            prefix = "          ";
        }
    }
}
