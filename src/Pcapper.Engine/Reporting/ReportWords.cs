namespace Pcapper.Engine;

/// <summary>Words that the renderers for people share.</summary>
internal static class ReportWords
{
    /// <summary>Writes <c>pcapng, 2.9 MiB, 18,241 frames, 2 interfaces (Ethernet)</c>.</summary>
    public static string Contents(CaptureSummary capture)
    {
        var words = new List<string> { capture.Format };
        if (capture.Bytes > 0)
        {
            words.Add(Units.Bytes(capture.Bytes));
        }

        words.Add(Units.Count(capture.Frames, "frame"));
        if (capture.Interfaces.Count != 0)
        {
            IEnumerable<string> links = capture.Interfaces
                .Select(found => found.LinkType.ToString())
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
            words.Add($"{Units.Count(capture.Interfaces.Count, "interface")} ({string.Join(", ", links)})");
        }

        return string.Join(", ", words);
    }

    /// <summary>Writes from when to when, how long, and the peak.</summary>
    public static IEnumerable<string> Times(CaptureSummary capture)
    {
        if (capture.First is not { } first || capture.Last is not { } last)
        {
            yield break;
        }

        string from = Units.DateTime(first);
        string to = Units.DateTime(last);
        bool isOneDay = from.AsSpan(0, 10).SequenceEqual(to.AsSpan(0, 10));
        yield return $"{from} .. {(isOneDay ? to[11..] : to)} UTC";
        yield return Units.Duration(Math.Max(0, last - first));
        if (capture.PeakBitsPerSecond > 0)
        {
            yield return Units.BitsPerSecond(capture.PeakBitsPerSecond) + " peak";
        }
    }

    /// <summary>Writes <c>good (0 dropped, 0 cut, 3 of 1,204 flows one-sided, 0.2 % of TCP data missing)</c>.</summary>
    public static string Quality(CaptureSummary capture)
        => $"{Word(capture.Quality)} ({Units.Count(capture.Dropped)} dropped, {Units.Count(capture.Truncated)} cut, "
        + $"{Units.Count(capture.OneSidedFlows)} of {Units.Count(capture.Flows, "flow")} one-sided, "
        + $"{Units.Percent(capture.MissingShare)} of TCP data missing)";

    /// <summary>Writes a quality's word.</summary>
    public static string Word(CaptureQuality quality) => quality switch
    {
        CaptureQuality.Good => "good",
        CaptureQuality.Fair => "fair",
        _ => "poor",
    };

    /// <summary>Writes a verdict's word, as machines read it.</summary>
    public static string Word(VerdictLevel level) => level switch
    {
        VerdictLevel.NothingRead => "nothing_read",
        VerdictLevel.NothingFound => "nothing_found",
        VerdictLevel.WeakPractice => "weak_practice",
        VerdictLevel.Suspicious => "suspicious",
        VerdictLevel.LikelyCompromise => "likely_compromise",
        _ => "compromise",
    };

    /// <summary>Writes an indicator's kind, as machines read it.</summary>
    public static string Word(IndicatorKind kind) => kind switch
    {
        IndicatorKind.Address => "address",
        IndicatorKind.Domain => "domain",
        IndicatorKind.Url => "url",
        IndicatorKind.Email => "email",
        IndicatorKind.Md5 => "md5",
        IndicatorKind.Sha1 => "sha1",
        IndicatorKind.Sha256 => "sha256",
        IndicatorKind.FileName => "file_name",
        IndicatorKind.Certificate => "certificate_sha256",
        IndicatorKind.Ja3 => "ja3",
        IndicatorKind.Ja3s => "ja3s",
        IndicatorKind.Ja4 => "ja4",
        IndicatorKind.Hassh => "hassh",
        IndicatorKind.UserAgent => "user_agent",
        IndicatorKind.User => "user",
        _ => "mac",
    };

    /// <summary>Writes a cell kind, as machines read it.</summary>
    public static string Word(CellKind kind) => kind switch
    {
        CellKind.Integer or CellKind.Code => "integer",
        CellKind.Number => "number",
        CellKind.Bytes => "bytes",
        CellKind.Duration => "duration",
        CellKind.Time or CellKind.Date => "time",
        CellKind.Address => "address",
        CellKind.Percent => "percent",
        CellKind.Boolean => "boolean",
        CellKind.Texts => "texts",
        CellKind.Frames => "frames",
        _ => "text",
    };
}
