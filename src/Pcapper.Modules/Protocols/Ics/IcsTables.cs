using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>The tables that the sections of all industrial protocols have.</summary>
internal sealed class IcsTables(IcsState state, IcsDialect dialect, Section section)
{
    private const int MostRanges = 6;
    private const int MostReasons = 64;

    private readonly IReadOnlyList<KeyValuePair<PairKey, IcsUse>> _uses = state.Uses.Entries;

    // What cannot be told apart when it is cut.
    private static Column Function => new("function", "function") { AtLeast = 24 };

    private static Column PointTable => new("table", "table") { AtLeast = 16 };

    /// <summary>Writes the headline; tells whether there is anything to show.</summary>
    public bool Headline()
    {
        if (_uses.Count == 0)
        {
            section.Headline($"no {dialect.Title}");
            return false;
        }

        long requests = _uses.Sum(u => u.Value.Requests.Value);
        long answers = _uses.Sum(u => u.Value.Answers.Value);
        long refused = _uses.Sum(u => u.Value.Refused.Value);
        long reports = _uses.Sum(u => u.Value.Reports.Value);
        long unasked = _uses.Sum(u => u.Value.Unasked.Value);
        long commands = _uses.Sum(u => u.Value.Commands.Total);
        var times = new Histogram();
        foreach ((_, IcsUse use) in _uses)
        {
            times.Merge(use.ResponseTimes);
        }

        section.Headline(
            $"{Units.Count(requests, "request")} of {Units.Count(_uses.Select(u => u.Key.From).Distinct().Count(), "master")} to {Units.Count(_uses.Select(u => u.Key.To).Distinct().Count(), "server")}, "
            + $"{Units.Count(commands, "command")} among them; {Units.Count(answers)} answered{(times.Total > 0 ? $" (median {Units.Duration(times.Quantile(50))})" : "")}, {Units.Count(refused)} refused"
            + (unasked > 0 ? $"; {Units.Count(unasked, "answer")} whose request is not in the capture" : "")
            + (reports > 0 ? $"; {Units.Count(reports, "unsolicited report")}" : ""));
        return true;
    }

    /// <summary>Who asks and commands whom.</summary>
    public void Masters()
    {
        Table table = section.Table(
            "masters", "masters and servers", new("client", "master", CellKind.Address), new("server", "server", CellKind.Address), new("stations", $"{dialect.StationWord}s", CellKind.Texts),
            new("requests", "requests", CellKind.Integer), new("reads", "reads", CellKind.Integer), new("commands", "commands", CellKind.Integer), new("answers", "answered", CellKind.Integer),
            new("refused", "refused", CellKind.Integer), new("response_time", "response", CellKind.Duration), new("first_seen", "first seen", CellKind.Time));
        table.Total = state.Uses.Distinct;
        foreach ((PairKey pair, IcsUse use) in _uses.OrderByDescending(u => u.Value.Commands.Total).ThenByDescending(u => u.Value.Requests.Value).ThenBy(u => u.Key).Take(table.Room))
        {
            table.Row(
                pair.From, pair.To, Cell.List(Ranges(use.Stations.Keys.Select(k => k.Value))), use.Requests.Value, use.Reads.Total, use.Commands.Total, use.Answers.Value, use.Refused.Value,
                Cell.Duration(use.ResponseTimes.Total == 0 ? null : use.ResponseTimes.Quantile(50)), use.All.IsEmpty ? Cell.None : use.All.First);
        }
    }

    /// <summary>What is asked.</summary>
    public void Functions()
    {
        Table table = section.Table(
            "functions", "functions", Function, new("action", "action"), new("requests", "requests", CellKind.Integer), new("answers", "answered", CellKind.Integer),
            new("refused", "refused", CellKind.Integer), new("reasons", "reasons", CellKind.Texts), new("masters", "masters", CellKind.Integer), new("frames", "frames", CellKind.Frames));
        foreach (IGrouping<long, KeyValuePair<CallKey, IcsCall>> call in state.Calls.Entries.GroupBy(c => c.Key.Call)
            .OrderByDescending(c => c.Sum(one => one.Value.Requests.Total)).ThenBy(c => c.Key))
        {
            var frames = new FrameSample();
            var reasons = new Bits();
            foreach ((_, IcsCall one) in call)
            {
                frames.Merge(one.Requests);
                reasons.Merge(one.Refusals);
            }

            table.Row(
                dialect.Name(call.Key), IcsActions.Name(dialect.Action(call.Key)), frames.Total, call.Sum(c => c.Value.Answers.Value), call.Sum(c => c.Value.Refused.Total),
                Cell.List(Enumerable.Range(0, MostReasons).Where(r => reasons[r]).Select(dialect.Refusal)), call.Select(c => c.Key.Pair.From).Distinct().LongCount(), Cell.Frames(frames));
        }
    }

    /// <summary>Which areas of which devices are read and written, and by whom.</summary>
    public void Areas()
    {
        var areas = state.Points.Entries.GroupBy(p => (p.Key.Pair.To, p.Key.Station, p.Key.Table)).ToArray();
        if (areas.Length == 0)
        {
            return;
        }

        Table table = section.Table(
            "areas", "areas", new("server", "server", CellKind.Address), new("station", dialect.StationWord, CellKind.Code), PointTable, new("read", "read", CellKind.Texts),
            new("read_by", "by", CellKind.Texts), new("written", "written", CellKind.Texts), new("written_by", "by", CellKind.Texts), new("points", "points", CellKind.Integer),
            new("moving", "moving", CellKind.Integer));
        table.Total = areas.Length;
        foreach (var area in areas.OrderByDescending(a => a.Count(p => p.Value.Written.Count > 0)).ThenByDescending(a => a.Count()).ThenBy(a => a.Key).Take(table.Room))
        {
            KeyValuePair<PointKey, IcsPoint>[] read = [.. area.Where(p => p.Value.Read.Count > 0)];
            KeyValuePair<PointKey, IcsPoint>[] written = [.. area.Where(p => p.Value.Written.Count > 0)];
            table.Row(
                area.Key.To, Cell.Code(area.Key.Station), dialect.Table(area.Key.Table), Cell.List(Ranges(read.Select(p => p.Key.Address))), By(read), Cell.List(Ranges(written.Select(p => p.Key.Address))),
                By(written), area.Select(p => p.Key.Address).Distinct().LongCount(),
                area.Where(p => Moves(p.Value.Read) || Moves(p.Value.Written)).Select(p => p.Key.Address).Distinct().LongCount());
        }
    }

    /// <summary>The values written.</summary>
    public void Written()
    {
        KeyValuePair<PointKey, IcsPoint>[] written = [.. state.Points.Entries.Where(p => p.Value.Written.Count > 0)];
        if (written.Length > 0)
        {
            Values("written", "values written", written, p => p.Written);
        }
    }

    /// <summary>The values read.</summary>
    public void Read()
    {
        KeyValuePair<PointKey, IcsPoint>[] read = [.. state.Points.Entries.Where(p => p.Value.Read.Count > 0)];
        if (read.Length > 0)
        {
            section.Detail(_ => Values("values", "values read", read, p => p.Read));
        }
    }

    /// <summary>How regularly what is asked.</summary>
    public void Polls()
    {
        KeyValuePair<PollKey, IcsPoll>[] polls = [.. state.Polls.Entries.Where(p => p.Value.Intervals.Total > 0)];
        if (polls.Length == 0)
        {
            return;
        }

        Table table = section.Table(
            "polls", "cycles", new("client", "master", CellKind.Address), new("server", "server", CellKind.Address), new("station", dialect.StationWord, CellKind.Code), Function,
            new("place", "what"), new("requests", "requests", CellKind.Integer), new("cycle", "cycle", CellKind.Duration),
            new("jitter", "jitter", CellKind.Duration), new("longest", "longest", CellKind.Duration));
        table.Total = polls.Length;
        table.Shown = 6;
        foreach ((PollKey key, IcsPoll poll) in polls.OrderByDescending(p => p.Value.Requests.Value).ThenBy(p => p.Key).Take(table.Room))
        {
            Histogram intervals = poll.Intervals;
            table.Row(
                key.Pair.From, key.Pair.To, Cell.Code(key.Poll.Station), dialect.Name(key.Poll.Call), dialect.Place(key.Poll), poll.Requests.Value, Cell.Duration(intervals.Quantile(50)),
                Cell.Duration(intervals.Quantile(90) - intervals.Quantile(10)), Cell.Duration(intervals.Maximum));
        }
    }

    /// <summary>Writes numbers as ranges: <c>0-9, 12</c>.</summary>
    internal static IEnumerable<string> Ranges(IEnumerable<long> numbers)
    {
        long[] sorted = [.. numbers.Distinct().Order()];
        int shown = 0;
        for (int i = 0; i < sorted.Length;)
        {
            int last = i;
            while (last + 1 < sorted.Length && sorted[last + 1] == sorted[last] + 1)
            {
                last++;
            }

            if (shown++ == MostRanges)
            {
                yield return "…";
                yield break;
            }

            yield return last == i ? sorted[i].ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{sorted[i]}-{sorted[last]}");
            i = last + 1;
        }
    }

    private static bool Moves(PointSide side) => side.Count > 0 && side.Least != side.Most;

    private static Cell By(IEnumerable<KeyValuePair<PointKey, IcsPoint>> points) => Cell.List(points.Select(p => p.Key.Pair.From).Distinct().Order().Select(a => a.ToString()));

    private void Values(string id, string title, KeyValuePair<PointKey, IcsPoint>[] points, Func<IcsPoint, PointSide> of)
    {
        Table table = section.Table(
            id, title, new("server", "server", CellKind.Address), new("station", dialect.StationWord, CellKind.Code), PointTable, new("address", "address", CellKind.Code),
            new("client", "master", CellKind.Address), new("count", "times", CellKind.Integer), new("changes", "changes", CellKind.Integer), new("first", "first"), new("last", "last"),
            new("least", "least"), new("most", "most"), new("frame", "frame", CellKind.Frames));
        table.Total = points.Length;
        foreach ((PointKey key, IcsPoint point) in points.OrderByDescending(p => of(p.Value).Changes).ThenBy(p => p.Key).Take(table.Room))
        {
            PointSide side = of(point);
            table.Row(
                key.Pair.To, Cell.Code(key.Station), dialect.Table(key.Table), Cell.Code(key.Address), key.Pair.From, side.Count, side.Changes, dialect.Value(key.Table, side.First),
                dialect.Value(key.Table, side.Last), dialect.Value(key.Table, side.Least), dialect.Value(key.Table, side.Most), Cell.Frame(side.FirstFrame));
        }
    }
}
