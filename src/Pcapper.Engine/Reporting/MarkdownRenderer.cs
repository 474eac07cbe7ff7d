using System.Text;

namespace Pcapper.Engine;

/// <summary>Writes a report as Markdown: headings, tables, and findings as lists.</summary>
public sealed class MarkdownRenderer : IReportRenderer
{
    /// <inheritdoc/>
    public string Name => "md";

    /// <inheritdoc/>
    public void Render(ReportDocument document, Stream output, RenderOptions options)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var cells = new CellText(document, options);
        writer.WriteLine("# Pcapper report");
        WriteCaptures(writer, document);
        WriteOverview(writer, document.Overview);
        WriteFindings(writer, document, cells, options);
        WriteIndicators(writer, document);
        var sections = new MarkdownSections(writer, cells, options);
        foreach (Section section in document.Sections)
        {
            sections.Write(section);
        }
    }

    private static void Heading(StreamWriter writer, string text)
    {
        writer.WriteLine();
        writer.WriteLine($"## {text}");
        writer.WriteLine();
    }

    private static void WriteCaptures(StreamWriter writer, ReportDocument document)
    {
        Heading(writer, "Captures");
        foreach (CaptureSummary capture in document.Captures)
        {
            string number = document.Captures.Count > 1 ? $"\\[{capture.Index + 1}\\] " : "";
            writer.WriteLine($"- {number}{MarkdownText.Code(capture.Path, 1024)}: {MarkdownText.Escape(ReportWords.Contents(capture))}");
            string times = string.Join("; ", ReportWords.Times(capture));
            if (times.Length != 0)
            {
                writer.WriteLine($"  - {MarkdownText.Escape(times)}");
            }

            writer.WriteLine($"  - capture quality: {MarkdownText.Escape(ReportWords.Quality(capture))}");
            foreach (string comment in capture.Comments)
            {
                writer.WriteLine($"  - comment: {MarkdownText.Escape(comment)}");
            }
        }

        foreach (RunProblem problem in document.Problems)
        {
            writer.WriteLine($"- **problem:** {MarkdownText.Escape(problem.Text)}");
        }
    }

    private static void WriteOverview(StreamWriter writer, Overview overview)
    {
        if (overview.Verdict is { } verdict)
        {
            Heading(writer, "Verdict");
            string confidence = verdict.Confidence.Length == 0 ? string.Empty : $" (confidence: {MarkdownText.Escape(verdict.Confidence)})";
            writer.WriteLine($"**{MarkdownText.Escape(verdict.Text)}**{confidence}");
            if (verdict.Details.Count != 0)
            {
                writer.WriteLine();
            }

            foreach (string detail in verdict.Details)
            {
                writer.WriteLine($"- {MarkdownText.Escape(detail)}");
            }
        }

        if (overview.Domains.Count != 0)
        {
            Heading(writer, "Domains");
            overview.Domains.ForEach(domain => writer.WriteLine($"- {MarkdownText.Escape(domain)}"));
        }

        if (overview.Signals.Count != 0)
        {
            Heading(writer, "Signals");
            writer.WriteLine("| signal | count | see |");
            writer.WriteLine("| --- | ---: | --- |");
            overview.Signals.ForEach(signal => writer.WriteLine(
                $"| {MarkdownText.Escape(signal.Name)} | {Units.Count(signal.Count)} | {MarkdownText.Escape(signal.Hint)} |"));
        }

        if (overview.Traffic.Count != 0)
        {
            Heading(writer, "Traffic");
            writer.WriteLine("| protocol | flows | bytes | share |");
            writer.WriteLine("| --- | ---: | ---: | ---: |");
            overview.Traffic.ForEach(row => writer.WriteLine(
                $"| {MarkdownText.Escape(row.Protocol)} | {Units.Count(row.Flows)} | {Units.Bytes(row.Bytes)} "
                + $"| {MarkdownText.Escape(Units.Percent(row.Share))} |"));
        }

        if (overview.Next.Count != 0)
        {
            Heading(writer, "Next");
            overview.Next.ForEach(command => writer.WriteLine($"- {MarkdownText.Code(command)}"));
        }
    }

    private static void WriteFindings(StreamWriter writer, ReportDocument document, CellText cells, RenderOptions options)
    {
        Heading(writer, "Findings");
        if (document.Findings.Count == 0)
        {
            writer.WriteLine("None.");
        }

        for (int i = 0; i < document.Findings.Count; i++)
        {
            if (i > 0)
            {
                writer.WriteLine();
            }

            MarkdownSections.Write(writer, document.Findings[i], cells, options);
        }
    }

    private static void WriteIndicators(StreamWriter writer, ReportDocument document)
    {
        if (document.Indicators.Count == 0)
        {
            return;
        }

        Heading(writer, "Indicators");
        writer.WriteLine("| kind | value | context | first frame | finding |");
        writer.WriteLine("| --- | --- | --- | ---: | --- |");
        foreach (Indicator indicator in document.Indicators)
        {
            writer.WriteLine($"| {MarkdownText.Escape(ReportWords.Word(indicator.Kind))} | {MarkdownText.Escape(indicator.Kind is IndicatorKind.Address or IndicatorKind.Domain or IndicatorKind.Url or IndicatorKind.Email ? Defang.Of(indicator.Value) : indicator.Value)} "
                + $"| {MarkdownText.Escape(indicator.Context)} | {indicator.First} | {indicator.Finding?.Id} |");
        }
    }
}
