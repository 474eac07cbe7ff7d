using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>Writes the section of beacons.</summary>
internal static class BeaconSection
{
    public static void Write(BeaconReport report, BeaconState state, Section section)
    {
        if (report.Candidates.Count == 0)
        {
            section.Headline(report.Expected.Count == 0 ? "no destination is called in a rhythm" : "no destination is called in a rhythm but for expected ones");
        }
        else
        {
            BeaconCandidate best = report.Candidates[0];
            section.Headline($"{Units.Count(report.Candidates.Count, "rhythm")}; clearest: {best.Client} > {best.Destination}, {Units.Count(best.Rhythm.Beats.Count)} {best.What} {best.Pace}");
        }

        if (!state.Servers.IsComplete || !state.Names.IsComplete || !state.Queries.IsComplete)
        {
            section.Note($"There were more clients and destinations than are kept: what is here is a sample ({Units.Count(state.Servers.Count)} of about {Units.Count(state.Servers.Distinct)} by address, {Units.Count(state.Names.Count)} of {Units.Count(state.Names.Distinct)} by name, {Units.Count(state.Queries.Count)} of {Units.Count(state.Queries.Distinct)} looked up).");
        }

        if (report.Candidates.Count > 0)
        {
            Candidates(section.Table(
                "candidates", "Destinations called in a rhythm", new("client", "client", CellKind.Address), new("destination", "destination") { AtLeast = 18 }, new("what", "what"), new("period", "every", CellKind.Duration),
                new("jitter", "jitter", CellKind.Percent), new("beats", "beats", CellKind.Integer), new("missed", "missed", CellKind.Integer), new("span", "for", CellKind.Duration), new("score", "score", CellKind.Number),
                new("rita_score", "RITA", CellKind.Number), new("sparkline", "over that time") { AtLeast = 16 }, new("next", "next due", CellKind.Time)), report.Candidates);
            section.Detail(detail => Scores(detail, report));
        }

        if (report.Expected.Count > 0)
        {
            Table left = section.Table(
                "expected", "Left out: regular, and expected", new("client", "client", CellKind.Address), new("destination", "destination") { AtLeast = 18 }, new("period", "every", CellKind.Duration),
                new("beats", "beats", CellKind.Integer), new("score", "score", CellKind.Number), new("rule", "rule"), new("why", "why"));
            left.Shown = 5;
            foreach (BeaconCandidate candidate in report.Expected)
            {
                left.Row(candidate.Client, candidate.Destination, Period(candidate), candidate.Rhythm.Beats.Count, Part(candidate.Rhythm.Score), candidate.Expected!.Rule, candidate.Expected.Why);
            }
        }
    }

    private static void Candidates(Table table, IReadOnlyList<BeaconCandidate> candidates)
    {
        foreach (BeaconCandidate candidate in candidates)
        {
            Rhythm rhythm = candidate.Rhythm;
            table.Row(
                candidate.Client, candidate.Destination, candidate.What, Period(candidate), Cell.Percent(rhythm.Model.Jitter), rhythm.Beats.Count, rhythm.Missed, Cell.Duration(rhythm.Span), Part(rhythm.Score),
                Cell.Number(candidate.Rita?.Score), candidate.Sparkline, Cell.Time(rhythm.Next));
        }
    }

    private static void Scores(Section section, BeaconReport report)
    {
        Table table = section.Table(
            "scores", "What the scores are made of", new("client", "client", CellKind.Address), new("destination", "destination") { AtLeast = 18 }, new("score", "score", CellKind.Number), new("fit", "fit", CellKind.Number),
            new("periodicity", "periodicity", CellKind.Number), new("correlation", "correlation", CellKind.Number), new("sizes", "sizes", CellKind.Number), new("coverage", "coverage", CellKind.Number), new("evidence", "evidence", CellKind.Number),
            new("sleep", "or sleep", CellKind.Duration), new("sleep_jitter", "less up to", CellKind.Percent), new("events", "events", CellKind.Integer), new("others", "others", CellKind.Integer), new("bytes", "bytes each", CellKind.Bytes),
            new("hosts", "hosts that go there", CellKind.Integer), new("rita_timestamps", "RITA times", CellKind.Number), new("rita_sizes", "RITA sizes", CellKind.Number), new("rita_histogram", "RITA histogram", CellKind.Number),
            new("rita_duration", "RITA duration", CellKind.Number), new("names", "names", CellKind.Texts), new("servers", "servers", CellKind.Texts), new("first", "first", CellKind.Time), new("frames", "frames", CellKind.Frames),
            new("cut", "cut", CellKind.Boolean), new("part_of", "same as"));
        foreach (BeaconCandidate candidate in report.Candidates.Concat(report.Repeated))
        {
            Rhythm rhythm = candidate.Rhythm;
            double sleep = rhythm.Model.Period + rhythm.Model.Spread;
            table.Row(
                candidate.Client, candidate.Destination, Part(rhythm.Score), Part(rhythm.Fit), Part(rhythm.Periodicity), Part(rhythm.Correlation), Part(rhythm.Sizes), Part(rhythm.Coverage), Cell.Number(Math.Round(rhythm.Evidence, 1)),
                Cell.Duration((long)(sleep * Timestamp.PerSecond)), Cell.Percent(2 * rhythm.Model.Spread / sleep), candidate.Events, rhythm.Others, Cell.Bytes(rhythm.OnlyBytes),
                candidate.Clients, Cell.Number(candidate.Rita?.Timestamps), Cell.Number(candidate.Rita?.Sizes), Cell.Number(candidate.Rita?.Histogram),
                Cell.Number(candidate.Rita?.Duration), Cell.List(candidate.OtherNames), Cell.List(candidate.Servers.Select(s => s.ToString())), new Timestamp(rhythm.Beats[0].Time), Cell.Frames(candidate.Frames()),
                candidate.IsCut, candidate.PartOf);
        }
    }

    private static Cell Period(BeaconCandidate candidate) => Cell.Duration((long)(candidate.Rhythm.Model.Period * Timestamp.PerSecond));

    private static Cell Part(double value) => Cell.Number(Math.Round(value, 3));
}
