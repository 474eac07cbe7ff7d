using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Certificates;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>What does not work as it should, where the capture shows it.</summary>
internal static class HealthFindings
{
    private const long Second = Timestamp.PerSecond;
    private const long Day = 24 * 60 * 60;
    private const long Millisecond = 1_000_000;

    // A certificate that lives for less is renewed all the time.
    private const long ShortLived = 30 * Day;

    private static readonly Threshold s_share = new("share", 5, "of a hundred segments, those that were sent again, at least");
    private static readonly Threshold s_segments = new("segments", 200, "segments of the path, at least");
    private static readonly Threshold s_closed = new("segments", 5, "segments that say so, at least");
    private static readonly Threshold s_median = new("milliseconds", 500, "median time to an answer, at least", ResponseFacts.Slow / Millisecond);
    private static readonly Threshold s_answers = new("answers", 20, "answers, at least");
    private static readonly Threshold s_days = new("days", 14, "days until it ends, at most");
    private static readonly Threshold s_messages = new("messages", 20, "messages of routers that packets lived too short, at least", 2);
    private static readonly Threshold s_routers = new("routers", 2, "routers that say so, at most");

    /// <summary>Much is sent again.</summary>
    public static readonly FindingType Retransmissions = new("health.retransmissions", "Many TCP retransmissions", Severity.Low)
    {
        Unless = "frames were lost by the capture, or captured twice: then the network is better than its capture",
        Thresholds = [s_share, s_segments],
        IsPractice = true,
    };

    /// <summary>A host cannot keep up.</summary>
    public static readonly FindingType ZeroWindow = new("health.zero-window", "Host takes no more data (zero window)", Severity.Low)
    {
        Unless = "a program that reads as it plays or prints, and lets its sender wait on purpose",
        Thresholds = [s_closed],
        IsPractice = true,
    };

    /// <summary>Names are resolved slowly.</summary>
    public static readonly FindingType SlowDns = new("health.slow-dns", "Slow DNS server", Severity.Low)
    {
        Unless = "the server is far away, or asks others that are",
        Thresholds = [s_median, s_answers],
        IsPractice = true,
    };

    /// <summary>A certificate ends soon.</summary>
    public static readonly FindingType Expiring = new("health.certificate-expiring", "Certificate about to expire", Severity.Info)
    {
        Unless = "it is renewed by a program; or the capture is old: days are counted from when it was last shown",
        Thresholds = [s_days],
        IsPractice = true,
    };

    /// <summary>Packets go round until they die.</summary>
    public static readonly FindingType Loop = new("health.routing-loop", "Packets run in a loop", Severity.Low)
    {
        Unless = "somebody sends packets with a short time to live on purpose, over and over",
        Thresholds = [s_messages, s_routers],
        IsPractice = true,
    };

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } = [Retransmissions, ZeroWindow, SlowDns, Expiring, Loop];

    public static void Conclude(HealthState state, Conclusions conclusions)
    {
        foreach ((PairKey path, PathFacts facts) in state.Paths.Entries)
        {
            ConcludePath(path, facts, conclusions);
        }

        foreach ((Key2<EndpointKey, TextKey> server, ResponseFacts facts) in state.Services.Entries)
        {
            ConcludeServer(server.First, server.Second.Text, facts, conclusions);
        }

        foreach ((PairKey path, ExpiredFacts facts) in state.Expired.Entries)
        {
            ConcludeLoop(path, facts, conclusions);
        }

        foreach ((TextKey sha256, CertificateEntry entry) in conclusions.Of<CertificatesState>().Certificates.Entries)
        {
            ConcludeCertificate(sha256.Text, entry, conclusions);
        }
    }

    private static void ConcludePath(PairKey path, PathFacts facts, Conclusions conclusions)
    {
        long segments = facts.Totals[PathFacts.Segments];
        long again = facts.Of(SegmentNotes.Retransmission);
        if (segments >= conclusions.Value(s_segments) && (again - facts.Of(SegmentNotes.CapturedTwice)) * 100 >= conclusions.Value(s_share) * segments)
        {
            conclusions.Add(new Finding
            {
                Type = Retransmissions,
                Subject = path.ToString(),
                Summary = $"{Units.Count(again)} of {Units.Count(segments, "segment")} were sent again ({Units.Percent((double)again / segments)})",
                Source = path.From,
                Destination = path.To,
                Count = again,
                Measures = [new("retransmitted_percent", 100.0 * again / segments, conclusions.Value(s_share)), new("segments", segments, conclusions.Value(s_segments))],
                DisplayFilter = Filter.From(path.From).To(path.To).And("tcp.analysis.retransmission"),
            }.WithEvidence(facts.Retransmitted).During(facts.Extent));
        }

        long closed = facts.Of(SegmentNotes.ZeroWindow);
        if (closed >= conclusions.Value(s_closed))
        {
            conclusions.Add(new Finding
            {
                Type = ZeroWindow,
                Subject = path.ToString(),
                Summary = $"{path.From} told {path.To} {Units.Count(closed, "time")} that it takes no more data",
                Source = path.From,
                Destination = path.To,
                Count = closed,
                Measures = [new("segments", closed, conclusions.Value(s_closed))],
                DisplayFilter = Filter.From(path.From).To(path.To).And("tcp.window_size_value == 0 && tcp.flags.reset == 0"),
            }.WithEvidence(facts.Closed).During(facts.Extent));
        }
    }

    private static void ConcludeServer(EndpointKey server, string protocol, ResponseFacts facts, Conclusions conclusions)
    {
        long median = facts.Times.Total == 0 ? 0 : facts.Times.Quantile(50);
        if (protocol != "dns" || facts.Times.Total < conclusions.Value(s_answers) || median < conclusions.Value(s_median) * Millisecond)
        {
            return;
        }

        conclusions.Add(new Finding
        {
            Type = SlowDns,
            Subject = server.ToString(),
            Summary = $"half of its {Units.Count(facts.Times.Total, "answer")} took {Units.Duration(median)} or more, one in twenty {Units.Duration(facts.Times.Quantile(95))}",
            Source = server.Address,
            Port = server.Port,
            Count = facts.SlowFrames.Total,
            Measures = [new("median_milliseconds", median / Millisecond, conclusions.Value(s_median)), new("answers", facts.Times.Total, conclusions.Value(s_answers))],
            DisplayFilter = Filter.From(server.Address).And("dns.flags.response == 1"),
        }.WithEvidence(facts.SlowFrames).During(facts.Extent));
    }

    private static void ConcludeLoop(PairKey path, ExpiredFacts facts, Conclusions conclusions)
    {
        // Who asks for the path hears from every router on it; a loop has one or two at which lives end.
        if (facts.Frames.Total < conclusions.Value(s_messages) || facts.Routers.Distinct > conclusions.Value(s_routers))
        {
            return;
        }

        conclusions.Add(new Finding
        {
            Type = Loop,
            Subject = path.ToString(),
            Summary = $"{Units.Count(facts.Frames.Total, "packet")} to {path.To} lived too short, by {string.Join(", ", facts.Routers.Keys)}",
            Source = path.From,
            Destination = path.To,
            Confidence = 60,
            Count = facts.Frames.Total,
            Measures = [new("messages", facts.Frames.Total, conclusions.Value(s_messages)), new("routers", facts.Routers.Distinct, conclusions.Value(s_routers))],
            DisplayFilter = Filter.All.To(path.From).And("icmp.type == 11 || icmpv6.type == 3"),
        }.WithEvidence(facts.Frames).During(facts.Extent));
    }

    private static void ConcludeCertificate(string sha256, CertificateEntry entry, Conclusions conclusions)
    {
        if (!entry.Is(CertificateFlag.ShownAsLeaf) || !entry.NotAfter.HasValue || !entry.NotBefore.HasValue || entry.When.IsEmpty
            || entry.NotAfter.Value - entry.NotBefore.Value < ShortLived)
        {
            return;
        }

        // What is over already is the certificates module's.
        long left = entry.NotAfter.Value - (entry.When.Last.Nanoseconds / Second);
        if (left < 0 || left > conclusions.Value(s_days) * Day)
        {
            return;
        }

        IReadOnlyList<EndpointKey> holders = entry.Holders.Keys;
        conclusions.Add(new Finding
        {
            Type = Expiring,
            Subject = $"{CertificateFindings.Name(sha256, entry)} ({sha256[..Math.Min(sha256.Length, 16)]})",
            Summary = string.Create(CultureInfo.InvariantCulture, $"ends {(double)left / Day:F1} days after it was last shown"),
            Source = holders is [var holder] ? holder.Address : null,
            Count = entry.LeafFrames.Total,
            Measures = [new("days", (double)left / Day, conclusions.Value(s_days))],
            DisplayFilter = Filter.Frames(entry.LeafFrames),
        }.WithEvidence(entry.LeafFrames).During(entry.When));
    }
}
