namespace Pcapper.Engine;

/// <summary>
/// Masks secrets in whatever leaves a run: every text of the report and every field of the logs passes here, so a module need not think of
/// it. Cells that are known to hold a secret are masked whole; elsewhere the secrets that parsers stated (<see cref="CredentialSeen"/>) are
/// looked for in the texts.
/// </summary>
public sealed class Redaction
{
    private readonly SecretTexts _secrets;

    /// <summary>Initializes a new instance of the <see cref="Redaction"/> class.</summary>
    /// <param name="secrets">The secrets.</param>
    public Redaction(IEnumerable<string> secrets) => _secrets = new SecretTexts(secrets);

    /// <summary>Masks the secrets in a text.</summary>
    public string Mask(string text) => _secrets.Mask(text);

    /// <summary>Masks the secrets in a field of a log.</summary>
    public LogValue Mask(in LogValue value) => value.Kind switch
    {
        LogValueKind.Text => LogValue.Text(Mask(value.AsText)),
        LogValueKind.Texts => LogValue.Texts([.. value.AsTexts.Select(Mask)]),
        _ => value,
    };

    /// <summary>Masks a cell that is a secret, and secrets in other cells.</summary>
    public Cell Mask(Cell cell) => cell.Kind switch
    {
        CellKind.Text when cell.IsLive => Cell.Live(Mask(cell.String)),
        CellKind.Text => Cell.Text(cell.IsSecret ? Secret.Mask : Mask(cell.String), Cell.LongestSecret),
        CellKind.Texts => Cell.List(cell.Strings.Select(Mask)),
        _ => cell,
    };

    /// <summary>Masks everything that a run came to.</summary>
    public RunOutcome Apply(RunOutcome outcome)
    {
        var findings = new Dictionary<Finding, Finding>(ReferenceEqualityComparer.Instance);
        Finding Masked(Finding finding)
        {
            if (!findings.TryGetValue(finding, out Finding? masked))
            {
                masked = Mask(finding);
                findings.Add(finding, masked);
            }

            return masked;
        }

        return outcome with
        {
            Captures = [.. outcome.Captures.Select(capture => capture with { Comments = [.. capture.Comments.Select(Mask)] })],
            Sections = [.. outcome.Sections.Select(section => section.With(Mask(section.Lead), section.Blocks.Select(block => Mask(block, Masked))))],
            Findings = [.. outcome.Findings.Select(Masked)],
            Indicators = [.. outcome.Indicators.Select(indicator => indicator with
            {
                Value = Mask(indicator.Value),
                Context = Mask(indicator.Context),
                Finding = indicator.Finding is { } finding ? Masked(finding) : null,
            })],
            Hashes = [],
            Observables = [.. outcome.Observables.Select(observable => observable with
            {
                Value = Mask(observable.Value),
                Name = observable.Name is { } name ? Mask(name) : null,
                Findings = [.. observable.Findings.Select(Masked)],
            })],
            Overview = Mask(outcome.Overview, Masked),
            Problems = [.. outcome.Problems.Select(problem => problem with { Text = Mask(problem.Text) })],
        };
    }

    private Finding Mask(Finding finding) => finding with
    {
        Subject = Mask(finding.Subject),
        Summary = Mask(finding.Summary),
        DisplayFilter = Mask(finding.DisplayFilter),
    };

    private Block Mask(Block block, Func<Finding, Finding> masked) => block switch
    {
        FactBlock fact => new FactBlock(fact.Id, fact.Label, Mask(fact.Value)),
        NoteBlock note => new NoteBlock(Mask(note.Text)),
        Table table => table.With(Mask),
        BarChart chart => chart.With(Mask),
        FindingsBlock list => new FindingsBlock([.. list.Findings.Select(masked)]),
        DetailBlock detail => new DetailBlock([.. detail.Blocks.Select(inner => Mask(inner, masked))]),

        // Which bytes are secret cannot be told once they are only bytes.
        HexDumpBlock dump => new NoteBlock($"{Mask(dump.Title)}: {Units.Count(dump.Total, "byte")}, not shown"),
        _ => block,
    };

    private Overview Mask(Overview overview, Func<Finding, Finding> masked)
    {
        var result = new Overview
        {
            MoreTraffic = overview.MoreTraffic,
            Verdict = overview.Verdict is { } verdict ? verdict with { Text = Mask(verdict.Text), Details = [.. verdict.Details.Select(Mask)] } : null,
        };
        result.Domains.AddRange(overview.Domains.Select(Mask));
        result.Signals.AddRange(overview.Signals);
        result.Traffic.AddRange(overview.Traffic);
        result.Unjudged.AddRange(overview.Unjudged);

        // Commands are made of the user's own words, which must stay to be run.
        result.Next.AddRange(overview.Next);
        result.Cases.AddRange(overview.Cases.Select(item => new Case(item.Host, [.. item.Names.Select(Mask)], [.. item.Users.Select(Mask)], [.. item.Chain.Select(masked)])));
        return result;
    }
}
