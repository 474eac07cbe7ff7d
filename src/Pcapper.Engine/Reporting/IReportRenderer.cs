namespace Pcapper.Engine;

/// <summary>Writes a report in one format.</summary>
public interface IReportRenderer
{
    /// <summary>Gets the format's name, as the command line spells it: <c>md</c>.</summary>
    string Name { get; }

    /// <summary>Writes the report as UTF-8 without a byte order mark; leaves the stream open.</summary>
    void Render(ReportDocument document, Stream output, RenderOptions options);
}
