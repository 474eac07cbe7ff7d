namespace Pcapper.Engine;

/// <summary>Writes a report for machines: all rows, typed; docs/report.schema.json describes it.</summary>
public sealed class JsonRenderer : IReportRenderer
{
    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public void Render(ReportDocument document, Stream output, RenderOptions options)
    {
    }
}
