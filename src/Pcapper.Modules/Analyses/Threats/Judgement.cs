using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Threats;

/// <summary>The answer that the first screen begins with.</summary>
internal static class Judgement
{
    private const int KindsForCompromise = 2;

    public static Verdict Of(List<Finding> findings, List<Case> cases, IReadOnlyList<CaptureSummary> captures)
    {
        Severity worst = findings.Count == 0 ? Severity.Info : findings.Max(f => f.Severity);
        string[] blind = [.. Blindness(captures)];
        Case? host = cases.Find(c => IsLikely(c.Chain));
        if (host is not null)
        {
            string confidence = host.Chain.Max(f => f.Confidence) >= 90 && host.Chain.Any(f => f.Severity == Severity.Critical) ? "high" : "medium";
            return new Verdict(
                VerdictLevel.LikelyCompromise, confidence, [host.Host],
                $"one host likely compromised or attacking: {host.Host}",
                [.. host.Chain.Take(6).Select(Line), .. blind]);
        }

        if (worst >= Severity.Medium)
        {
            List<Finding> top = [.. findings.Where(f => f.Severity == worst)];
            return new Verdict(
                VerdictLevel.Suspicious, worst == Severity.Medium ? "low" : "medium",
                [.. cases.Take(5).Select(c => c.Host)],
                $"suspicious: {string.Join(", ", top.Select(f => f.Type.Title).Distinct(StringComparer.Ordinal).Take(4))}", blind);
        }

        return worst == Severity.Low
            ? new Verdict(VerdictLevel.WeakPractice, "medium", [], "no sign of an attack; weak practice found", blind)
            : new Verdict(VerdictLevel.NothingFound, "medium", [], "nothing suspicious found", blind);
    }

    // A critical finding, or serious ones of different kinds about the same host.
    private static bool IsLikely(IReadOnlyList<Finding> chain)
        => chain.Any(f => f.Severity == Severity.Critical)
            || chain.Where(f => f.Severity >= Severity.High).Select(f => f.Type.Id).Distinct(StringComparer.Ordinal).Count() >= KindsForCompromise;

    private static string Line(Finding finding)
        => $"{(finding.First is { } first ? Units.TimeOfDay(first) + " " : "")}{finding.Type.Title}: {finding.Subject}";

    private static IEnumerable<string> Blindness(IReadOnlyList<CaptureSummary> captures)
    {
        const double MissingShare = 0.01;
        if (captures.Any(c => c.Problem is not null))
        {
            yield return "not all of the input could be read: see the problems below";
        }

        if (captures.Any(c => c.Truncated > c.Frames / 10))
        {
            yield return "many frames are cut by the snap length: contents of messages cannot be judged";
        }

        if (captures.Any(c => c.MissingShare > MissingShare))
        {
            yield return "parts of the TCP data are missing: absence of a finding means less";
        }

        if (captures.Any(c => c.OneSidedFlows > c.Flows / 10))
        {
            yield return "many flows show one direction only: answers cannot be judged";
        }
    }
}
