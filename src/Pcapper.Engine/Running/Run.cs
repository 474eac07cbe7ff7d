using System.Runtime.CompilerServices;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>One pass over captures: shards at work, their states merged, then concluded.</summary>
public static class Run
{
    /// <summary>Analyses captures.</summary>
    /// <exception cref="IOException">Record logs could not be written.</exception>
    public static RunOutcome Analyze(IReadOnlyList<CaptureSource> captures, ICatalog catalog, RunOptions options)
    {
        if (!options.Redacts)
        {
            return Analyze(captures, catalog, options, null);
        }

        // Which secrets there are must be known before the first row of a log is written, so they are looked for first.
        var secrets = new SecretsCatalog(catalog);
        Analyze(captures, secrets, options with { Modules = secrets.Modules, Logs = null, Files = null, Scanner = null }, null);
        var redaction = new Redaction(secrets.Found);
        RunOutcome outcome = redaction.Apply(Analyze(captures, catalog, options, redaction));
        return !secrets.HasMore ? outcome : outcome with
        {
            Problems = [.. outcome.Problems, new RunProblem(RunProblemKind.Limit, "too many secrets: some are masked only where they are known to be one")],
        };
    }

    private static RunOutcome Analyze(IReadOnlyList<CaptureSource> captures, ICatalog catalog, RunOptions options, Redaction? redaction)
    {
        var heap = new HeapKeeper();
        var problems = new List<RunProblem>();
        (Dictionary<Type, AnalyzerState> states, IReadOnlyList<CaptureSummary> summaries) = Read(captures, catalog, options, redaction, heap, problems);

        // Flows, streams and parsers are out of reach from here on.
        heap.LetGo();
        return Concluder.Conclude(catalog, Selected(catalog, options.Modules), states, options, summaries, heap, problems);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Dictionary<Type, AnalyzerState> States, IReadOnlyList<CaptureSummary> Summaries) Read(
        IReadOnlyList<CaptureSource> captures, ICatalog catalog, RunOptions options, Redaction? redaction, HeapKeeper heap, List<RunProblem> problems)
    {
        IReadOnlyList<IAnalyzer>[] analyzers = [.. Enumerable.Range(0, options.Workers).Select(_ => Selected(catalog, options.Modules))];
        IReadOnlyList<ILogSchema> schemas = options.Addresses is { } addresses ? [.. catalog.Logs.Select(log => log.With(addresses))] : catalog.Logs;
        using LogSpool? logs = options.Logs is null ? null : new LogSpool(options.Logs.Folder, Formatter(options.Logs.Format));
        var identifier = new Identifier(catalog.Protocols);
        ShardWorker[] workers =
        [
            .. Enumerable.Range(0, options.Workers).Select(i => new ShardWorker(
                new ShardFilter(i, options.Workers), catalog, schemas, identifier, analyzers[i], options, logs, redaction, captures.Count, heap)),
        ];
        WorkAll(workers, captures);
        for (int worker = 1; worker < workers.Length; worker++)
        {
            workers[0].Flows.Merge(workers[worker].Flows);
            workers[0].Problems.Merge(workers[worker].Problems);
            for (int i = 0; i < analyzers[0].Count; i++)
            {
                analyzers[0][i].State.Merge(analyzers[worker][i].State);
            }
        }

        IReadOnlyList<CaptureSummary> summaries = Summarize(captures, workers[0], problems);
        problems.AddRange(workers[0].Problems.ToRunProblems());
        problems.AddRange(workers.Select(w => w.LimitsHit).Aggregate((a, b) => a + b).ToRunProblems());
        if (options.Stop.IsCancellationRequested)
        {
            problems.Add(new RunProblem(RunProblemKind.Interrupted, "stopped by the user: this report covers only what was read until then"));
        }

        logs?.Complete(schemas);
        return (analyzers[0].ToDictionary(a => a.State.GetType(), a => a.State), summaries);
    }

    private static ILogFormatter Formatter(LogFormat format) => format == LogFormat.ZeekTsv ? new ZeekTsvFormatter() : new ZeekJsonFormatter();

    // The analyzers of the modules asked for, and those that they need, in catalog order.
    private static List<IAnalyzer> Selected(ICatalog catalog, IReadOnlySet<string> modules)
    {
        List<IAnalyzer> all = [.. catalog.Analyzers.Select(make => make())];
        var wanted = new HashSet<string>(modules, StringComparer.Ordinal);
        wanted.UnionWith(catalog.Rollups.Select(make => make().Info).Where(r => modules.Contains(r.Name)).SelectMany(r => all.Where(a => r.Needs.Contains(a.State.GetType()))).Select(a => a.Info.Name));
        int before;
        do
        {
            before = wanted.Count;
            foreach (IAnalyzer analyzer in all.Where(a => wanted.Contains(a.Info.Name)))
            {
                wanted.UnionWith(all.Where(a => analyzer.Info.Needs.Contains(a.State.GetType())).Select(a => a.Info.Name));
            }
        }
        while (wanted.Count > before);
        return [.. all.Where(a => wanted.Contains(a.Info.Name))];
    }

    private static void WorkAll(ShardWorker[] workers, IReadOnlyList<CaptureSource> captures)
    {
        var failures = new System.Runtime.ExceptionServices.ExceptionDispatchInfo?[workers.Length];
        Thread[] threads = [.. workers.Skip(1).Select((worker, i) => new Thread(() => Work(i + 1)) { Name = $"shard {i + 1}", IsBackground = true })];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        Work(0);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        failures.FirstOrDefault(f => f is not null)?.Throw();

        void Work(int index)
        {
            try
            {
                workers[index].Work(captures);
            }
            catch (Exception e)
            {
                // Carried to the calling thread: an exception must not end the process from a worker.
                failures[index] = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e);
            }
        }
    }

    private static List<CaptureSummary> Summarize(IReadOnlyList<CaptureSource> captures, ShardWorker first, List<RunProblem> problems)
    {
        var summaries = new List<CaptureSummary>();
        for (int i = 0; i < captures.Count; i++)
        {
            CaptureTally tally = first.Tallies[i];
            CaptureInfo? info = first.Infos[i];
            FlowTally.Totals flows = first.Flows[i];
            summaries.Add(new CaptureSummary
            {
                Index = i,
                Path = captures[i].Path,
                Format = info?.Format ?? "not read",
                Bytes = captures[i].StoredLength,
                Frames = tally.Frames,
                DataBytes = tally.Bytes,
                First = tally.Frames > 0 ? tally.First : null,
                Last = tally.Frames > 0 ? tally.Last : null,
                PeakBitsPerSecond = tally.PeakSecondBytes * 8,
                Interfaces = info?.Interfaces ?? [],
                Comments = info?.Comments ?? [],
                Problem = info?.Problem,
                Dropped = info?.Interfaces.Sum(f => (long)Math.Min(f.Dropped ?? 0, long.MaxValue >> 16)) ?? 0,
                Truncated = tally.Truncated,
                StepsBack = tally.StepsBack,
                LongestStepBack = tally.LongestStepBack,
                LongestGap = tally.LongestGap,
                Flows = flows.Flows,
                OneSidedFlows = flows.OneSided,
                MissingBytes = flows.Missing,
                TotalBytes = flows.Bytes,
            });
            if (info?.Problem is string problem)
            {
                problems.Add(new RunProblem(RunProblemKind.Input, $"{captures[i].Path}: {problem}"));
            }
        }

        return summaries;
    }
}
