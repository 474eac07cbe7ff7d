using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>Who commands what, and whether it is new. One object concludes once.</summary>
internal sealed class IcsFindings(IcsState state, IcsDialect dialect, IcsFindingTypes types, Conclusions conclusions)
{
    private readonly IReadOnlyList<KeyValuePair<PairKey, IcsUse>> _uses = state.Uses.Entries;
    private readonly HashSet<PairKey> _suspects = [];

    /// <summary>Concludes.</summary>
    public void Conclude()
    {
        ILookup<IpAddress, KeyValuePair<PairKey, IcsUse>> byServer = _uses.ToLookup(u => u.Key.To);
        foreach ((PairKey pair, IcsUse use) in _uses)
        {
            // Of two findings about the same commands the stronger one is enough.
            _ = ConcludeNew(pair, use, byServer[pair.To]) || ConcludeFirst(pair, use);
            ConcludeAddress(pair, use);
            ConcludeFlood(pair, use);
            ConcludePivot(pair, use);
        }

        new IcsCallFindings(state, dialect, types, conclusions).Conclude();
        new IcsValueFindings(state, dialect, types, conclusions, _suspects).Conclude();
    }

    /// <summary>Gets the filter of what one sends the other; if Wireshark does not dissect it by itself, the frames as well.</summary>
    /// <param name="pair">From whom to whom.</param>
    /// <param name="expression">What to select of it.</param>
    /// <param name="frames">What it must select.</param>
    /// <param name="use">What they do.</param>
    internal static Filter Select(PairKey pair, string expression, FrameSample frames, IcsUse? use)
    {
        Filter dissected = Filter.From(pair.From).To(pair.To).And(expression);
        return use is null or { Unusual.Value: 0 } ? dissected : Filter.Any(dissected, Filter.Frames(frames));
    }

    private bool ConcludeNew(PairKey pair, IcsUse use, IEnumerable<KeyValuePair<PairKey, IcsUse>> ofServer)
    {
        bool commands = use.Commands.Total > 0;
        long learning = conclusions.Value(commands ? types.Learning : types.LearningReaders) * Timestamp.PerSecond;
        if (use.All.IsEmpty)
        {
            return false;
        }

        List<KeyValuePair<PairKey, IcsUse>> known =
            [.. ofServer.Where(o => o.Key != pair && !o.Value.All.IsEmpty && o.Value.Requests.Value >= conclusions.Value(types.LearntRequests) && use.All.First - o.Value.All.First >= learning)];
        if (known.Count == 0)
        {
            return false;
        }

        long since = known.Max(o => use.All.First - o.Value.All.First);
        FrameSample frames = commands ? use.Commands : use.Reads;
        if (frames.Total == 0)
        {
            return false;
        }

        if (commands)
        {
            _suspects.Add(pair);
        }

        conclusions.Add(new Finding
        {
            Type = types.NewMaster,
            Raised = commands ? null : Severity.Low,
            Subject = pair.ToString(),
            Summary = $"first seen {Units.Duration(since)} after {Named(known.Select(o => o.Key.From))}, and then "
                + (commands ? $"sent {Units.Count(use.Commands.Total, "command")} and {Units.Count(use.Reads.Total, "read")}" : $"sent {Units.Count(use.Reads.Total, "read")}, no commands"),
            Source = pair.From,
            Destination = pair.To,
            Confidence = commands ? 70 : 50,
            Count = frames.Total,
            Measures = [new("known before", since / (double)Timestamp.PerSecond, learning / (double)Timestamp.PerSecond, "s")],
            DisplayFilter = Select(pair, dialect.FilterName, frames, use),
        }.WithEvidence(frames).During(use.All));
        return true;
    }

    private bool ConcludeFirst(PairKey pair, IcsUse use)
    {
        if (use.Commands.Total == 0 || use.Reads.Total < conclusions.Value(types.LearntRequests))
        {
            return false;
        }

        long learnt = use.CommandTimes.First - use.ReadTimes.First;
        double readsBefore = use.Reads.Total * (learnt / (double)Math.Max(1, use.ReadTimes.Duration));
        if (learnt < conclusions.Value(types.Learning) * Timestamp.PerSecond || readsBefore < conclusions.Value(types.LearntRequests))
        {
            return false;
        }

        // Who writes every now and then does so late for the first time as well.
        long pause = Math.Max(use.CommandGap.Value, use.Commands.Total < 2 ? 0 : use.CommandTimes.Duration / (use.Commands.Total - 1));
        if (learnt <= 2 * pause)
        {
            return false;
        }

        _suspects.Add(pair);
        conclusions.Add(new Finding
        {
            Type = types.FirstCommand,
            Subject = pair.ToString(),
            Summary = $"only read for {Units.Duration(learnt)} (some {Units.Count((long)readsBefore)} times), then sent {Units.Count(use.Commands.Total, "command")}",
            Source = pair.From,
            Destination = pair.To,
            Confidence = 60,
            Count = use.Commands.Total,
            Measures = [new("only read for", learnt / (double)Timestamp.PerSecond, conclusions.Value(types.Learning), "s")],
            DisplayFilter = Select(pair, dialect.FilterName, use.Commands, use),
        }.WithEvidence(use.Commands).During(use.CommandTimes));
        return true;
    }

    private void ConcludeAddress(PairKey pair, IcsUse use)
    {
        if (use.All.IsEmpty || (!IsPublic(pair.From) && !IsPublic(pair.To)) || IsNear(pair.From, pair.To))
        {
            return;
        }

        FrameSample frames = use.Commands.Total > 0 ? use.Commands : use.Asked;

        conclusions.Add(new Finding
        {
            Type = types.Public,
            Subject = pair.ToString(),
            Summary = $"{Units.Count(use.Requests.Value, "request")} ({Units.Count(use.Commands.Total, "command")}) between {Where(pair.From)} and {Where(pair.To)}; {Units.Count(use.Answers.Value)} answered",
            Source = pair.From,
            Destination = pair.To,
            Confidence = 90,
            Count = use.Requests.Value,
            DisplayFilter = Select(pair, dialect.FilterName, frames, use),
        }.WithEvidence(frames).During(use.All));
    }

    private void ConcludeFlood(PairKey pair, IcsUse use)
    {
        // Where nothing of the server was captured, nothing says that it did not answer.
        long heard = state.Heard.Find(new PairKey(pair.To, pair.From))?.Value ?? 0;
        if (use.InFlight.Value < conclusions.Value(types.FloodInFlight) || heard == 0 || use.Answers.Value * 10 > use.Requests.Value)
        {
            return;
        }

        FrameSample frames = use.Asked;
        conclusions.Add(new Finding
        {
            Type = types.Flood,
            Subject = pair.ToString(),
            Summary = $"{Units.Count(use.Requests.Value, "request")} in {Units.Duration(use.All.Duration)}, {Units.Count(use.Answers.Value)} answered; up to {Units.Count(use.InFlight.Value)} at a time without an answer",
            Source = pair.From,
            Destination = pair.To,
            Confidence = 80,
            Count = use.Requests.Value,
            Measures = [new("in flight", use.InFlight.Value, conclusions.Value(types.FloodInFlight))],
            DisplayFilter = Select(pair, dialect.FilterName, frames, use),
        }.WithEvidence(frames).During(use.All));
    }

    private void ConcludePivot(PairKey pair, IcsUse use)
    {
        if (use.Commands.Total == 0 || state.Access.Find(pair.From) is not { } access || access.Times.First - use.CommandTimes.First >= 0)
        {
            return;
        }

        conclusions.Add(new Finding
        {
            Type = types.Pivot,
            Subject = pair.ToString(),
            Summary = $"{string.Join(", ", access.From.Keys)} came in by {string.Join(", ", access.Services.Values)}; the first of {Units.Count(use.Commands.Total, "command")} followed {Units.Duration(use.CommandTimes.First - access.Times.First)} later",
            Source = pair.From,
            Destination = pair.To,
            Confidence = 60,
            Count = use.Commands.Total,
            DisplayFilter = Filter.Any(Select(pair, dialect.FilterName, use.Commands, use), Filter.Frames(access.Frames)),
            Evidence = [.. access.Frames.ToList().Take(1), .. use.Commands.ToList().Take(Limits.EvidenceFrames - 1)],
            EvidenceTotal = access.Frames.Total + use.Commands.Total,
        }.During(use.CommandTimes));
    }

    private static string Named(IEnumerable<IpAddress> addresses)
    {
        string[] names = [.. addresses.Distinct().Order().Select(a => a.ToString())];
        return names.Length <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {Units.Count(names.Length - 3)} more";
    }

    private static bool IsPublic(IpAddress address) => address.Class == AddressClass.Public;

    private static string Where(IpAddress address) => IsPublic(address) ? $"{address} (public)" : address.ToString();

    // Plants number themselves with public addresses, too: then both are of the same network.
    private static bool IsNear(IpAddress one, IpAddress other)
        => one.IsIPv4 && other.IsIPv4 ? one.IPv4 >> 16 == other.IPv4 >> 16 : one.IsIPv4 == other.IsIPv4 && one.High >> 16 == other.High >> 16;
}
