using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>What is asked of devices: commands that are worth saying each time, surveys and searches, refusals.</summary>
internal sealed class IcsCallFindings(IcsState state, IcsDialect dialect, IcsFindingTypes types, Conclusions conclusions)
{
    private const int MostNamed = 5;

    private readonly ILookup<PairKey, KeyValuePair<CallKey, IcsCall>> _calls = state.Calls.Entries.ToLookup(c => c.Key.Pair);

    /// <summary>Concludes.</summary>
    public void Conclude()
    {
        foreach (IGrouping<PairKey, KeyValuePair<CallKey, IcsCall>> calls in _calls)
        {
            foreach (IGrouping<IcsAction, KeyValuePair<CallKey, IcsCall>> action in calls.Where(c => c.Value.Requests.Total > 0).GroupBy(c => dialect.Action(c.Key.Call)).OrderBy(a => a.Key))
            {
                if (types.Of(action.Key) is { } type && (action.Key != IcsAction.DisableReports || StaysSilent(calls)))
                {
                    ConcludeAction(calls.Key, type, [.. action]);
                }
            }

            ConcludeBroadcast(calls.Key, [.. calls.Where(c => c.Value.Broadcasts.Total > 0)]);
            ConcludeSurvey(calls.Key, [.. calls]);
            ConcludeRefusals(calls.Key, [.. calls]);
        }

        ConcludeServers();
        ConcludeFaults(state.WrongChecksums, types.WrongChecksums);
        ConcludeFaults(state.Broken, types.Malformed);
    }

    // Masters disable reports when they connect, and enable them once they know the state of everything.
    private bool StaysSilent(IEnumerable<KeyValuePair<CallKey, IcsCall>> calls)
    {
        Timestamp disabled = Last(calls, IcsAction.DisableReports) ?? default;
        Timestamp last = calls.Where(c => !c.Value.Times.IsEmpty).Max(c => c.Value.Times.Last);
        return (Last(calls, IcsAction.EnableReports) is not { } enabled || enabled - disabled < 0) && last - disabled >= conclusions.Value(types.Learning) * Timestamp.PerSecond;
    }

    private Timestamp? Last(IEnumerable<KeyValuePair<CallKey, IcsCall>> calls, IcsAction action)
    {
        Timestamp[] times = [.. calls.Where(c => dialect.Action(c.Key.Call) == action && !c.Value.Times.IsEmpty).Select(c => c.Value.Times.Last)];
        return times.Length == 0 ? null : times.Max();
    }

    private void ConcludeAction(PairKey pair, FindingType type, KeyValuePair<CallKey, IcsCall>[] calls)
    {
        var frames = new FrameSample();
        var times = new Extent();
        long refused = 0;
        long answered = 0;
        foreach ((_, IcsCall call) in calls)
        {
            frames.Merge(call.Requests);
            times.Merge(call.Times);
            refused += call.Refused.Total;
            answered += call.Answers.Value;
        }

        string names = string.Join(", ", calls.Select(c => dialect.Name(c.Key.Call)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostNamed));
        bool failed = refused > 0 && refused == answered;
        conclusions.Add(new Finding
        {
            Type = type,
            Raised = failed && type.Severity > Severity.Low ? type.Severity - 1 : null,
            Subject = pair.ToString(),
            Summary = $"{Units.Count(frames.Total, "request")} ({names}) to {Stations(calls.Select(c => c.Key.Station))}; "
                + (answered == 0 ? "no answer was seen" : failed ? "all answers refuse" : $"{Units.Count(answered - refused)} done, {Units.Count(refused)} refused"),
            Source = pair.From,
            Destination = pair.To,
            Confidence = failed ? 70 : 90,
            Count = frames.Total,
            DisplayFilter = Select(pair, Either(calls.Select(c => dialect.CallFilter(c.Key.Call))), frames),
        }.WithEvidence(frames).During(times));
    }

    private void ConcludeBroadcast(PairKey pair, KeyValuePair<CallKey, IcsCall>[] calls)
    {
        // What is answered was not for everybody; where the server was not captured, nothing can be said of answers.
        calls = [.. calls.Where(c => c.Value.Answers.Value == 0)];
        if (calls.Length == 0 || (state.Heard.Find(new PairKey(pair.To, pair.From))?.Value ?? 0) == 0)
        {
            return;
        }

        var frames = new FrameSample();
        var times = new Extent();
        foreach ((_, IcsCall call) in calls)
        {
            frames.Merge(call.Broadcasts);
            times.Merge(call.Times);
        }

        conclusions.Add(new Finding
        {
            Type = types.Broadcast,
            Subject = pair.ToString(),
            Summary = $"{Units.Count(frames.Total, "command")} to {Stations(calls.Select(c => c.Key.Station))}, which nobody answers: {string.Join(", ", calls.Select(c => dialect.Name(c.Key.Call)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}",
            Source = pair.From,
            Destination = pair.To,
            Confidence = 80,
            Count = frames.Total,
            DisplayFilter = Select(pair, Either(calls.Select(c => dialect.StationFilter(c.Key.Station))), frames),
        }.WithEvidence(frames).During(times));
    }

    private void ConcludeSurvey(PairKey pair, KeyValuePair<CallKey, IcsCall>[] calls)
    {
        if (state.Uses.Find(pair) is not { } use)
        {
            return;
        }

        calls = [.. calls.Where(c => c.Value.Requests.Total > 0)];
        int functions = calls.Select(c => dialect.Function(c.Key.Call)).Distinct().Count();
        long stations = use.Stations.Distinct;
        bool heard = (state.Heard.Find(new PairKey(pair.To, pair.From))?.Value ?? 0) > 0;
        long fruitless = Math.Max(0, use.Requests.Value - use.Answers.Value) + use.Refused.Value;
        string? what = functions >= conclusions.Value(types.TriedFunctions)
            ? $"{Units.Count(functions)} functions tried on {Stations(calls.Select(c => c.Key.Station))}"
            : stations >= conclusions.Value(types.SurveyedStations) && use.Requests.Value <= stations * conclusions.Value(types.SurveyRequests) && heard && fruitless * 2 >= use.Requests.Value
            ? $"{Units.Count(stations)} {dialect.StationWord}s asked with {Units.Count(use.Requests.Value, "request")}, of which {Units.Count(fruitless)} were refused or not answered"
            : null;
        if (what is null)
        {
            return;
        }

        FrameSample frames = Frames(calls);
        conclusions.Add(new Finding
        {
            Type = types.Survey,
            Subject = pair.ToString(),
            Summary = what,
            Source = pair.From,
            Destination = pair.To,
            Confidence = 70,
            Count = use.Requests.Value,
            Measures = [new("functions", functions, conclusions.Value(types.TriedFunctions)), new($"{dialect.StationWord}s", stations, conclusions.Value(types.SurveyedStations))],
            DisplayFilter = Select(pair, dialect.FilterName, frames),
        }.WithEvidence(frames).During(use.All));
    }

    private void ConcludeServers()
    {
        foreach (IGrouping<IpAddress, KeyValuePair<CallKey, IcsCall>> client in state.Calls.Entries
            .Where(c => dialect.Action(c.Key.Call) == IcsAction.Identify && c.Value.Requests.Total > 0).GroupBy(c => c.Key.Pair.From))
        {
            // One that asks again and again what a device is watches it.
            KeyValuePair<CallKey, IcsCall>[] calls = [.. client.Where(c => c.Value.Requests.Total <= conclusions.Value(types.SurveyRequests) * 2)];
            int servers = calls.Select(c => c.Key.Pair.To).Distinct().Count();
            int stations = calls.Select(c => (c.Key.Pair.To, c.Key.Station)).Distinct().Count();
            if (servers < conclusions.Value(types.SurveyedServers) && stations < conclusions.Value(types.SurveyedStations))
            {
                continue;
            }

            FrameSample frames = Frames(calls);
            var times = new Extent();
            foreach ((_, IcsCall call) in calls)
            {
                times.Merge(call.Times);
            }

            bool isUsual = calls.All(c => state.Uses.Find(c.Key.Pair) is { Unusual.Value: 0 });
            Filter filter = Filter.From(client.Key).And(Either(calls.Select(c => dialect.CallFilter(c.Key.Call))));
            conclusions.Add(new Finding
            {
                Type = types.Survey,
                Subject = $"{client.Key} > {Units.Count(servers, "server")}",
                Summary = $"asked {Units.Count(stations, dialect.StationWord)} of {Units.Count(servers, "server")} what they are",
                Source = client.Key,
                Confidence = 80,
                Count = frames.Total,
                Measures = [new("servers", servers, conclusions.Value(types.SurveyedServers)), new($"{dialect.StationWord}s", stations, conclusions.Value(types.SurveyedStations))],
                DisplayFilter = isUsual ? filter : Filter.Any(filter, Filter.Frames(frames)),
            }.WithEvidence(frames).During(times));
        }
    }

    private void ConcludeRefusals(PairKey pair, KeyValuePair<CallKey, IcsCall>[] calls)
    {
        if (state.Uses.Find(pair) is not { } use || use.Requests.Value == 0)
        {
            return;
        }

        var answers = new PairKey(pair.To, pair.From);
        KeyValuePair<CallKey, IcsCall>[] unknown = [.. calls.Where(c => Enumerable.Range(0, 64).Any(r => c.Value.Refusals[r] && dialect.IsUnknown(r)))];
        long places = unknown.Sum(c => (long)c.Value.RefusedPlaces.Count);
        long refused = unknown.Sum(c => c.Value.Refused.Total);
        if (places >= conclusions.Value(types.RefusedPlaces) && refused * 100 >= use.Requests.Value * conclusions.Value(types.RefusedPercent))
        {
            FrameSample frames = Frames(unknown, c => c.Refused);
            conclusions.Add(new Finding
            {
                Type = types.PointSearch,
                Subject = pair.ToString(),
                Summary = $"{Units.Count(refused)} of {Units.Count(use.Requests.Value, "request")} refused, for {Units.Count(places)} different addresses",
                Source = pair.From,
                Destination = pair.To,
                Confidence = 80,
                Count = refused,
                Measures = [new("addresses", places, conclusions.Value(types.RefusedPlaces)), new("refused", 100.0 * refused / use.Requests.Value, conclusions.Value(types.RefusedPercent), "%")],
                DisplayFilter = Select(answers, dialect.RefusalFilter, frames),
            }.WithEvidence(frames).During(use.All));
        }

        long failures = calls.Sum(c => c.Value.Failures.Value);
        if (failures >= conclusions.Value(types.Failures) && failures * 2 >= use.Requests.Value)
        {
            FrameSample frames = Frames([.. calls.Where(c => c.Value.Failures.Value > 0)], c => c.Refused);
            conclusions.Add(new Finding
            {
                Type = types.Failing,
                Subject = pair.ToString(),
                Summary = $"{Units.Count(failures)} of {Units.Count(use.Requests.Value, "request")} answered with failure or busy",
                Source = pair.From,
                Destination = pair.To,
                Confidence = 70,
                Count = failures,
                Measures = [new("failures", failures, conclusions.Value(types.Failures))],
                DisplayFilter = Select(answers, dialect.RefusalFilter, frames),
            }.WithEvidence(frames).During(use.All));
        }
    }

    private void ConcludeFaults(PartMap<PairKey, IcsOddities> faults, FindingType type)
    {
        long least = conclusions.Value(types.FaultyMessages);
        foreach ((PairKey pair, IcsOddities fault) in faults.Entries.Where(f => f.Value.Frames.Total >= least))
        {
            conclusions.Add(new Finding
            {
                Type = type,
                Subject = pair.ToString(),
                Summary = $"{Units.Count(fault.Frames.Total, "message")}: {string.Join(", ", fault.Texts.Values)}",
                Source = pair.From,
                Destination = pair.To,
                Confidence = 70,
                Count = fault.Frames.Total,
                Measures = [new("messages", fault.Frames.Total, least)],
                DisplayFilter = Filter.From(pair.From).To(pair.To).And(Filter.Frames(fault.Frames)),
            }.WithEvidence(fault.Frames).During(fault.Times));
        }
    }

    private static FrameSample Frames(IEnumerable<KeyValuePair<CallKey, IcsCall>> calls, Func<IcsCall, FrameSample>? of = null)
    {
        var frames = new FrameSample();
        foreach ((_, IcsCall call) in calls)
        {
            frames.Merge(of is null ? call.Requests : of(call));
        }

        return frames;
    }

    private Filter Select(PairKey pair, string expression, FrameSample frames)
        => IcsFindings.Select(pair, expression, frames, state.Uses.Find(pair) ?? state.Uses.Find(new PairKey(pair.To, pair.From)));

    private string Stations(IEnumerable<long> stations)
    {
        long[] all = [.. stations.Distinct().Order()];
        return all.Length == 1 ? $"{dialect.StationWord} {all[0]}"
            : $"{dialect.StationWord}s {string.Join(", ", all.Take(MostNamed))}{(all.Length > MostNamed ? $" and {Units.Count(all.Length - MostNamed)} more" : "")}";
    }

    private static string Either(IEnumerable<string> expressions) => string.Join(" || ", expressions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
