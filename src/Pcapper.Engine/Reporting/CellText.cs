using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Writes cells for people.</summary>
internal sealed class CellText
{
    private readonly bool _isExact;
    private readonly IReadOnlyList<CaptureSummary> _captures;
    private readonly bool _isOneDay;

    public CellText(ReportDocument document, RenderOptions options)
    {
        _isExact = options.Verbose;
        _captures = document.Captures;
        string[] days = [.. document.Captures
            .SelectMany(capture => new[] { capture.First, capture.Last })
            .Where(time => time is not null)
            .Select(time => time!.Value.ToString()[..10])
            .Distinct(StringComparer.Ordinal)];
        _isOneDay = days.Length == 1;
    }

    /// <summary>Tells whether cells of a kind are aligned to the right.</summary>
    public static bool IsNumeric(CellKind kind)
        => kind is CellKind.Integer or CellKind.Code or CellKind.Number or CellKind.Bytes or CellKind.Duration or CellKind.Percent;

    /// <summary>Writes frame numbers and how many more there are: <c>17, 204, 9981 (+2,310)</c>.</summary>
    public static string Frames(IReadOnlyList<FrameRef> frames, long total, int shown)
    {
        string numbers = string.Join(", ", frames.Take(shown));
        long more = total - Math.Min(shown, frames.Count);
        return more <= 0 ? numbers : $"{numbers} (+{Units.Count(more)})";
    }

    /// <summary>Writes what shows a finding: <c>frames 17, 204 (+3)</c>, with the file where there are several.</summary>
    public string Evidence(Finding finding, int shown)
    {
        if (finding.Evidence.Count == 0)
        {
            return string.Empty;
        }

        string word = finding.EvidenceTotal == 1 ? "frame" : "frames";
        if (_captures.Count < 2)
        {
            return $"{word} {Frames(finding.Evidence, finding.EvidenceTotal, shown)}";
        }

        FrameRef[] frames = [.. finding.Evidence.Take(shown)];
        long more = finding.EvidenceTotal - frames.Length;
        IEnumerable<string> files = frames.GroupBy(frame => frame.Capture).Select(file
            => $"{string.Join(", ", file.Select(frame => frame.Number.ToString(CultureInfo.InvariantCulture)))} of {Printable.From(Path.GetFileName(_captures[file.Key].Path))}");
        return $"{word} {string.Join("; ", files)}{(more > 0 ? $" (+{Units.Count(more)})" : string.Empty)}";
    }

    public string Of(Cell cell) => cell.Kind switch
    {
        CellKind.Integer => cell.String.Length == 0 ? Units.Count(cell.Long) : $"{cell.String} {Units.Count(cell.Long)}",
        CellKind.Code => cell.Long.ToString(CultureInfo.InvariantCulture),
        CellKind.Number => Units.Number(cell.Double, cell.String),
        CellKind.Bytes => Units.Bytes(cell.Long),
        CellKind.Duration => Units.Duration(cell.Long),
        CellKind.Time => Time(new Timestamp(cell.Long)),
        CellKind.Date => _isExact ? Units.DateTime(new Timestamp(cell.Long), 0) : Units.DateTime(new Timestamp(cell.Long), 0)[..10],
        CellKind.Percent => Units.Percent(cell.Double),
        CellKind.Boolean => cell.Bool ? "yes" : "no",
        CellKind.Texts => string.Join(", ", cell.Strings),
        CellKind.Frames => Frames(cell.FrameRefs, cell.Long, _isExact ? Limits.EvidenceFrames : 3),
        CellKind.Text when cell.IsLive => Defang.Of(cell.String),
        CellKind.Text or CellKind.Address => cell.String,
        _ => string.Empty,
    };

    /// <summary>Writes an amount of a chart.</summary>
    public static string Amount(CellKind kind, long amount) => kind switch
    {
        CellKind.Bytes => Units.Bytes(amount),
        CellKind.Duration => Units.Duration(amount),
        _ => Units.Count(amount),
    };

    /// <summary>Writes a time: only its time of day where all captures are of one day.</summary>
    public string Time(Timestamp time) => _isExact ? Units.DateTime(time, 6) : _isOneDay ? Units.TimeOfDay(time) : Units.DateTime(time, 0);
}
