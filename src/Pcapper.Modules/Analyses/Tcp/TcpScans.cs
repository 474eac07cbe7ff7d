using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Tcp;

/// <summary>Scans, told by what became of the attempts, not by how many packets there were.</summary>
internal static class TcpScans
{
    private static readonly Threshold s_ports = new("ports", 20, "ports of one host that refuse or keep silent, at least");
    private static readonly Threshold s_hosts = new("hosts", 25, "hosts that refuse one port or keep silent, at least");

    // Threshold random walk (Jung et al., IEEE S&P 2004): with 0.8 and 0.2 as odds of success, nine failures in a row tell a scanner at an error of 1e-5.
    private static readonly Threshold s_hostsWithoutSuccess = new("hosts-without-success", 9, "such hosts where the source reached nobody at all, at least");
    private static readonly Threshold s_failures = new("failures", 80, "of a hundred connections of the source, those that failed, at least");
    private static readonly Threshold s_block = new("block", 4, "scanned hosts that are told as one finding, at least", 2);

    /// <summary>Many ports of one host.</summary>
    public static readonly FindingType Vertical = new("tcp.port-scan", "Port scan", Severity.Medium, "T1046")
    {
        RestsOnAbsence = true,
        Unless = "an inventory or vulnerability scanner of your own: check its address",
        Certainty = "85; 90 for several hosts",
        Thresholds = [s_ports, s_failures, s_block],
    };

    /// <summary>One port of many hosts.</summary>
    public static readonly FindingType Horizontal = new("tcp.host-sweep", "Sweep for a service", Severity.Medium, "T1046", "T1018")
    {
        RestsOnAbsence = true,
        Unless = "a monitoring system, or a client whose servers have all gone",
        Certainty = "85; 70 if it rests on the smaller number of hosts",
        Thresholds = [s_hosts, s_hostsWithoutSuccess, s_failures],
    };

    /// <summary>How many kinds of scan are told apart.</summary>
    public const int Kinds = 6;

    private static readonly string[] s_kinds = ["SYN", "NULL", "FIN", "Xmas", "ACK", "Maimon"];

    /// <summary>Tells whether a flow is an attempt that failed, and by which kind of probe; -1 if it is not.</summary>
    public static int FailedKind(FlowEnded flow)
    {
        if (flow.ToResponder.Packets == 0 || flow.ToResponder.PayloadBytes > 0 || flow.ToOriginator.PayloadBytes > 0)
        {
            return -1;
        }

        bool isRefused = (flow.ResponderFlags & TcpFlags.Rst) != 0 && (flow.ResponderFlags & TcpFlags.Syn) == 0;
        bool isSilent = flow.ToOriginator.Packets == 0;
        if (!isRefused && !isSilent)
        {
            return -1;
        }

        return (flow.OriginatorFlags & ~(TcpFlags.Ece | TcpFlags.Cwr)) switch
        {
            TcpFlags.Syn or (TcpFlags.Syn | TcpFlags.Rst) => 0,
            TcpFlags.None => 1,
            TcpFlags.Fin => 2,
            TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg => 3,
            TcpFlags.Ack when isRefused && flow.ToResponder.Packets <= 2 => 4,
            TcpFlags.Fin | TcpFlags.Ack when isRefused && flow.ToResponder.Packets <= 2 => 5,
            _ => -1,
        };
    }

    /// <summary>Tells whether a flow shows a port to be open, and was not used for anything else.</summary>
    public static bool IsOpenOnly(FlowEnded flow)
        => (flow.ResponderFlags & TcpFlags.Syn) != 0 && flow.ToResponder.PayloadBytes == 0 && flow.ToOriginator.PayloadBytes == 0;

    public static void Conclude(TcpState state, Conclusions conclusions)
    {
        HashSet<IpAddress> blocks = [];
        foreach (IGrouping<IpAddress, KeyValuePair<PairKey, ScanEvidence>> source in state.Vertical.Entries
            .Where(v => v.Value.Peers >= conclusions.Value(s_ports) && IsMostlyFailing(state, v.Key.From, conclusions))
            .GroupBy(v => v.Key.From))
        {
            List<KeyValuePair<PairKey, ScanEvidence>> hosts = [.. source];
            if (hosts.Count >= conclusions.Value(s_block))
            {
                blocks.Add(source.Key);
                AddBlock(source.Key, hosts, conclusions);
                continue;
            }

            hosts.ForEach(host => AddVertical(host.Key, host.Value, conclusions));
        }

        foreach ((Key2<AddressKey, NumberKey> key, ScanEvidence evidence) in state.Horizontal.Entries)
        {
            IpAddress source = key.First.Address;
            long needed = state.Sources.Find(source) is { } outcomes && outcomes[0] == 0 ? conclusions.Value(s_hostsWithoutSuccess) : conclusions.Value(s_hosts);
            if (evidence.Peers >= needed && !blocks.Contains(source) && IsMostlyFailing(state, source, conclusions))
            {
                AddHorizontal(source, (int)key.Second.Value, evidence, needed, conclusions);
            }
        }

        conclusions.Add(new Signal("scans", conclusions.Findings.Count(f => f.Type == Vertical || f.Type == Horizontal), "--tcp"));
    }

    private static bool IsMostlyFailing(TcpState state, IpAddress source, Conclusions conclusions)
    {
        // A source that is not in the sample is not judged.
        return state.Sources.Find(source) is { } outcomes && outcomes[1] * 100 >= conclusions.Value(s_failures) * (outcomes[0] + outcomes[1]);
    }

    private static void AddVertical(PairKey pair, ScanEvidence evidence, Conclusions conclusions) => conclusions.Add(new Finding
    {
        Type = Vertical,
        Subject = $"{pair.From} > {pair.To}",
        Summary = $"{Number(evidence, "port")} refused or silent in {Units.Duration(evidence.Duration)} ({Kind(evidence)}){Opened(evidence, s => s.Port.ToString(CultureInfo.InvariantCulture))}",
        Source = pair.From,
        Destination = pair.To,
        Confidence = 85,
        Count = evidence.FrameCount,
        Raised = SeverityFor(pair.From),
        Measures = [new("ports", evidence.Peers, conclusions.Value(s_ports))],
        DisplayFilter = Filter.From(pair.From).To(pair.To).And("tcp"),
    }.WithEvidence(evidence.Frames).During(evidence));

    private static void AddBlock(IpAddress source, List<KeyValuePair<PairKey, ScanEvidence>> hosts, Conclusions conclusions)
    {
        ScanEvidence first = hosts.MinBy(h => h.Value.First).Value;
        conclusions.Add(new Finding
        {
            Type = Vertical,
            Subject = $"{source} > {hosts.Count} hosts",
            Summary = $"{conclusions.Value(s_ports)} ports or more refused or silent on each of {hosts.Count} hosts, {hosts.Max(h => h.Value.Peers)} at most ({Kind(first)})",
            Source = source,
            Confidence = 90,
            Count = hosts.Sum(h => h.Value.FrameCount),
            Raised = SeverityFor(source),
            Measures = [new("hosts", hosts.Count, conclusions.Value(s_block)), new("ports", hosts.Max(h => h.Value.Peers), conclusions.Value(s_ports))],
            DisplayFilter = Filter.From(source).And("tcp.flags.syn == 1 && tcp.flags.ack == 0"),
        }.WithEvidence(first.Frames).During(first));
    }

    private static void AddHorizontal(IpAddress source, int port, ScanEvidence evidence, long needed, Conclusions conclusions) => conclusions.Add(new Finding
    {
        Type = Horizontal,
        Subject = $"{source} > port {port}",
        Summary = $"{Number(evidence, "host")} refused or silent on port {port} in {Units.Duration(evidence.Duration)} ({Kind(evidence)}){Opened(evidence, s => s.Address.ToString())}",
        Source = source,
        Port = port,
        Confidence = needed == conclusions.Value(s_hosts) ? 85 : 70,
        Count = evidence.FrameCount,
        Raised = SeverityFor(source),
        Measures = [new("hosts", evidence.Peers, needed)],
        DisplayFilter = Filter.From(source).ToPort(IpProtocol.Tcp, port),
    }.WithEvidence(evidence.Frames).During(evidence));

    private static string Number(ScanEvidence evidence, string what) => (evidence.IsPeersExact ? "" : "about ") + Units.Count(evidence.Peers, what);

    private static string Opened(ScanEvidence evidence, Func<EndpointKey, string> name)
        => evidence.Open.Count == 0 ? "" : $"; open: {string.Join(", ", evidence.Open.Select(name))}{(evidence.HasMoreOpen ? " and more" : "")}";

    // The Internet scans all day long; a host of one's own that does so wants looking at.
    private static Severity SeverityFor(IpAddress source) => source.Class == AddressClass.Public ? Severity.Low : Severity.Medium;

    private static string Kind(ScanEvidence evidence)
    {
        int best = 0;
        for (int i = 1; i < Kinds; i++)
        {
            best = evidence[i] > evidence[best] ? i : best;
        }

        return s_kinds[best] + " scan";
    }
}
