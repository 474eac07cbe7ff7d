using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>Who changes the way of packets, or asks what it is.</summary>
internal static class RouterFindings
{
    /// <summary>Packets are sent another way.</summary>
    public static readonly FindingType Redirect = new("icmp.redirect", "ICMP redirect", Severity.Low, "T1557")
    {
        Unless = "the network has two routers on one link and the sender is one of them: compare its link address with the router's",
    };

    /// <summary>More than one host advertises itself as a router.</summary>
    public static readonly FindingType Routers = new("icmp.several-routers", "Several routers advertise themselves", Severity.Low, "T1557")
    {
        Unless = "the link has several routers on purpose; a rogue one came later, prefers itself, or withdraws the other",
    };

    /// <summary>Very many routers advertise themselves.</summary>
    public static readonly FindingType RouterFlood = new("icmp.router-flood", "Flood of router advertisements", Severity.High, "T1499.001")
    {
        Unless = "the capture holds many links without VLAN tags",
    };

    /// <summary>A host asks which way its packets go.</summary>
    public static readonly FindingType Traceroute = new("icmp.traceroute", "Traceroute", Severity.Info, "T1016")
    {
        Unless = "somebody tests a path",
    };

    private const int FloodRouters = 20;
    private const int TraceRouters = 3;
    private const int MinimumRedirects = 2;

    public static void Conclude(IcmpState state, Conclusions conclusions)
    {
        foreach ((PairKey key, RouterEvidence redirect) in state.Redirects.Entries)
        {
            // From afar it is a misled router, or an echo of an attack; from inside it can put a host in between.
            if (redirect.Frames.Total >= MinimumRedirects)
            {
                conclusions.Add(new Finding
                {
                    Type = Redirect,
                    Subject = $"{key.From} names {key.To}",
                    Summary = $"{Units.Count(redirect.Frames.Total, "redirect")} tell {Units.Count(redirect.Receivers.Distinct, "host")} to use {key.To}",
                    Source = key.From,
                    Destination = key.To,
                    Raised = key.From.IsInternal ? Severity.Medium : null,
                    Confidence = 60,
                    Count = redirect.Frames.Total,
                    Measures = [new("redirects", redirect.Frames.Total, MinimumRedirects), new("hosts", redirect.Receivers.Distinct)],
                    DisplayFilter = Filter.From(key.From).And("icmp.type == 5 || icmpv6.type == 137"),
                }.WithEvidence(redirect.Frames).During(redirect.Extent));
            }
        }

        foreach (IGrouping<long, KeyValuePair<Key2<NumberKey, AddressKey>, RouterEvidence>> link in state.Routers.Entries.GroupBy(r => r.Key.First.Value))
        {
            foreach (IGrouping<bool, KeyValuePair<Key2<NumberKey, AddressKey>, RouterEvidence>> version in link.GroupBy(r => r.Key.Second.Address.IsIPv4))
            {
                ConcludeRouters(link.Key, [.. version.OrderBy(r => r.Value.Extent.First).ThenBy(r => r.Key)], conclusions);
            }
        }

        foreach ((PairKey key, TraceEvidence trace) in state.Traces.Entries)
        {
            if (trace.Routers.Distinct >= TraceRouters)
            {
                conclusions.Add(new Finding
                {
                    Type = Traceroute,
                    Subject = key.ToString(),
                    Summary = $"{Units.Count(trace.Routers.Distinct, "router")} told {key.From} that its packets to {key.To} lived too short: it asked for the path",
                    Source = key.From,
                    Destination = key.To,
                    Confidence = 85,
                    Count = trace.Frames.Total,
                    Measures = [new("routers", trace.Routers.Distinct, TraceRouters)],
                    DisplayFilter = Filter.All.To(key.From).And("icmp.type == 11 || icmpv6.type == 3"),
                }.WithEvidence(trace.Frames).During(trace.Extent));
            }
        }
    }

    private static void ConcludeRouters(long vlan, List<KeyValuePair<Key2<NumberKey, AddressKey>, RouterEvidence>> routers, Conclusions conclusions)
    {
        if (routers.Count < 2)
        {
            return;
        }

        var frames = new FrameSample();
        var extent = new Extent();
        routers.ForEach(r => frames.Merge(r.Value.Frames));
        routers.ForEach(r => extent.Merge(r.Value.Extent));
        bool isFlood = routers.Count >= FloodRouters;
        bool isPushing = routers.Skip(1).Any(r => r.Value.HighPreference.Value > 0)
            || routers.Exists(r => r.Value.ShortestLifetime is { HasValue: true, Value: 0 } && r.Value.LongestLifetime.Value > 0);
        string where = vlan > 0 ? $"VLAN {vlan}" : "one link";
        conclusions.Add(new Finding
        {
            Type = isFlood ? RouterFlood : Routers,
            Subject = where,
            Summary = $"{Units.Count(routers.Count, "host")} advertise themselves as routers: {string.Join(", ", routers.Take(4).Select(r => r.Key.Second.ToString()))}"
                + (isPushing && !isFlood ? "; a later one asks to be preferred, or one is withdrawn" : ""),
            Raised = isPushing && !isFlood ? Severity.Medium : null,
            Confidence = isFlood ? 90 : isPushing ? 75 : 50,
            Count = frames.Total,
            Measures = [new("routers", routers.Count, isFlood ? FloodRouters : 2), new("high_preference", routers.Sum(r => r.Value.HighPreference.Value))],
            DisplayFilter = Filter.Where("icmpv6.type == 134 || icmp.type == 9"),
        }.WithEvidence(frames).During(extent));
    }
}
