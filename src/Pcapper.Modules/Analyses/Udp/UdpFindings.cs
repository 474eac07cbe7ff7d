using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Udp;

/// <summary>Amplification and scans.</summary>
internal static class UdpFindings
{
    /// <summary>Servers are made to flood a third host.</summary>
    public static readonly FindingType Amplification = new("udp.amplification", "UDP amplification", Severity.High, "T1498.002")
    {
        Suspect = Suspect.Neither,
        Unless = "the host itself asks for much, as a management station that walks SNMP tables does: then it uses the answers, and there are few servers",
    };

    /// <summary>Many ports of one host.</summary>
    public static readonly FindingType PortScan = new("udp.port-scan", "UDP port scan", Severity.Medium, "T1046")
    {
        RestsOnAbsence = true,
        Unless = "an inventory or vulnerability scanner of your own, or a capture of one direction only",
    };

    /// <summary>One port of many hosts.</summary>
    public static readonly FindingType HostSweep = new("udp.host-sweep", "UDP sweep for a service", Severity.Medium, "T1046", "T1018")
    {
        RestsOnAbsence = true,
        Unless = "a peer-to-peer program or a game looks for others, or a monitoring system does its work",
    };

    private const int MinimumAnswers = 50;
    private const long MinimumBytes = 10_000;
    private const int MinimumFactor = 5;
    private const int ManyServers = 5;
    private const int ScanPorts = 20;
    private const int SweepHosts = 25;
    private const int FailedOfFive = 4;

    public static void Conclude(UdpState state, Conclusions conclusions)
    {
        foreach ((Key2<AddressKey, NumberKey> key, ReflectorUse use) in state.Reflected.Entries)
        {
            ConcludeReflected(key.First.Address, (ushort)key.Second.Value, use, conclusions);
        }

        var scanners = new HashSet<IpAddress>();
        foreach ((PairKey key, UdpProbes probes) in state.Vertical.Entries)
        {
            long failed = Math.Max(probes.Peers, probes.Closed);
            if (failed >= ScanPorts && AnsweredBy(state, key) is long answered && IsMostlyFailing(failed, answered))
            {
                scanners.Add(key.From);
                conclusions.Add(new Finding
                {
                    Type = PortScan,
                    Subject = key.ToString(),
                    Summary = $"{Units.Count(failed, "port")} tried in {Units.Duration(probes.Duration)}: {Units.Count(probes.Closed)} said to be closed, {Units.Count(answered)} answered",
                    Source = key.From,
                    Destination = key.To,
                    Confidence = probes.Closed * 2 >= failed ? 90 : 75,
                    Count = failed,
                    Measures = [new("ports", failed, ScanPorts), new("closed", probes.Closed), new("answered", answered)],
                    DisplayFilter = Filter.From(key.From).To(key.To).And("udp"),
                }.WithEvidence(probes.Frames).During(probes));
            }
        }

        foreach ((Key2<AddressKey, NumberKey> key, UdpProbes probes) in state.Horizontal.Entries)
        {
            long failed = probes.Peers;
            if (failed < SweepHosts || AnsweredBy(state, key) is not long answered || !IsMostlyFailing(failed, answered) || scanners.Contains(key.First.Address))
            {
                continue;
            }

            var port = (ushort)key.Second.Value;
            conclusions.Add(new Finding
            {
                Type = HostSweep,
                Subject = $"{key.First} port {port}",
                Summary = $"{Units.Count(failed, "host")} did not answer on port {port}{(Reflectors.Of(port) is string name ? $" ({name})" : "")}, {Units.Count(answered)} did, in {Units.Duration(probes.Duration)}",
                Source = key.First.Address,
                Port = port,
                Confidence = 75,
                Count = probes.FrameCount,
                Measures = [new("hosts", failed, SweepHosts), new("answered", answered)],
                DisplayFilter = Filter.From(key.First.Address).ToPort(IpProtocol.Udp, port),
            }.WithEvidence(probes.Frames).During(probes));
        }
    }

    // A host that was only said to have closed ports has no flows of its own here. Null: the pair is not in the sample, so nothing is known.
    private static long? AnsweredBy(UdpState state, PairKey pair)
        => state.Pairs.Find(pair) is { } flows ? flows[UdpCounts.Flows] - flows[UdpCounts.Unanswered] : state.Pairs.IsComplete ? 0 : null;

    private static long? AnsweredBy(UdpState state, Key2<AddressKey, NumberKey> key)
        => state.Answered.Find(key) is { } flows ? flows.Value : state.Answered.IsComplete ? 0 : null;

    private static bool IsMostlyFailing(long failed, long answered) => failed * 5 >= (failed + answered) * FailedOfFive;

    private static void ConcludeReflected(IpAddress receiver, ushort port, ReflectorUse use, Conclusions conclusions)
    {
        long answers = use.Totals[UdpCounts.PacketsBack];
        long bytes = use.Totals[UdpCounts.BytesBack];
        long asked = use.Totals[UdpCounts.BytesOut];
        bool isUnasked = use.Totals[UdpCounts.Unanswered] * 2 > use.Totals[UdpCounts.Flows];
        bool hasManyServers = use.Servers.Estimate >= ManyServers;
        if (answers < MinimumAnswers || bytes < MinimumBytes || bytes < MinimumFactor * asked || (isUnasked && !hasManyServers))
        {
            return;
        }

        string protocol = Reflectors.Of(port) ?? "udp";
        string factor = asked == 0 ? "nobody asked for them" : $"{Units.Number(Math.Round((double)bytes / asked, 1))} times the {Units.Bytes(asked)} that asked for them";
        conclusions.Add(new Finding
        {
            Type = Amplification,
            Subject = $"{receiver} {protocol}",
            Summary = $"{Units.Count(answers, "answer")} of {Units.Bytes(bytes)} from {Units.Count(use.Servers.Estimate, "server")} ({protocol}), {factor}",
            Destination = receiver,
            Port = port,

            // From one or two servers it may as well be a client that asks for much.
            Raised = hasManyServers ? null : Severity.Low,
            Confidence = isUnasked ? 85 : hasManyServers ? 80 : 50,
            Count = answers,
            Measures =
            [
                new("answers", answers, MinimumAnswers), new("answered", bytes, MinimumBytes, "bytes"), new("asked", asked, null, "bytes"), new("servers", use.Servers.Estimate, ManyServers),
            ],
            DisplayFilter = Filter.Address(receiver).Port(IpProtocol.Udp, port),
        }.WithEvidence(use.Frames).During(use.Extent));
    }
}
