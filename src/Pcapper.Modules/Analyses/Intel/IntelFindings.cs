using Pcapper.Engine;
using Pcapper.Modules.Analyses.Ioc;
using Pcapper.Modules.Analyses.Ips;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Intel;

/// <summary>Findings about values that services call bad.</summary>
internal static class IntelFindings
{
    /// <summary>Services know something against a value that was seen.</summary>
    public static readonly FindingType KnownBad = new("intel.known-bad", "Known to reputation services as bad", Severity.High)
    {
        Unless = "the reports are old or about another user of it: an address of a hosting firm, a domain of a platform, a scanner that researchers run",
    };

    /// <summary>Gets the kinds of findings.</summary>
    public static IReadOnlyList<FindingType> Types { get; } = [KnownBad];

    /// <summary>Raises a finding if the answers say so.</summary>
    public static void Raise(IntelSubject subject, IpsState hosts, Conclusions conclusions)
    {
        if (IntelJudge.Sum(subject.Answers) is not { } sum)
        {
            return;
        }

        Observable seen = subject.Seen();
        IpAddress? user = seen.Hosts.Count == 1 && IpAddress.TryParse(seen.Hosts[0], out IpAddress host) ? host : null;
        IpAddress? address = seen.Kind == IndicatorKind.Address && IpAddress.TryParse(seen.Value, out IpAddress itself) ? itself : null;
        bool isCaller = address is { } known && IsCaller(hosts.Hosts.Find(known));
        Reputation[] against = [.. subject.Answers.Where(a => IntelJudge.Level(a) >= IntelLevel.Suspicious)];
        var finding = new Finding
        {
            Type = KnownBad,
            Raised = sum.Severity,
            Confidence = sum.Confidence,
            Subject = user is null ? seen.Value : isCaller ? $"{seen.Value} > {user}" : $"{user} > {seen.Value}",
            Summary = $"{seen.Type} known to {string.Join("; ", against.Select(Said))}; seen {Units.Count(seen.Count, "time")} ({string.Join(", ", seen.Places)})",
            Source = isCaller ? address : user,
            Destination = isCaller ? user : address,
            First = seen.First,
            Last = seen.Last,
            Count = Math.Max(1, seen.Count),
            Measures = [.. against.SelectMany(a => a.Measures.Select(m => m with { Name = $"{a.Service} {m.Name}" }))],
            Evidence = seen.Frames,
            EvidenceTotal = seen.Count,
            DisplayFilter = IocFindings.Shown(seen, address),
        };
        conclusions.Add(finding);
        if (seen.Frames.Count > 0)
        {
            conclusions.Add(new Indicator(seen.Kind, seen.Value, "reputation services", seen.Frames[0]) { Finding = finding });
        }
    }

    // Who only called is a guest that nobody invited: the host that it called did nothing.
    private static bool IsCaller(HostUse? use) => use is not null && use[HostUse.Answered] == 0 && use[HostUse.Opened] + use[HostUse.Failed] > 0;

    private static string Said(Reputation answer)
        => $"{answer.Service}: {IntelJudge.Numbers(answer)}{(answer.Reported is { } time ? $", last {time.ToString()[..10]}" : "")}";
}
