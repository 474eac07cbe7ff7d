using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Yara;

/// <summary>Findings about rules that match.</summary>
internal static class YaraFindings
{
    /// <summary>A rule matches something that one host sent another.</summary>
    public static readonly FindingType Match = new("yara.match", "YARA rule matches", Severity.Medium)
    {
        Suspect = Suspect.Neither,
        Unless = "the rule is broad, or describes tools that are in use here: read the rule and look at its strings in the file",
    };

    private const int MostFindings = 500;
    private const int StringsNamed = 3;

    /// <summary>Gets the kinds of findings.</summary>
    public static IReadOnlyList<FindingType> Types { get; } = [Match];

    /// <summary>Raises a finding for each rule and pair of hosts, of the gravest first.</summary>
    public static void Conclude(IReadOnlyList<RuleMatch> matches, Conclusions conclusions)
    {
        var groups = matches.SelectMany(m => m.Use.Pairs.Keys.Select(pair => (Pair: pair, Match: m)))
            .GroupBy(m => (m.Match.Rule, m.Pair))
            .OrderByDescending(g => SeverityOf(g.First().Match.Use)).ThenBy(g => g.Key.Rule, StringComparer.Ordinal).ThenBy(g => g.Key.Pair.ToString(), StringComparer.Ordinal).ToList();
        foreach (var group in groups.Take(MostFindings))
        {
            conclusions.Add(About(group.Key.Rule, group.Key.Pair, [.. group.Select(g => g.Match)], conclusions));
        }

        if (groups.Count > MostFindings)
        {
            conclusions.Section.Note($"{Units.Count(groups.Count - MostFindings, "more match", "more matches")} of rules and hosts without a finding.");
        }
    }

    /// <summary>
    /// Gets how grave a rule's author says that it is: by a word in <c>severity</c> or <c>threat_level</c>, or a <c>score</c> of 0 to 100, as rule
    /// collections use them; medium if there is none.
    /// </summary>
    public static Severity SeverityOf(RuleUse use)
    {
        foreach (string meta in use.Meta.Values)
        {
            int sign = meta.IndexOf(" = ", StringComparison.Ordinal);
            (string name, string value) = sign < 0 ? (meta, "") : (meta[..sign].ToLowerInvariant(), meta[(sign + 3)..]);
            if (name is "severity" or "threat_level" && Enum.TryParse(value, ignoreCase: true, out Severity word) && Enum.IsDefined(word) && char.IsAsciiLetter(value[0]))
            {
                return word;
            }

            if (name == "score" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int score))
            {
                const int High = 75;
                const int Low = 40;
                return score >= High ? Severity.High : score >= Low ? Severity.Medium : Severity.Low;
            }
        }

        return Match.Severity;
    }

    private static Finding About(string rule, PairKey pair, List<RuleMatch> matches, Conclusions conclusions)
    {
        var frames = new FrameSample();
        var when = new Extent();
        foreach (RuleMatch match in matches)
        {
            frames.Merge(match.Use.Frames);
            when.Merge(match.Use.When);
        }

        RuleMatch first = matches[0];
        string name = first.Use.Names.Values.Count > 0 ? $" {first.Use.Names.Values[0]}" : "";
        int streams = matches.Sum(m => m.Streams);
        int files = matches.Count(m => m.IsFile);
        string more = first.IsFile && matches.Count > 1 ? $" and {Units.Count(matches.Count - 1)} more" : "";
        string what = files == 0 ? Units.Count(streams, "stream") : $"file{name}{more}";
        string strings = first.Use.Strings.Values.Count == 0 ? "" : $": {string.Join(", ", first.Use.Strings.Values.Take(StringsNamed))}{(first.Use.Strings.Values.Count > StringsNamed ? ", …" : "")}";
        Severity severity = SeverityOf(first.Use);
        Finding finding = new Finding
        {
            Type = Match,
            Raised = severity == Match.Severity ? null : severity,
            Subject = $"{pair}: {rule}",
            Summary = $"{rule} matches {what}{strings}",
            Source = pair.From,
            Destination = pair.To,
            Count = frames.Total,
            DisplayFilter = Filter.Frames(frames),
        }.WithEvidence(frames).During(when);
        foreach (RuleMatch match in matches.Where(m => m.IsFile && m.Content.Length == 64))
        {
            conclusions.Add(new Indicator(IndicatorKind.Sha256, match.Content, $"YARA rule {rule}", match.Use.Frames.Frames[0]) { Finding = finding });
        }

        return finding;
    }
}
