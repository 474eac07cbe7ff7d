using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Protocols;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>Which rhythms are worth a finding: those that lead outside, and that nothing ordinary explains.</summary>
internal static class BeaconFindings
{
    private const string Certainty = "from 30 to 90, by the score and the number of beats";

    private static readonly Threshold s_score = new("score", 60, "the score of the rhythm, of a hundred, at least");
    private static readonly Threshold s_beats = new("beats", 8, "beats that the rhythm explains, at least", Rhythm.LeastBeats);
    private static readonly Threshold s_evidence = new("evidence", 5, "evidence for a rhythm in nats (e^5 is 148 to one), at least; with many series, the logarithm of their hundreds more");
    private static readonly Threshold s_span = new("span", 60, "seconds from the first beat to the last, at least");
    private static readonly Threshold s_period = new("period", 2, "seconds from beat to beat, at least");
    private static readonly Threshold s_common = new("common", 3, "hosts that turn to the destination; from so many on it is no one's own, and matters less", 2);
    private static readonly Threshold s_sureBeats = new("sure-beats", 20, "beats of a rhythm to an unusual port without a name, from which on it matters more", Rhythm.LeastBeats);
    private static readonly Threshold s_jitter = new("jitter", 10, "jitter of requests between internal hosts, in percent of the period, at least: what watches servers is exact");

    /// <summary>Calls to a port that serves such things.</summary>
    public static readonly FindingType Calls = new("beacon.calls", "Regular calls to one destination", Severity.Medium, "T1071.001", "T1573")
    {
        Unless = "a program that looks for news: an updater, a dashboard left open, telemetry. Ask which program it is; --allow leaves the destination out",
        Certainty = Certainty,
        Thresholds = [s_score, s_beats, s_evidence, s_span, s_period, s_common],
    };

    /// <summary>Calls to a port where nothing usual is.</summary>
    public static readonly FindingType OddPort = new("beacon.odd-port", "Regular calls to an unusual port", Severity.Medium, "T1571", "T1071")
    {
        Unless = "a device or program that reports to its maker on a port of its own: ask which program it is; --allow leaves the destination out",
        Certainty = Certainty,
        Thresholds = [s_score, s_beats, s_evidence, s_span, s_period, s_common, s_sureBeats],
    };

    /// <summary>A connection that is kept open, and in which the client speaks in a rhythm.</summary>
    public static readonly FindingType Heartbeat = new("beacon.heartbeat", "Regular messages inside a connection to an unusual port", Severity.Medium, "T1571", "T1095")
    {
        Unless = "keep-alives of a game, a trading or a chat program: ask which program it is; --allow leaves the destination out",
        Certainty = Certainty,
        Thresholds = [s_score, s_beats, s_evidence, s_span, s_period, s_common],
    };

    /// <summary>A script that reports to an internal host and hides its rhythm.</summary>
    public static readonly FindingType Internal = new("beacon.internal", "Script reports to an internal host in a jittered rhythm", Severity.Low, "T1071.001", "T1090.001")
    {
        Unless = "an agent of your own that spreads its reports in time: ask which program it is; --allow leaves the destination out",
        Certainty = Certainty,
        Thresholds = [s_score, s_beats, s_evidence, s_span, s_period, s_jitter],
    };

    /// <summary>Gets the kinds of findings.</summary>
    public static IReadOnlyList<FindingType> Types { get; } = [Calls, OddPort, Heartbeat, Internal];

    /// <summary>Raises the findings.</summary>
    public static void Conclude(BeaconReport report, Conclusions conclusions)
    {
        foreach (BeaconCandidate candidate in report.Candidates)
        {
            if (IsClear(candidate, report.Tried, conclusions) && TypeOf(candidate, conclusions) is { } type)
            {
                Add(candidate, type, report.Tried, conclusions);
            }
        }

        conclusions.Add(new Signal("beacons", conclusions.Findings.Count, "--beacon"));
    }

    private static bool IsClear(BeaconCandidate candidate, int tried, Conclusions conclusions)
        => candidate.Rhythm.Score * 100 >= conclusions.Value(s_score)
            && candidate.Rhythm.Beats.Count >= conclusions.Value(s_beats)
            && candidate.Rhythm.Evidence >= Needed(tried, conclusions)
            && candidate.Rhythm.Span >= conclusions.Value(s_span) * Timestamp.PerSecond
            && candidate.Rhythm.Model.Period >= conclusions.Value(s_period);

    // Who looks at a thousand series finds what is one in a thousand.
    private static double Needed(int tried, Conclusions conclusions) => conclusions.Value(s_evidence) + Math.Log(1 + (tried / 100.0));

    // Questions to the DNS are as regular as the lifetime of the answers: never a finding by themselves.
    private static FindingType? TypeOf(BeaconCandidate candidate, Conclusions conclusions)
    {
        if (candidate.IsQuery || candidate.Servers.Count == 0)
        {
            return null;
        }

        EndpointKey server = candidate.Servers[0];
        if (server.Address.IsInternal)
        {
            // Inside, plants, printers and monitoring poll each other all day.
            return candidate.Client.IsInternal && IsHidingScript(candidate, conclusions) ? Internal : null;
        }

        bool isOdd = ServicePorts.Usual(server.Port) is null;
        if (candidate.IsInside)
        {
            return isOdd && !candidate.HasName && server.Protocol == IpProtocol.Tcp ? Heartbeat : null;
        }

        return isOdd ? OddPort : Calls;
    }

    private static bool IsHidingScript(BeaconCandidate candidate, Conclusions conclusions)
        => candidate.Requests is { Requests: > 0 } requests && !candidate.HasName
            && requests.Posts * 2 >= requests.Requests && requests.Scripted * 2 >= requests.Requests
            && candidate.Rhythm.Model.Jitter * 100 >= conclusions.Value(s_jitter);

    private static Severity SeverityOf(BeaconCandidate candidate, FindingType type, Conclusions conclusions)
    {
        EndpointKey server = candidate.Servers[0];
        if (type == Internal || candidate.Clients >= conclusions.Value(s_common) || !candidate.Client.IsInternal || (server.Protocol == IpProtocol.Udp && !candidate.HasName))
        {
            return Severity.Low;
        }

        // Nobody else goes there, it has no name, nothing is usual on the port: what is left are few programs, and they can be asked for.
        return type == OddPort && !candidate.HasName && candidate.Clients == 1 && candidate.Rhythm.Beats.Count >= conclusions.Value(s_sureBeats) ? Severity.High : Severity.Medium;
    }

    private static void Add(BeaconCandidate candidate, FindingType type, int tried, Conclusions conclusions)
    {
        Rhythm rhythm = candidate.Rhythm;
        EndpointKey server = candidate.Servers[0];
        Severity severity = SeverityOf(candidate, type, conclusions);
        const double Settling = 12;
        const int Least = 30;
        const int Room = 60;
        var finding = new Finding
        {
            Type = type,
            Raised = severity == type.Severity ? null : severity,
            Subject = $"{candidate.Client} > {candidate.Destination}",
            Summary = Summary(candidate),
            Source = candidate.Client,
            Destination = candidate.Servers.Count == 1 ? server.Address : null,
            Port = server.Port,
            Count = rhythm.Beats.Count,
            Confidence = Least + (int)Math.Round(Room * rhythm.Score * (1 - Math.Exp(-rhythm.Beats.Count / Settling))),
            First = new Timestamp(rhythm.Beats[0].Time),
            Last = new Timestamp(rhythm.Beats[^1].Time),
            Measures =
            [
                new("score", Math.Round(rhythm.Score * 100), conclusions.Value(s_score)),
                new("beats", rhythm.Beats.Count, conclusions.Value(s_beats)),
                new("evidence", Math.Round(rhythm.Evidence, 1), Math.Round(Needed(tried, conclusions), 1)),
                new("span", Math.Floor(rhythm.Span / (double)Timestamp.PerSecond), conclusions.Value(s_span)),
                new("period", Math.Round(rhythm.Model.Period, 1), conclusions.Value(s_period)),
            ],
            DisplayFilter = Filter.Any(candidate.Servers.Select(s => Filter.Between(candidate.Client, s.Address).Port(s.Protocol, s.Port))),
        }.WithEvidence(candidate.Frames());
        conclusions.Add(finding);
        string what = $"called by {candidate.Client} {candidate.Pace}";
        conclusions.Add(candidate.HasName && candidate.Kind == SeriesKind.Name
            ? new Indicator(IndicatorKind.Domain, candidate.Name!, what, rhythm.Beats[0].Frame) { Finding = finding }
            : new Indicator(IndicatorKind.Address, server.Address.ToString(), what, rhythm.Beats[0].Frame) { Finding = finding });
    }

    private static string Summary(BeaconCandidate candidate)
    {
        Rhythm rhythm = candidate.Rhythm;
        string missed = rhythm.Missed == 0 ? "" : $", {Units.Count(rhythm.Missed)} missed";
        string others = rhythm.Others == 0 ? "" : $", {Units.Count(rhythm.Others, "other", "others")} between";
        string bytes = rhythm.OnlyBytes is { } same ? $", {Units.Bytes(same)} each" : "";
        string clients = candidate.Clients == 1 ? "no other host goes there" : $"{Units.Count(candidate.Clients, "host")} go there";
        string rita = candidate.Rita is { } score ? string.Create(CultureInfo.InvariantCulture, $"; RITA {score.Score:0.###}") : "";
        return $"{Units.Count(rhythm.Beats.Count)} {candidate.What} {candidate.Pace} in {Units.Duration(rhythm.Span)}{missed}{others}{bytes}; {clients}{rita}";
    }
}
