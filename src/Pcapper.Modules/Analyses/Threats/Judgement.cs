using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Threats;

/// <summary>The answer that the first screen begins with.</summary>
internal static class Judgement
{
    private const int KindsForCompromise = 2;
    private const int HostsNamed = 5;
    private const int HostsListed = 100;
    private const int LinesShown = 6;
    private const int TitlesNamed = 4;
    private const double MostUnjudged = 0.5;

    public static Verdict Of(List<Finding> findings, List<Case> cases, Conclusions conclusions)
    {
        IReadOnlyList<CaptureSummary> captures = conclusions.CaptureSummaries;
        string[] blind = [.. Blindness(captures)];
        if (captures.All(c => c.Frames == 0))
        {
            return new Verdict(VerdictLevel.NothingRead, "", [], "none: no frame could be read");
        }

        List<Case> hosts = cases.FindAll(c => IsLikely(c.Chain));
        if (hosts.Count > 0)
        {
            return Compromise(hosts, IsOneDay(captures), blind);
        }

        List<Finding> acts = findings.FindAll(IsAct);
        if (acts.Count > 0)
        {
            Severity worst = acts.Max(f => f.Severity);
            List<Finding> top = acts.FindAll(f => f.Severity == worst);
            return new Verdict(
                VerdictLevel.Suspicious, worst == Severity.Medium ? "low" : "medium",
                [.. cases.Take(HostsListed).Select(c => c.Host)],
                $"suspicious: {string.Join(", ", top.Select(f => f.Type.Title).Distinct(StringComparer.Ordinal).Take(TitlesNamed))}", blind);
        }

        blind = [.. blind, .. Unjudged(conclusions.Overview)];
        string confidence = IsMostlyUnjudged(conclusions.Overview, captures) ? "low" : "medium";
        string[] practices = [.. findings.Where(f => f.Severity >= Severity.Medium).Select(f => f.Type.Title).Distinct(StringComparer.Ordinal).Take(TitlesNamed)];
        return findings.Exists(f => f.Severity >= Severity.Low)
            ? new Verdict(VerdictLevel.WeakPractice, confidence, [], $"no sign of an attack; weak practice found{(practices.Length == 0 ? "" : ": ")}{string.Join(", ", practices)}", blind)
            : new Verdict(VerdictLevel.NothingFound, confidence, [], "nothing suspicious found", blind);
    }

    private static Verdict Compromise(List<Case> hosts, bool isOneDay, string[] blind)
    {
        bool isSure = hosts.Exists(h => h.Chain.Any(f => f.Severity == Severity.Critical && f.Confidence >= 90));
        string[] acting = [.. hosts.Select(h => h.Host)];
        string[] attacked = [.. hosts.SelectMany(h => h.Chain).Where(f => f.Severity >= Severity.High && f.Type.IsAgainst && f.Source is not null && f.Destination is not null)
            .Select(f => f.Destination!.Value.ToString()).Distinct(StringComparer.Ordinal).Except(acting, StringComparer.Ordinal)];
        IEnumerable<string> lines = hosts.Count == 1
            ? [.. Who(hosts[0]), .. hosts[0].Chain.Take(LinesShown).Select(f => Line(f, isOneDay))]
            : hosts.Take(LinesShown).Select(h => Line(h, isOneDay));
        return new Verdict(
            VerdictLevel.LikelyCompromise, isSure ? "high" : "medium", [.. acting.Concat(attacked).Take(HostsListed)],
            $"{(hosts.Count == 1 ? "one host" : Units.Count(hosts.Count, "host"))} likely compromised or attacking: {Named(acting)}{(attacked.Length == 0 ? "" : "; attacked: ")}{Named(attacked)}",
            [.. lines, .. blind]);
    }

    private static string Named(string[] hosts) => string.Join(", ", hosts.Take(HostsNamed)) + (hosts.Length > HostsNamed ? ", …" : "");

    // Bad practice shows an open door; only a door that stands open to anybody is serious by itself.
    private static bool IsAct(Finding finding) => finding.Severity >= (finding.Type.IsPractice ? Severity.High : Severity.Medium);

    // A critical finding, or serious ones of different kinds about the same host.
    private static bool IsLikely(IReadOnlyList<Finding> chain)
        => chain.Any(f => f.Severity == Severity.Critical)
            || chain.Where(f => f.Severity >= Severity.High).Select(f => f.Type.Id).Distinct(StringComparer.Ordinal).Count() >= KindsForCompromise;

    // Who a host is, if anything tells it.
    private static IEnumerable<string> Who(Case host)
    {
        string[] known =
        [
            .. host.Names.Take(1),
            .. host.Users.Count == 0 ? Array.Empty<string>() : [$"{(host.Users.Count == 1 ? "user" : "users")} {string.Join(", ", host.Users)}"],
        ];
        return known.Length == 0 ? [] : [$"{host.Host}: {string.Join(", ", known)}"];
    }

    private static string Line(Finding finding, bool isOneDay) => $"{When(finding, isOneDay)}{finding.Type.Title}: {finding.Subject}";

    // Of several hosts each has one line: the worst of what it did, and to whom.
    private static string Line(Case host, bool isOneDay)
    {
        Severity worst = host.Chain.Max(f => f.Severity);
        List<Finding> serious = [.. host.Chain.Where(f => f.Severity == worst)];
        string[] others = [.. host.Chain.Where(f => f.Severity >= Severity.High && f.Source is not null && f.Destination is not null).Select(f => f.Destination!.Value.ToString()).Distinct(StringComparer.Ordinal)];
        string to = others.Length == 0 ? "" : $" > {string.Join(", ", others.Take(2))}{(others.Length > 2 ? ", …" : "")}";
        return $"{When(serious[0], isOneDay)}{host.Host}{(host.Names.Count > 0 ? $" ({host.Names[0]})" : "")}{to}: {string.Join(", ", serious.Select(f => f.Type.Title).Distinct(StringComparer.Ordinal).Take(3))}";
    }

    private static string When(Finding finding, bool isOneDay)
        => finding.First is not { } first ? "" : (isOneDay ? Units.TimeOfDay(first) : Units.DateTime(first, 0)) + " ";

    private static bool IsOneDay(IReadOnlyList<CaptureSummary> captures)
        => captures.SelectMany(c => new[] { c.First, c.Last }).Where(t => t is not null).Select(t => Units.DateTime(t!.Value)[..10]).Distinct(StringComparer.Ordinal).Count() <= 1;

    private static IEnumerable<string> Unjudged(Engine.Overview overview)
    {
        const int Named = 4;
        if (overview.Unjudged.Count > 0)
        {
            IEnumerable<string> rows = overview.Unjudged.Take(Named).Select(r => $"{r.Protocol} ({Units.Count(r.Flows, "flow")}, {Units.Percent(r.Share)} of the bytes)");
            yield return $"contents not judged: {string.Join(", ", rows)}{(overview.Unjudged.Count > Named ? ", …" : "")}";
        }
    }

    private static bool IsMostlyUnjudged(Engine.Overview overview, IReadOnlyList<CaptureSummary> captures)
        => overview.Unjudged.Sum(r => r.Share) > MostUnjudged || overview.Unjudged.Sum(r => r.Flows) > MostUnjudged * captures.Sum(c => c.Flows);

    private static IEnumerable<string> Blindness(IReadOnlyList<CaptureSummary> captures)
    {
        const double MissingShare = 0.01;
        const double OneSidedShare = 0.1;
        if (captures.Any(c => c.Problem is not null))
        {
            yield return "not all of the input could be read: see the problems above";
        }

        if (captures.Any(c => c.Truncated > c.Frames / 10))
        {
            yield return "many frames are cut by the snap length: contents of messages cannot be judged";
        }

        if (captures.Any(c => c.MissingShare > MissingShare))
        {
            yield return "parts of the TCP data are missing: absence of a finding means less";
        }

        if (captures.Any(c => c.OneSidedShare > OneSidedShare))
        {
            yield return "many flows show one direction only: answers cannot be judged";
        }
    }
}
