using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Yara;

/// <summary>Writes the section of rules that match.</summary>
internal static class YaraSection
{
    public static void Write(IReadOnlyList<RuleMatch> matches, YaraState state, Section section)
    {
        if (matches.Count == 0)
        {
            section.Headline("no rule matches");
            return;
        }

        section.Headline($"{Units.Count(matches.Select(m => m.Rule).Distinct(StringComparer.Ordinal).Count(), "rule")} matched, in {Units.Count(matches.Where(m => m.IsFile).Select(m => m.Content).Distinct(StringComparer.Ordinal).Count(), "file")} and {Units.Count(matches.Sum(m => m.Streams), "stream")}");
        if (!state.Files.IsComplete || !state.Streams.IsComplete)
        {
            section.Note("There were more matches than are kept: what is here is a sample.");
        }

        Table table = section.Table(
            "matches", "Rules that match", new("rule", "rule") { AtLeast = 16 }, new("severity", "severity"), new("in", "in"), new("name", "name"), new("pairs", "from > to", CellKind.Texts), new("strings", "strings", CellKind.Texts),
            new("count", "times", CellKind.Integer), new("first", "first", CellKind.Time), new("frames", "frames", CellKind.Frames), new("content", "SHA-256, or id"), new("tags", "tags", CellKind.Texts), new("meta", "of the rule", CellKind.Texts));
        foreach (RuleMatch match in matches)
        {
            RuleUse use = match.Use;
            table.Row(
                match.Rule, YaraFindings.SeverityOf(use).ToString().ToLowerInvariant(), match.IsFile ? "file" : Units.Count(match.Streams, "stream"), use.Names.Values.Count == 0 ? Cell.None : use.Names.Values[0],
                Cell.List(use.Pairs.Keys.Select(p => p.ToString())), Cell.List(use.Strings.Values), use.Frames.Total, Cell.Time(use.When.First), Cell.Frames(use.Frames), match.Content, Cell.List(use.Tags.Values), Cell.List(use.Meta.Values));
        }
    }
}
