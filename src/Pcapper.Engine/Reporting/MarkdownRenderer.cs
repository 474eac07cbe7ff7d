namespace Pcapper.Engine;

/// <summary>Writes a report for Markdown.</summary>
public sealed class MarkdownRenderer : IReportRenderer
{
    /// <inheritdoc/>
    public string Name => "md";

    /// <inheritdoc/>
    public void Render(ReportDocument document, Stream output, RenderOptions options)
    {
    }
}
