namespace Pcapper.Modules.Analyses.Yara;

/// <summary>A rule and what it matches: a file, or streams between two hosts.</summary>
/// <param name="Rule">The rule's name with its namespace.</param>
/// <param name="Content">The file's SHA-256 or identifier; the first flow's identifier for streams.</param>
/// <param name="Use">What is known of it.</param>
/// <param name="Streams">How many streams there are; 0 for a file.</param>
internal sealed record RuleMatch(string Rule, string Content, RuleUse Use, int Streams = 0)
{
    /// <summary>Gets a value indicating whether it is a file.</summary>
    public bool IsFile => Streams == 0;

    /// <summary>
    /// Gets all matches, those of files first. A stream that carries a file matched by the same rule matches because of it, and is left out.
    /// </summary>
    public static IReadOnlyList<RuleMatch> Of(YaraState state)
    {
        List<RuleMatch> files = [.. state.Files.Entries.Select(e => new RuleMatch(e.Key.First.Text, e.Key.Second.Text, e.Value))];
        HashSet<(string, string)> told = [.. files.SelectMany(f => f.Use.Flows.Values.Select(flow => (f.Rule, flow)))];
        IEnumerable<RuleMatch> streams = state.Streams.Entries
            .Where(e => !told.Contains((e.Key.First.Text, e.Key.Second.Text)))
            .GroupBy(e => (Rule: e.Key.First.Text, Hosts: string.Join(' ', e.Value.Pairs.Keys.Select(p => p.ToString()))))
            .Select(g => Joined(g.Key.Rule, [.. g.Select(e => e.Value)]));
        return [.. files.Concat(streams).OrderByDescending(m => m.IsFile).ThenBy(m => m.Rule, StringComparer.Ordinal).ThenBy(m => m.Use.When.First).ThenBy(m => m.Content, StringComparer.Ordinal)];
    }

    private static RuleMatch Joined(string rule, List<RuleUse> streams)
    {
        var all = new RuleUse();
        streams.ForEach(all.Merge);
        return new RuleMatch(rule, all.Flows.Values[0], all, streams.Count);
    }
}
