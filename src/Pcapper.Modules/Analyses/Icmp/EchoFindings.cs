using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>Echo messages that are not for testing a path.</summary>
internal static class EchoFindings
{
    /// <summary>Echo messages carry data.</summary>
    public static readonly FindingType Tunnel = new("icmp.tunnel", "ICMP tunnel", Severity.High, "T1095", "T1572", "T1048.003")
    {
        Suspect = Suspect.Destination,
        Unless = "a monitoring program writes its own data into echo requests, or a broken device changes the replies: look at the bytes",
    };

    /// <summary>A host asks many others for an echo.</summary>
    public static readonly FindingType Sweep = new("icmp.sweep", "Ping sweep", Severity.Medium, "T1018", "T1595.001")
    {
        Unless = "a monitoring or inventory system does its work: then it does so again and again, and on purpose",
    };

    /// <summary>A host gets more ICMP than tests would send.</summary>
    public static readonly FindingType Flood = new("icmp.flood", "ICMP flood", Severity.High, "T1498.001")
    {
        Unless = "somebody tests the throughput of a path with a flood ping",
    };

    /// <summary>Echo requests to broadcast addresses, or the replies of many hosts that were not asked.</summary>
    public static readonly FindingType Smurf = new("icmp.smurf", "Broadcast ping", Severity.Medium, "T1498.002")
    {
        Unless = "the requests were not captured, or an administrator looks who is there",
    };

    private const int SweepTargets = 25;
    private const int SweepPerTarget = 10;
    private const int MinimumDifferent = 3;
    private const int MinimumReused = 3;
    private const int MinimumTunnelBytes = 64;
    private const int VariableSizes = 200;
    private const int VariableMessages = 20;
    private const int FloodMessages = 1000;
    private const long FloodPerSecond = 250;
    private const int SmurfRequests = 20;
    private const int SmurfResponders = 10;

    public static void Conclude(IcmpState state, Conclusions conclusions)
    {
        foreach ((Key2<PairKey, NumberKey> key, EchoSession session) in state.Sessions.Entries)
        {
            ConcludeSession(key, session, conclusions);
        }

        foreach ((AddressKey source, EchoTargets targets) in state.Pingers.Entries)
        {
            long hosts = targets.Hosts.Estimate;
            if (hosts >= SweepTargets && targets.Frames.Total <= hosts * SweepPerTarget)
            {
                conclusions.Add(new Finding
                {
                    Type = Sweep,
                    Subject = source.ToString(),
                    Summary = $"asked {Units.Count(hosts, "host")} for an echo in {Units.Duration(targets.Extent.Duration)}, {Units.Count(targets.Frames.Total, "request")}",
                    Source = source.Address,
                    Confidence = 85,
                    Count = targets.Frames.Total,
                    Measures = [new("hosts", hosts, SweepTargets), new("requests_per_host", Math.Round((double)targets.Frames.Total / hosts, 1), SweepPerTarget)],
                    DisplayFilter = Filter.From(source.Address).And("icmp.type == 8 || icmpv6.type == 128"),
                }.WithEvidence(targets.Frames).During(targets.Extent));
            }
        }

        foreach ((AddressKey target, IcmpTarget messages) in state.Targets.Entries)
        {
            ConcludeFlood(target.Address, messages, conclusions);
        }

        ConcludeSmurf(state, conclusions);
    }

    private static void ConcludeSession(Key2<PairKey, NumberKey> key, EchoSession session, Conclusions conclusions)
    {
        var pairs = new EchoPairs(session);
        long largest = session.Longest.Value;
        bool isMarked = session.Totals[EchoSession.Marked] >= 2;
        bool isDifferent = pairs.Different.Count >= MinimumDifferent && pairs.Different.Count * 2 >= pairs.Paired && largest >= MinimumTunnelBytes;
        bool isReused = pairs.Reused >= MinimumReused && largest >= MinimumTunnelBytes;
        long messages = session.Totals[EchoSession.Requests] + session.Totals[EchoSession.Replies];

        // Sizes that jump about while replies come unasked: the two directions are used on their own.
        bool isVariable = messages >= VariableMessages && largest - session.Shortest.Value >= VariableSizes
            && session.Totals[EchoSession.Replies] > session.Totals[EchoSession.Requests] * 3 / 2 && session.Totals[EchoSession.Requests] > 0;
        if (!isMarked && !isDifferent && !isReused && !isVariable)
        {
            return;
        }

        string why = isMarked ? "the header of ptunnel"
            : isDifferent ? $"{Units.Count(pairs.Different.Count)} of {Units.Count(pairs.Paired, "reply", "replies")} looked at do not repeat their request, as every system does"
            : isReused ? $"one sequence number was used with {pairs.Reused} different payloads, where every program counts"
            : "sizes vary, and there are more replies than requests";
        List<FrameRef> frames = isDifferent ? pairs.Different : [.. session.Events.Keys.Select(e => e.Frame).Distinct()];
        conclusions.Add(new Finding
        {
            Type = Tunnel,
            Subject = $"{key.First} id {key.Second.Value}",
            Summary = $"{why}; {Units.Count(session.Totals[EchoSession.Requests], "request")} with {Units.Bytes(session.Totals[EchoSession.RequestBytes])}, "
                + $"{Units.Count(session.Totals[EchoSession.Replies], "reply", "replies")} with {Units.Bytes(session.Totals[EchoSession.ReplyBytes])}",
            Source = key.First.From,
            Destination = key.First.To,
            Confidence = isMarked ? 95 : isDifferent ? 85 : 70,
            Raised = isMarked || isDifferent ? null : Severity.Medium,
            Count = messages,
            First = session.Extent.First,
            Last = session.Extent.Last,
            Evidence = [.. frames.Take(Limits.EvidenceFrames)],
            EvidenceTotal = isDifferent ? frames.Count : messages,
            Measures =
            [
                new("different_replies", pairs.Different.Count, MinimumDifferent), new("pairs", pairs.Paired), new("payloads_per_sequence", pairs.Reused, MinimumReused),
                new("longest", largest, MinimumTunnelBytes, "bytes"), new("out", session.Totals[EchoSession.RequestBytes], null, "bytes"), new("back", session.Totals[EchoSession.ReplyBytes], null, "bytes"),
            ],
            DisplayFilter = Filter.Between(key.First.From, key.First.To).Number(key.First.From.IsIPv4 ? "icmp.ident" : "icmpv6.echo.identifier", key.Second.Value),
        });
    }

    private static void ConcludeFlood(IpAddress target, IcmpTarget messages, Conclusions conclusions)
    {
        if (messages.Frames.Total < FloodMessages || messages.Extent.Duration < 2 * Timestamp.PerSecond)
        {
            return;
        }

        // The two busiest buckets in a row: at least two seconds.
        ReadOnlySpan<long> amounts = messages.Rate.Amounts;
        long most = amounts.Length > 0 ? amounts[0] : 0;
        for (int i = 1; i < amounts.Length; i++)
        {
            most = Math.Max(most, amounts[i - 1] + amounts[i]);
        }

        long perSecond = most / (2 * messages.Rate.BucketSeconds);
        if (perSecond < FloodPerSecond)
        {
            return;
        }

        conclusions.Add(new Finding
        {
            Type = Flood,
            Subject = target.ToString(),
            Summary = $"{Units.Count(messages.Frames.Total, "message")} from {Units.Count(messages.Senders.Estimate, "host")}, {Units.Count(perSecond)} a second at the most, {Units.Bytes(messages.Bytes.Value)}",
            Destination = target,
            Confidence = 80,
            Count = messages.Frames.Total,
            Measures = [new("messages", messages.Frames.Total, FloodMessages), new("per_second", perSecond, FloodPerSecond), new("senders", messages.Senders.Estimate)],
            DisplayFilter = Filter.All.To(target).And("icmp || icmpv6"),
        }.WithEvidence(messages.Frames).During(messages.Extent));
    }

    private static void ConcludeSmurf(IcmpState state, Conclusions conclusions)
    {
        foreach ((PairKey pair, EchoTargets requests) in state.Broadcasts.Entries)
        {
            if (requests.Frames.Total >= SmurfRequests)
            {
                conclusions.Add(new Finding
                {
                    Type = Smurf,
                    Subject = pair.ToString(),
                    Summary = $"{Units.Count(requests.Frames.Total, "echo request")} to a broadcast address: every host there answers {pair.From}",
                    Source = pair.From,
                    Destination = pair.To,
                    Count = requests.Frames.Total,
                    Measures = [new("requests", requests.Frames.Total, SmurfRequests)],
                    DisplayFilter = Filter.From(pair.From).To(pair.To).And("icmp.type == 8"),
                }.WithEvidence(requests.Frames).During(requests.Extent));
            }
        }

        foreach (IGrouping<IpAddress, KeyValuePair<Key2<PairKey, NumberKey>, EchoSession>> victim in state.Sessions.Entries
            .Where(s => s.Value.Totals[EchoSession.Requests] == 0).GroupBy(s => s.Key.First.From))
        {
            int responders = victim.Select(s => s.Key.First.To).Distinct().Count();
            long replies = victim.Sum(s => s.Value.Totals[EchoSession.Replies]);
            if (responders < SmurfResponders || replies < SmurfRequests * 5)
            {
                continue;
            }

            var frames = new FrameSample();
            foreach (EchoEvent echo in victim.SelectMany(s => s.Value.Events.Keys))
            {
                frames.Add(echo.Frame);
            }

            conclusions.Add(new Finding
            {
                Type = Smurf,
                Subject = victim.Key.ToString(),
                Summary = $"{Units.Count(replies, "echo reply", "echo replies")} from {Units.Count(responders, "host")} that it did not ask: its address was forged",
                Destination = victim.Key,
                Raised = Severity.High,
                Confidence = 70,
                Count = replies,
                Measures = [new("responders", responders, SmurfResponders), new("replies", replies, SmurfRequests * 5)],
                DisplayFilter = Filter.All.To(victim.Key).And("icmp.type == 0 || icmpv6.type == 129"),
            }.WithEvidence(frames));
        }
    }
}
