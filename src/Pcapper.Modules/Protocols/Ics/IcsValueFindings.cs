using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>What is odd about values: commanded ones and measured ones.</summary>
/// <param name="state">What is known.</param>
/// <param name="dialect">The protocol.</param>
/// <param name="types">Its findings.</param>
/// <param name="conclusions">Where they go.</param>
/// <param name="suspects">Who commands for the first time, or is new.</param>
internal sealed class IcsValueFindings(IcsState state, IcsDialect dialect, IcsFindingTypes types, Conclusions conclusions, IReadOnlySet<PairKey> suspects)
{
    private const int MostNamed = 3;

    /// <summary>Concludes.</summary>
    public void Conclude()
    {
        foreach (IGrouping<PairKey, KeyValuePair<PointKey, IcsPoint>> points in state.Points.Entries.Where(p => p.Value.Written.Burst >= IcsLimits.BurstChanges).GroupBy(p => p.Key.Pair))
        {
            ConcludeBursts(points.Key, [.. points.OrderByDescending(p => p.Value.Written.Changes).ThenBy(p => p.Key)]);
        }

        foreach (IGrouping<PairKey, KeyValuePair<PollKey, IcsPoll>> polls in state.Polls.Entries.Where(p => dialect.Action(p.Key.Poll.Call) == IcsAction.Write).GroupBy(p => p.Key.Pair))
        {
            ConcludeSweep(polls.Key, [.. polls]);
        }

        foreach ((Key2<PointKey, NumberKey> key, IcsOddities odd) in state.Oddities.Entries)
        {
            ConcludeOddity(key.First, (IcsOddityKind)key.Second.Value, odd);
        }
    }

    // A controller that polls and writes all the time lets lamps blink and heartbeats beat: that is its trade.
    private void ConcludeBursts(PairKey pair, KeyValuePair<PointKey, IcsPoint>[] points)
    {
        if (state.Uses.Find(pair) is not { } use || (use.Reads.Total > 0 && !suspects.Contains(pair)))
        {
            return;
        }

        (PointKey worst, IcsPoint point) = points[0];
        conclusions.Add(new Finding
        {
            Type = types.BruteForce,
            Subject = pair.ToString(),
            Summary = $"{string.Join(", ", points.Take(MostNamed).Select(p => Name(p.Key)))}{(points.Length > MostNamed ? $" and {Units.Count(points.Length - MostNamed)} more" : "")} "
                + $"written {Units.Count(points.Sum(p => p.Value.Written.Count), "time")} with {Units.Count(points.Sum(p => p.Value.Written.Changes), "change")}, "
                + $"{IcsLimits.BurstChanges} of one point within {Units.Duration(IcsLimits.BurstWindow)} ({dialect.Value(worst.Table, point.Written.Least)} to {dialect.Value(worst.Table, point.Written.Most)})",
            Source = pair.From,
            Destination = pair.To,
            Confidence = 70,
            Count = points.Sum(p => p.Value.Written.Changes),
            Measures = [new("changes a minute", point.Written.Burst, IcsLimits.BurstChanges)],
            First = point.Written.FirstTime,
            Last = point.Written.LastTime,
            DisplayFilter = IcsFindings.Select(pair, dialect.FilterName, use.Commands, use),
        }.WithEvidence(use.Commands));
    }

    private void ConcludeSweep(PairKey pair, KeyValuePair<PollKey, IcsPoll>[] writes)
    {
        long once = writes.LongCount(w => w.Value.Requests.Value <= 2);
        if (once < conclusions.Value(types.SweptPoints) || once * 2 < writes.Length || state.Uses.Find(pair) is not { } use)
        {
            return;
        }

        conclusions.Add(new Finding
        {
            Type = types.Sweep,
            Subject = pair.ToString(),
            Summary = $"wrote at {Units.Count(once)} addresses ({dialect.Place(writes.MinBy(w => w.Key.Poll.Address).Key.Poll)} to {dialect.Place(writes.MaxBy(w => w.Key.Poll.Address).Key.Poll)}), once or twice at each",
            Source = pair.From,
            Destination = pair.To,
            Confidence = 60,
            Count = use.Commands.Total,
            Measures = [new("addresses", once, conclusions.Value(types.SweptPoints))],
            DisplayFilter = IcsFindings.Select(pair, dialect.FilterName, use.Commands, use),
        }.WithEvidence(use.Commands).During(use.CommandTimes));
    }

    private void ConcludeOddity(PointKey point, IcsOddityKind kind, IcsOddities odd)
    {
        PairKey pair = point.Pair;
        conclusions.Add(new Finding
        {
            Type = kind switch
            {
                IcsOddityKind.Jump => types.Jump,
                IcsOddityKind.Frozen => types.Frozen,
                _ => types.Replayed,
            },
            Subject = $"{pair.To} {Name(point)}",
            Summary = $"read by {pair.From}: {string.Join("; ", odd.Texts.Values)}",
            Source = pair.To,
            Destination = pair.From,
            Confidence = 50,
            Count = odd.Frames.Total,
            DisplayFilter = IcsFindings.Select(new PairKey(pair.To, pair.From), dialect.FilterName, odd.Frames, state.Uses.Find(pair)),
        }.WithEvidence(odd.Frames).During(odd.Times));
    }

    private string Name(PointKey point) => $"{dialect.StationWord} {point.Station} {dialect.Table(point.Table)} {point.Address}";
}
