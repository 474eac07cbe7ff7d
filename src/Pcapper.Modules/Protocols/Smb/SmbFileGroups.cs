using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>
/// Puts findings about files together: one of each type for a client and a server. Names are whoever's that writes them, and a finding for
/// each would let him drown the one that counts.
/// </summary>
internal sealed class SmbFileGroups
{
    private const int MostCited = 5;
    private const int MostNames = 20;
    private const int MostTexts = 3;

    private readonly Dictionary<(FindingType Type, PairKey Pair), Group> _groups = [];

    /// <summary>Adds what was found of a file.</summary>
    /// <param name="type">What was found.</param>
    /// <param name="pair">The client and the server.</param>
    /// <param name="place">The file with its share.</param>
    /// <param name="name">The file.</param>
    /// <param name="summary">What is told if it is the only one.</param>
    /// <param name="frames">The frames that show it.</param>
    /// <param name="facts">What was done with it.</param>
    /// <param name="raised">How bad it is, if not as its type.</param>
    public void Add(FindingType type, PairKey pair, string place, string name, string summary, FrameSample frames, SmbFileFacts facts, Severity? raised = null)
    {
        if (!_groups.TryGetValue((type, pair), out Group? group))
        {
            group = new Group(place, summary);
            _groups.Add((type, pair), group);
        }

        // What raises it is cited first.
        bool isFirst = raised is not null && group.Raised is null;
        if (isFirst || group.Places.Count < MostCited)
        {
            group.Places.Insert(isFirst ? 0 : group.Places.Count, place);
            group.Names.Insert(isFirst ? 0 : group.Names.Count, name);
        }

        group.Count++;
        group.Raised ??= raised;
        group.Frames.Merge(frames);
        group.When.Merge(facts.When);
        group.Bytes += facts.ReadBytes.Value + facts.WrittenBytes.Value;
        foreach (string account in facts.Accounts.Values)
        {
            group.Accounts.Add(account);
        }

        if (group.Indicators.Count < MostNames)
        {
            group.Indicators.Add((SmbNames.Last(name), facts.When));
        }
    }

    /// <summary>Raises the findings, and tells the names of programs that were written.</summary>
    /// <returns>What was found of output that was fetched, by client and server: it is raised with what was run there.</returns>
    public Dictionary<PairKey, Finding> Raise(Conclusions conclusions)
    {
        var outputs = new Dictionary<PairKey, Finding>();
        foreach (((FindingType type, PairKey pair), Group group) in _groups)
        {
            string cited = string.Join(", ", group.Places.Take(MostCited)) + (group.Count > MostCited ? ", …" : string.Empty);
            Finding finding = SmbFindings.Between(
                type, pair, group.Count == 1 ? group.Place : string.Empty,
                group.Count == 1 ? group.Summary : $"{Units.Count(group.Count, "file")}, {Units.Bytes(group.Bytes)} in all{SmbFindings.As(group.Accounts)}: {cited}",
                group.Frames, group.When, Filter.Any(group.Names.Take(MostCited).Select(SmbFindings.Named))) with
            {
                Raised = group.Raised,
            };
            if (type == SmbFindings.CommandOutput)
            {
                outputs.Add(pair, finding);
                continue;
            }

            conclusions.Add(finding);
            if (type != SmbFindings.ProgramToAdminShare)
            {
                continue;
            }

            foreach ((string name, Extent when) in group.Indicators)
            {
                conclusions.Add(new Indicator(IndicatorKind.FileName, name, "program written to a share", when.FirstFrame) { Finding = finding });
            }
        }

        return outputs;
    }

    private sealed class Group(string place, string summary)
    {
        public string Place { get; } = place;

        public string Summary { get; } = summary;

        public long Count { get; set; }

        public long Bytes { get; set; }

        public Severity? Raised { get; set; }

        public List<string> Places { get; } = [];

        public List<string> Names { get; } = [];

        public List<(string Name, Extent When)> Indicators { get; } = [];

        public FrameSample Frames { get; } = new();

        public Extent When { get; } = new();

        public Texts Accounts { get; } = new(MostTexts);
    }
}
