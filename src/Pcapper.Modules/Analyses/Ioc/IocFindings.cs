using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>Findings about entries of lists that were seen.</summary>
internal static class IocFindings
{
    /// <summary>Something that a list names was seen.</summary>
    public static readonly FindingType Match = new("ioc.match", "Listed indicator seen", Severity.High)
    {
        Unless = "the entry is old, or is shared by harmless users: an address of a hosting firm, a fingerprint of a common program",
    };

    private const int EntriesNamed = 3;
    private const int SureWhole = 80;
    private const int SurePart = 50;

    /// <summary>Gets the kinds of findings.</summary>
    public static IReadOnlyList<FindingType> Types { get; } = [Match];

    /// <summary>Raises a finding for each observable that lists name; returns how many were left out.</summary>
    public static long Raise(IReadOnlyList<WatchHit> hits, IocModel model, Conclusions conclusions)
    {
        List<IGrouping<(IndicatorKind, string), WatchHit>> seen =
        [
            .. hits.GroupBy(h => (h.Observable.Kind, h.Observable.Value))
                .OrderByDescending(g => g.Any(IsStrong)).ThenBy(g => g.Key.Kind).ThenBy(g => g.Key.Value, StringComparer.Ordinal),
        ];
        foreach (IGrouping<(IndicatorKind, string), WatchHit> group in seen.Take(Limits.IocMatches))
        {
            Finding finding = About(group.First().Observable, [.. group]);
            conclusions.Add(finding);
            model.Point(finding, group.First().Observable);
        }

        return Math.Max(0, seen.Count - Limits.IocMatches);
    }

    // A whole value that only one thing has; fingerprints, mail addresses and ranges are shared.
    private static bool IsStrong(WatchHit hit) => hit.Mode == WatchMode.Exact
        && hit.Observable.Kind is IndicatorKind.Address or IndicatorKind.Domain or IndicatorKind.Url or IndicatorKind.Sha256 or IndicatorKind.Certificate;

    private static Finding About(Observable observable, List<WatchHit> hits)
    {
        bool isStrong = hits.Exists(IsStrong);
        string[] entries = [.. hits.Select(Entry).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string more = entries.Length > EntriesNamed ? string.Create(CultureInfo.InvariantCulture, $" and {entries.Length - EntriesNamed} more") : "";
        IpAddress? user = observable.Hosts.Count == 1 && observable.Kind is not (IndicatorKind.Ja3s or IndicatorKind.Certificate) && IpAddress.TryParse(observable.Hosts[0], out IpAddress host) ? host : null;
        IpAddress? address = observable.Kind == IndicatorKind.Address && IpAddress.TryParse(observable.Value, out IpAddress itself) ? itself : null;
        return new Finding
        {
            Type = Match,
            Raised = isStrong ? null : Severity.Medium,
            Confidence = isStrong ? SureWhole : SurePart,
            Subject = user is null ? observable.Value : $"{user} > {observable.Value}",
            Summary = $"{observable.Type} listed in {string.Join(", ", entries.Take(EntriesNamed))}{more}; seen {Units.Count(observable.Count, "time")} ({string.Join(", ", observable.Places)})",
            Source = user,
            Destination = address,
            First = observable.First,
            Last = observable.Last,
            Count = observable.Count,
            Evidence = observable.Frames,
            EvidenceTotal = observable.Count,
            DisplayFilter = Shown(observable, address),
        };
    }

    private static string Entry(WatchHit hit)
    {
        string how = hit.Mode switch { WatchMode.Subdomains => "below ", WatchMode.Subnet => "in ", _ => "" };
        string what = hit.Mode == WatchMode.Exact ? "" : $" {how}{hit.Term}";
        return $"{hit.Pattern.List} ({hit.Pattern.Place}{(what.Length == 0 ? "" : ":")}{what})";
    }

    /// <summary>Gets the filter that selects where an observable was seen.</summary>
    /// <param name="observable">The observable.</param>
    /// <param name="address">The address that it is, if it is one.</param>
    internal static Filter Shown(Observable observable, IpAddress? address)
    {
        // An address that only an answer or a field names is in no header.
        if (address is { } known && !observable.Places.Any(p => p is "dns answer" or "http host" or "mail link"))
        {
            return Filter.Address(known);
        }

        var frames = new FrameSample();
        foreach (FrameRef frame in observable.Frames)
        {
            frames.Add(frame);
        }

        return Filter.Frames(frames);
    }
}
