using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>Writes the section of indicators.</summary>
internal static class IocSection
{
    private static readonly (string Id, string Label, IndicatorKind[] Kinds)[] s_groups =
    [
        ("addresses", "addresses", [IndicatorKind.Address]),
        ("domains", "domains", [IndicatorKind.Domain]),
        ("urls", "URLs", [IndicatorKind.Url]),
        ("emails", "mail addresses", [IndicatorKind.Email]),
        ("files", "files", [IndicatorKind.Sha256, IndicatorKind.FileName]),
        ("certificates", "certificates", [IndicatorKind.Certificate]),
        ("fingerprints", "fingerprints of TLS and SSH", [IndicatorKind.Ja3, IndicatorKind.Ja3s, IndicatorKind.Ja4, IndicatorKind.Hassh]),
        ("user_agents", "user agents", [IndicatorKind.UserAgent]),
    ];

    public static void Write(IReadOnlyList<Observable> observables, bool isComplete, bool isWatchComplete, long unlisted, Conclusions conclusions)
    {
        Section section = conclusions.Section;
        List<Observable> indicators = [.. observables.Where(o => o.IsIndicator)];
        section.Headline(observables.Count == 0
            ? "nothing seen that could be looked for elsewhere"
            : $"{(indicators.Count == 0 ? "no indicators" : Units.Count(indicators.Count, "indicator"))} among {Units.Count(observables.Count, "observable")}");
        foreach ((string id, string label, IndicatorKind[] kinds) in s_groups)
        {
            if (observables.Count(o => kinds.Contains(o.Kind)) is > 0 and var count)
            {
                section.Fact(id, label, count);
            }
        }

        if (!isComplete)
        {
            section.Note("There were more observables than are kept: what is here is a sample. Lists were compared with all of them.");
        }

        if (!isWatchComplete)
        {
            section.Note("Lists name more of what was seen than is kept: matches are a sample.");
        }

        if (conclusions.Ioc.Watched.Count > 0)
        {
            section.Fact("watched", "entries of lists", conclusions.Ioc.Watched.Count);
        }

        if (unlisted > 0)
        {
            section.Note($"{Units.Count(unlisted, "more match", "more matches")} of lists not told of.");
        }

        Indicators(indicators, section);
        Observables([.. observables.Where(o => !o.IsIndicator)], section);
    }

    private static void Indicators(List<Observable> indicators, Section section)
    {
        if (indicators.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "indicators", "Indicators: findings point at them", new("kind", "kind"), new("value", "value") { AtLeast = 24 }, new("severity", "severity"), new("confidence", "sure, %", CellKind.Code),
            new("findings", "findings", CellKind.Texts), new("places", "seen in", CellKind.Texts), new("hosts", "hosts", CellKind.Texts), new("first", "first", CellKind.Time), new("last", "last", CellKind.Time),
            new("count", "times", CellKind.Integer), new("frames", "first frames", CellKind.Frames), new("md5", "MD5"), new("sha1", "SHA-1"), new("name", "file name"));
        foreach (Observable o in indicators)
        {
            table.Row(
                o.Type, Value(o), o.Severity!.Value.ToString().ToLowerInvariant(), Cell.Code(o.Confidence), Cell.List(o.Findings.Select(f => f.Type.Id).Distinct(StringComparer.Ordinal)),
                Cell.List(o.Places), Cell.List(o.Hosts), Cell.Time(o.First), Cell.Time(o.Last), o.Count, Frames(o), o.Md5, o.Sha1, o.Name);
        }
    }

    // Rare ones first within a kind: what everybody uses all the time is seldom what one looks for.
    private static void Observables(List<Observable> observables, Section section)
    {
        if (observables.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "observables", "Observables: seen, nothing known against them", new("kind", "kind"), new("value", "value") { AtLeast = 24 }, new("places", "seen in", CellKind.Texts), new("hosts", "hosts", CellKind.Texts),
            new("first", "first", CellKind.Time), new("last", "last", CellKind.Time), new("count", "times", CellKind.Integer), new("frames", "first frames", CellKind.Frames), new("md5", "MD5"), new("sha1", "SHA-1"),
            new("name", "file name"));
        foreach (Observable o in observables.OrderBy(o => o.Kind).ThenBy(o => o.Count).ThenBy(o => o.Value, StringComparer.Ordinal))
        {
            table.Row(
                o.Type, Value(o), Cell.List(o.Places), Cell.List(o.Hosts), Cell.Time(o.First), Cell.Time(o.Last), o.Count, Frames(o), o.Md5, o.Sha1, o.Name);
        }
    }

    private static Cell Value(Observable o)
        => o.Kind is IndicatorKind.Address or IndicatorKind.Domain or IndicatorKind.Url or IndicatorKind.Email ? Cell.Live(o.Value) : Cell.Text(o.Value, Limits.Text);

    private static Cell Frames(Observable o)
    {
        var frames = new FrameSample();
        foreach (FrameRef frame in o.Frames)
        {
            frames.Add(frame);
        }

        return Cell.Frames(frames);
    }
}
