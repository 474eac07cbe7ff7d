using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Threats;

/// <summary><c>--threats</c>: the findings of all modules in one list, by host, with an answer in front.</summary>
public sealed class ThreatsRollup : IRollup
{
    /// <inheritdoc/>
    public ModuleInfo Info { get; } = new("threats", "--threats", "Threats", "findings of all modules, by severity and by host", 1, []);

    /// <inheritdoc/>
    public void Conclude(IReadOnlyList<Finding> findings, IReadOnlyList<Indicator> indicators, Conclusions conclusions)
    {
        List<Finding> ordered = [.. ReportDocument.InOrder(findings)];
        Section section = conclusions.Section;
        section.Headline(ordered.Count == 0 ? "no findings" : $"{Units.Count(ordered.Count, "finding")}: {string.Join(", ", BySeverity(ordered))}");
        section.Fact("findings", "Findings", ordered.Count);
        List<Case> cases = Cases(ordered, conclusions.Overview);
        conclusions.Overview.Cases.AddRange(cases);
        WriteHosts(cases, section);
        section.FindingList(ordered);
        conclusions.Overview.Verdict = Judgement.Of(ordered, cases, conclusions);
        conclusions.Overview.Next.AddRange(NextSteps.For(ordered, conclusions.Input));
    }

    private static IEnumerable<string> BySeverity(List<Finding> findings) => findings
        .GroupBy(f => f.Severity)
        .OrderByDescending(g => g.Key)
        .Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}");

    // A host's case: what points at it as the one who did something (or, where that were many, to whom it was done), in the order in which it happened.
    private static List<Case> Cases(List<Finding> findings, Engine.Overview overview) => [.. findings
        .Where(f => (f.Source ?? f.Destination) is not null && f.Severity >= Severity.Medium)
        .GroupBy(f => (f.Source ?? f.Destination)!.Value)
        .OrderByDescending(g => g.Max(f => f.Severity))
        .ThenByDescending(g => g.Select(f => f.Type.Id).Distinct(StringComparer.Ordinal).Count())
        .ThenBy(g => g.Key)
        .Select(g => new Case(g.Key.ToString(), overview.Names.TryGetValue(g.Key.ToString(), out string? name) ? [name] : [], overview.Users.GetValueOrDefault(g.Key.ToString()) ?? [], [.. g.OrderBy(f => f.First ?? new Timestamp(long.MaxValue)).ThenBy(f => f.Type.Id, StringComparer.Ordinal)]))];

    private static void WriteHosts(List<Case> cases, Section section)
    {
        if (cases.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "hosts", "hosts with findings of medium severity or above", new("host", "host", CellKind.Address), new("worst", "worst"),
            new("findings", "findings", CellKind.Integer), new("kinds", "what", CellKind.Texts), new("first", "first", CellKind.Time));
        foreach (Case host in cases)
        {
            table.Row(
                Cell.Text(host.Host), host.Chain.Max(f => f.Severity).ToString().ToLowerInvariant(), host.Chain.Count,
                Cell.List(host.Chain.Select(f => f.Type.Title).Distinct(StringComparer.Ordinal)), Cell.Time(host.Chain.Min(f => f.First)));
        }
    }
}
