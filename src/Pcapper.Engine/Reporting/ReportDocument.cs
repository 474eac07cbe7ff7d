namespace Pcapper.Engine;

/// <summary>A whole report, as data: renderers see nothing else. Making it puts the findings in order and numbers them.</summary>
public sealed class ReportDocument
{
    /// <summary>The version of the JSON form; raised when a reader of the old form would be misled.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Initializes a new instance of the <see cref="ReportDocument"/> class.</summary>
    /// <param name="header">What made it.</param>
    /// <param name="captures">What was read.</param>
    /// <param name="findings">All findings, in any order; they get their numbers here.</param>
    public ReportDocument(ReportHeader header, IReadOnlyList<CaptureSummary> captures, IEnumerable<Finding> findings)
    {
        Header = header;
        Captures = captures;
        Findings = [.. InOrder(findings)];
        for (int i = 0; i < Findings.Count; i++)
        {
            Findings[i].Id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"F{i + 1}");
        }
    }

    /// <summary>Gets what made it.</summary>
    public ReportHeader Header { get; }

    /// <summary>Gets what was read.</summary>
    public IReadOnlyList<CaptureSummary> Captures { get; }

    /// <summary>Gets the findings, the most severe first.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Gets what the first screen shows besides.</summary>
    public Overview Overview { get; init; } = new();

    /// <summary>Gets the indicators.</summary>
    public IReadOnlyList<Indicator> Indicators { get; init; } = [];

    /// <summary>Gets the sections, in order.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>Gets the troubles of the run.</summary>
    public IReadOnlyList<RunProblem> Problems { get; init; } = [];

    /// <summary>Puts findings in report order: severity, type, subject, and then whatever makes the order total.</summary>
    public static IEnumerable<Finding> InOrder(IEnumerable<Finding> findings) => findings
        .OrderByDescending(finding => finding.Severity)
        .ThenBy(finding => finding.Type.Id, StringComparer.Ordinal)
        .ThenBy(finding => finding.Subject, StringComparer.Ordinal)
        .ThenBy(finding => finding.Summary, StringComparer.Ordinal)
        .ThenBy(finding => finding.Evidence.Count == 0 ? default : finding.Evidence[0]);
}
