using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Something seen that can be looked for elsewhere. It is an indicator where findings point at it. Values are plain printable text.</summary>
/// <param name="Kind">What it is; a file is its SHA-256.</param>
/// <param name="Value">The observable as it stands, in one spelling.</param>
public sealed record Observable(IndicatorKind Kind, string Value)
{
    /// <summary>Gets its kind, as machines read it.</summary>
    public string Type => ReportWords.Word(Kind);

    /// <summary>Gets where it was seen: <c>dns query</c>, <c>tls server name</c>; a few.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Gets the hosts that met it, a few.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Gets when it was first seen, or null if only a finding names it.</summary>
    public Timestamp? First { get; init; }

    /// <summary>Gets when it was last seen.</summary>
    public Timestamp? Last { get; init; }

    /// <summary>Gets how often it was seen.</summary>
    public long Count { get; init; }

    /// <summary>Gets the earliest frames that show it.</summary>
    public IReadOnlyList<FrameRef> Frames { get; init; } = [];

    /// <summary>Gets the MD5 of a file.</summary>
    public string? Md5 { get; init; }

    /// <summary>Gets the SHA-1 of a file.</summary>
    public string? Sha1 { get; init; }

    /// <summary>Gets the name of a file.</summary>
    public string? Name { get; init; }

    /// <summary>Gets a value indicating whether it is a file that others may have as well (a program, an archive, a document) rather than a message or a form.</summary>
    public bool IsSample { get; init; }

    /// <summary>Gets the findings that point at it, the most severe first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Gets a value indicating whether findings make it worth acting on.</summary>
    public bool IsIndicator => Findings.Count > 0;

    /// <summary>Gets the severity of the most severe finding, or null.</summary>
    public Severity? Severity => Findings.Count == 0 ? null : Findings.Max(f => f.Severity);

    /// <summary>Gets how sure the most severe findings are, in percent, or null.</summary>
    public int? Confidence => Severity is { } worst ? Findings.Where(f => f.Severity == worst).Max(f => f.Confidence) : null;
}
