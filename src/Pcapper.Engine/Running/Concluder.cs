using System.Globalization;

namespace Pcapper.Engine;

/// <summary>Turns merged states into sections and findings, in dependency order, then lets the roll-ups sum up.</summary>
internal static class Concluder
{
    public static RunOutcome Conclude(
        ICatalog catalog, IReadOnlyList<IAnalyzer> analyzers, Dictionary<Type, AnalyzerState> states, RunOptions options,
        IReadOnlyList<CaptureSummary> captures, HeapKeeper heap, List<RunProblem> problems)
    {
        IReadOnlySet<string> shown = options.Modules;
        var overview = new Overview();
        var sections = new List<Section>();
        var findings = new List<Finding>();
        var indicators = new List<Indicator>();
        var hashes = new List<HashLine>();
        var observables = new List<Observable>();
        List<IRollup> rollups = [.. catalog.Rollups.Select(make => make()).Where(r => shown.Contains(r.Info.Name))];
        List<IAnalyzer> left = InDependencyOrder(analyzers);
        while (left.Count > 0)
        {
            IAnalyzer analyzer = left[0];
            left.RemoveAt(0);
            Type type = analyzer.State.GetType();
            var conclusions = new Conclusions(analyzer.Info, captures, states, overview, options);
            if (Guarded(analyzer.Info.Name, () => analyzer.Conclude(states[type], conclusions), problems) && shown.Contains(analyzer.Info.Name))
            {
                // What gathers for a roll-up has nothing to show of its own.
                if (analyzer.Info.Flag.Length > 0 || !rollups.Exists(r => r.Info.Needs.Contains(type)))
                {
                    sections.Add(conclusions.Section);
                }

                findings.AddRange(conclusions.Findings);
                indicators.AddRange(conclusions.Indicators);
                hashes.AddRange(conclusions.Hashes);
            }

            // What no other module looks at is let go of: a state may hold hundreds of megabytes.
            foreach (Type done in states.Keys.Where(state => !left.Exists(a => a.State.GetType() == state || a.Info.Needs.Contains(state)) && !rollups.Exists(r => r.Info.Needs.Contains(state))).ToList())
            {
                states.Remove(done);
            }

            heap.Check();
        }

        for (int i = 0; i < rollups.Count; i++)
        {
            IRollup rollup = rollups[i];
            var conclusions = new Conclusions(rollup.Info, captures, states, overview, options);
            if (Guarded(rollup.Info.Name, () => rollup.Conclude(findings, indicators, conclusions), problems))
            {
                if (conclusions.Section.Lead.Length > 0)
                {
                    sections.Add(conclusions.Section);
                }

                findings.AddRange(conclusions.Findings);
                indicators.AddRange(conclusions.Indicators);
                observables.AddRange(conclusions.Observables);
            }

            foreach (Type done in rollup.Info.Needs.Where(state => !rollups.Skip(i + 1).Any(later => later.Info.Needs.Contains(state))))
            {
                states.Remove(done);
            }
        }

        if (options.Addresses is { } addresses)
        {
            findings.ForEach(finding => finding.Addresses = KnownAddress.In(finding, addresses));
        }

        return new RunOutcome
        {
            Captures = captures,
            Sections = [.. sections.OrderBy(s => s.Module, StringComparer.Ordinal)],
            Findings = findings,
            Indicators = indicators,
            Hashes = hashes,
            Observables = observables,
            Overview = overview,
            Problems = problems,
        };
    }

    private static List<IAnalyzer> InDependencyOrder(IReadOnlyList<IAnalyzer> analyzers)
    {
        var ordered = new List<IAnalyzer>();
        var left = analyzers.OrderBy(a => a.Info.Name, StringComparer.Ordinal).ToList();
        while (left.Count > 0)
        {
            IAnalyzer next = left.Find(a => !left.Exists(other => other != a && a.Info.Needs.Contains(other.State.GetType()))) ?? left[0];
            left.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static bool Guarded(string module, Action conclude, List<RunProblem> problems)
    {
        try
        {
            conclude();
            return true;
        }
        catch (Exception bug) when (!Guard.Rethrow)
        {
            problems.Add(new RunProblem(RunProblemKind.Internal, string.Create(
                CultureInfo.InvariantCulture, $"internal problem in module {module}: {bug.GetType().Name}: {bug.Message} {bug.StackTrace?.Split('\n')[0].Trim()}")));
            return false;
        }
    }
}
