using System.Globalization;
using System.Text.RegularExpressions;
using Pcapper.Engine;
using Pcapper.Enrichment.Addresses;
using Pcapper.Enrichment.Intel;
using Pcapper.Evidence;
using Pcapper.Extraction;
using Pcapper.Input;
using Pcapper.Modules.Analyses.Intel;
using Pcapper.Yara;

namespace Pcapper.Commands;

/// <summary>The main job: captures in, report out.</summary>
internal sealed class AnalyzeCommand(CommandLine line, ICatalog catalog)
{
    /// <summary>Does what the arguments say; returns the exit code.</summary>
    public int Execute(System.CommandLine.ParseResult arguments, IReadOnlyList<string> raw, CancellationToken stop)
    {
        string[] targets = arguments.GetValue(line.Targets) ?? [];
        if (targets.FirstOrDefault(t => t.Length > 1 && t[0] == '-' && !File.Exists(t)) is string unknown)
        {
            string? suggestion = Suggestion.For(unknown, line.Root.Options.SelectMany(o => o.Aliases.Append(o.Name)));
            throw new PcapperException($"unknown option {unknown}{(suggestion is null ? "" : $"; did you mean {suggestion}?")} (--help shows all)", ExitCode.Usage);
        }

        IReportRenderer renderer = Renderer(arguments.GetValue(line.Output) ?? "txt");
        Severity? failOn = FailOn(arguments.GetValue(line.FailOn));
        LogExport? logs = Logs(arguments);
        string? hashes = arguments.GetValue(line.Hashcat);
        bool redacts = arguments.GetValue(line.Redact);
        if (redacts && hashes is not null)
        {
            throw new PcapperException("--hashcat writes secrets and cannot be used with --redact", ExitCode.Usage);
        }

        string? evidence = arguments.GetValue(line.EvidenceOut);
        if (redacts && evidence is not null)
        {
            throw new PcapperException("--evidence-out writes packets as they are and cannot be used with --redact", ExitCode.Usage);
        }

        if (evidence is not null && arguments.GetValue(line.Base))
        {
            throw new PcapperException("--evidence-out needs findings, which --base does not look for", ExitCode.Usage);
        }

        if (File.Exists(evidence))
        {
            throw new PcapperException($"cannot write evidence to {evidence}: it is a file, not a folder", ExitCode.Usage);
        }

        if (File.Exists(hashes))
        {
            throw new PcapperException($"cannot write hashes to {hashes}: it is a file, not a folder", ExitCode.Usage);
        }

        if (failOn is not null && arguments.GetValue(line.Base))
        {
            throw new PcapperException("--fail-on needs findings, which --base does not look for", ExitCode.Usage);
        }

        if (arguments.GetValue(line.Base) && IocFiles.AreAsked(line, arguments))
        {
            throw new PcapperException("--ioc-export and --ioc-match need analyses, which --base leaves out", ExitCode.Usage);
        }

        if (arguments.GetValue(line.Base) && arguments.GetValue(line.IntelDryRun))
        {
            throw new PcapperException("--intel-dry-run needs analyses, which --base leaves out", ExitCode.Usage);
        }

        int workers = WorkerCount(arguments);
        Action<string>? say = arguments.GetValue(line.NoStatus) ? null : text => Console.Error.WriteLine($"pcapper: {text}");
        IReputation? reputation = arguments.GetValue(line.Base) ? null : IntelLookUp.From(arguments.GetValue(line.IntelDryRun), say, stop);
        IocOptions ioc = IocFiles.Options(line, arguments);
        DetectionRules rules = arguments.GetValue(line.Rules) is string detections ? RulesFile.Read(detections, catalog) : DetectionRules.None;
        StringsOptions strings = Strings(arguments);
        AllowList allow = arguments.GetValue(line.Allow) is string expected ? AllowFile.Read(expected) : AllowList.None;
        using var extraction = ExtractionJob.From(line, arguments);
        YaraJob yara = YaraJob.From(line, arguments);
        (IReadOnlySet<string> modules, IReadOnlySet<string> shown) = Selected(arguments, yara, reputation is not null);
        IReadOnlyList<string> paths = Targets.Resolve(targets, arguments.GetValue(line.Recursive));
        ReportFile? file = arguments.GetValue(line.ReportOut) is string path ? new ReportFile(path, paths) : null;
        IocFiles export = IocFiles.Export(line, arguments, paths);
        using var sources = new CaptureSources(workers, isReadTwice: redacts || evidence is not null);
        IReadOnlyList<CaptureSource> captures = sources.Prepare(paths);
        if (captures.Count == 0)
        {
            throw new PcapperException(sources.Problems[0].Text, ExitCode.Input);
        }

        using AddressBook? addresses = AddressBook.Open(Environment.GetEnvironmentVariable(AddressBook.PlacesVariable), Environment.GetEnvironmentVariable(AddressBook.NetworksVariable));
        var progress = new Progress(captures, !arguments.GetValue(line.NoStatus));
        RunOutcome outcome = Analyze(captures, new RunOptions
        {
            Workers = sources.Workers,
            Modules = modules,
            ProtocolRows = ProtocolRows(arguments),
            Input = targets.Contains("-") ? [] : [.. targets, .. arguments.GetValue(line.Recursive) ? ["-r"] : Array.Empty<string>()],
            KeepsAllRows = renderer.Name == "json" || arguments.GetValue(line.Verbose),
            Logs = logs,
            Files = extraction.Store,
            Scanner = yara.Scanner,
            Ioc = ioc,
            Rules = rules,
            Addresses = addresses,
            Reputation = reputation,
            Allow = allow,
            Redacts = redacts,
            Strings = strings with { OnlySecrets = !shown.Contains("strings") },
            Progress = progress.IsOn ? progress.Report : null,
            Stop = stop,
        });
        progress.Clear();
        extraction.Finish();
        Section? view = extraction.View(arguments.GetValue(line.View) is { Length: > 0 });
        ReportDocument document = Document(outcome, [.. sources.Problems, .. yara.Problems(), .. addresses?.Problems ?? []], shown, view, raw, renderer.Name == "json" && !arguments.GetValue(line.Base));
        Write(document, renderer, arguments, file);
        export.Write(new IocReport(VersionText.Current, document.Captures, outcome.Observables));
        if (evidence is not null)
        {
            Console.Error.WriteLine("pcapper: " + new EvidenceJob(evidence).Write(captures, document.Findings));
        }

        if (logs is not null && stop.IsCancellationRequested)
        {
            Console.Error.WriteLine($"pcapper: stopped by the user: the logs in {logs.Folder} cover only what was read until then");
        }

        if (hashes is not null)
        {
            IReadOnlyList<string> earlier = HashcatFiles.Write(hashes, outcome.Hashes);
            Console.Error.WriteLine($"pcapper: {(outcome.Hashes.Count == 0 ? "no hashes found for" : $"{Units.Count(outcome.Hashes.Count, "line")} for hashcat in")} {hashes}");
            if (earlier.Count > 0)
            {
                Console.Error.WriteLine($"pcapper: hashes of an earlier run stay in {hashes}: {string.Join(", ", earlier)}");
            }
        }

        return Result(document, failOn);
    }

    private RunOutcome Analyze(IReadOnlyList<CaptureSource> captures, RunOptions options)
    {
        try
        {
            return Run.Analyze(captures, catalog, options);
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw options.Logs is { Folder: string folder }
                ? new PcapperException($"cannot write the logs to {folder}: {(File.Exists(folder) ? "it is a file, not a folder" : IoReason.Of(e))}", ExitCode.Usage)
                : new PcapperException($"cannot read the captures: {IoReason.Of(e)}", ExitCode.Input);
        }
    }

    private static ReportDocument Document(
        RunOutcome outcome, IReadOnlyList<RunProblem> inputProblems, IReadOnlySet<string> shown, Section? view, IReadOnlyList<string> raw, bool withHash)
    {
        IReadOnlyList<CaptureSummary> captures = withHash ? [.. outcome.Captures.Select(c => c with { Sha256 = FileHash.Of(c.Path) })] : outcome.Captures;
        return new ReportDocument(new ReportHeader("pcapper", VersionText.Current, raw), captures, outcome.Findings)
        {
            Overview = outcome.Overview,
            Indicators = outcome.Indicators,
            Sections = [.. InFlagOrder(outcome.Sections.Where(s => shown.Contains(s.Module)), raw), .. view is null ? Array.Empty<Section>() : [view]],
            Problems = [.. inputProblems, .. outcome.Problems],
        };
    }

    // Sections come in the order of their flags; with --all in the order of their names.
    private static IEnumerable<Section> InFlagOrder(IEnumerable<Section> sections, IReadOnlyList<string> raw)
        => sections.Where(s => s.Module != "overview").OrderBy(s => raw.ToList().IndexOf("--" + s.Module) is >= 0 and var at ? at : int.MaxValue);

    // What runs, and whose sections are shown. Without a module named all run, for the findings, and the first screen is all that is shown;
    // the roll-up of all findings needs all modules too.
    private (IReadOnlySet<string> Run, IReadOnlySet<string> Shown) Selected(System.CommandLine.ParseResult arguments, YaraJob yara, bool withIntel)
    {
        const string Yara = "yara";
        const string Always = "overview";
        const string NeedsAll = "threats";
        const string Ioc = "ioc";
        const string Hashes = "creds";
        const string Texts = "strings";
        HashSet<string> named = [.. line.ModuleOptions.Where(m => arguments.GetValue(m.Value)).Select(m => m.Key)];
        HashSet<string> all = [.. line.ModuleOptions.Keys, Always, .. withIntel ? [IntelRollup.Name] : Array.Empty<string>()];
        if (yara.Scanner is null)
        {
            named.Remove(Yara);
            all.Remove(Yara);
        }

        // Rules that are named are a wish to see what they match, beside whatever else is asked for.
        IEnumerable<string> beside = yara is { IsAsked: true, Scanner: not null } ? [Yara] : [];
        if (arguments.GetValue(line.Base))
        {
            if (named.Count > 0 || arguments.GetValue(line.All))
            {
                throw new PcapperException("--base runs no analyses: leave it out, or leave out --" + (named.Count > 0 ? named.Order(StringComparer.Ordinal).First() : "all"), ExitCode.Usage);
            }

            HashSet<string> needed = arguments.GetValue(line.Hashcat) is null ? [Always] : [Always, Hashes];
            return (needed, named);
        }

        if (arguments.GetValue(line.All))
        {
            return (all, all);
        }

        bool withIoc = named.Contains(Ioc) || IocFiles.AreAsked(line, arguments);
        if (arguments.GetValue(line.IntelDryRun) || named.Count == 0 || named.Contains(NeedsAll) || withIoc)
        {
            // What no finding rests on costs nothing unless it is asked for; nor does the search for texts, of which the first screen shows none.
            IEnumerable<string> run = all.Where(m => (m != Ioc || withIoc) && (m != Texts || named.Count > 0));
            return (run.ToHashSet(StringComparer.Ordinal), named.Concat(beside).Concat(withIntel ? [IntelRollup.Name] : []).ToHashSet(StringComparer.Ordinal));
        }

        named.UnionWith(beside);
        HashSet<string> some = [.. named, Always];
        if (arguments.GetValue(line.Hashcat) is not null)
        {
            some.Add(Hashes);
        }

        return (some, named);
    }

    private int WorkerCount(System.CommandLine.ParseResult arguments)
    {
        const int Most = 256;
        int? given = arguments.GetValue(line.Workers);
        if (given is < 1 or > Most)
        {
            throw new PcapperException($"--mp-workers must be 1 to {Most}", ExitCode.Usage);
        }

        return given ?? (arguments.GetValue(line.MultiProcess) ? Environment.ProcessorCount : 1);
    }

    private int? ProtocolRows(System.CommandLine.ParseResult arguments)
        => arguments.GetValue(line.LimitProtocols) is not { } rows ? null
            : rows >= 1 ? rows : throw new PcapperException("--limit-protocols must be 1 or more", ExitCode.Usage);

    private StringsOptions Strings(System.CommandLine.ParseResult arguments)
    {
        if ((arguments.GetValue(line.StringsMin) is not null || arguments.GetValue(line.StringsMatch) is not null)
            && !arguments.GetValue(line.ModuleOptions["strings"]) && !arguments.GetValue(line.All))
        {
            throw new PcapperException("--strings-min and --strings-match need --strings", ExitCode.Usage);
        }

        int minimum = arguments.GetValue(line.StringsMin) ?? StringsOptions.Usual.Minimum;
        if (minimum is < StringsOptions.Fewest or > StringsOptions.Most)
        {
            throw new PcapperException($"--strings-min must be {StringsOptions.Fewest} to {StringsOptions.Most}", ExitCode.Usage);
        }

        if (arguments.GetValue(line.StringsMatch) is not { } pattern)
        {
            return new StringsOptions { Minimum = minimum };
        }

        try
        {
            return new StringsOptions { Minimum = minimum, Match = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) };
        }
        catch (RegexParseException e)
        {
            // The native binary holds no messages of the platform, but names of errors.
            string reason = string.Concat(e.Error.ToString().Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
            throw new PcapperException(string.Create(CultureInfo.InvariantCulture, $"--strings-match {pattern}: not a regular expression, at character {e.Offset}:{reason}"), ExitCode.Usage);
        }
        catch (NotSupportedException)
        {
            throw new PcapperException($"--strings-match {pattern}: look-around, back references and atomic groups are not supported", ExitCode.Usage);
        }
    }

    private LogExport? Logs(System.CommandLine.ParseResult arguments)
    {
        string? format = arguments.GetValue(line.LogExport);
        string? folder = arguments.GetValue(line.LogOut);
        if (format is null)
        {
            return folder is null ? null : throw new PcapperException("--log-out needs --log-export zeek or zeek-tsv", ExitCode.Usage);
        }

        return new LogExport(
            format switch
            {
                "zeek" => LogFormat.ZeekJson,
                "zeek-tsv" => LogFormat.ZeekTsv,
                _ => throw new PcapperException($"--log-export {format}: give zeek or zeek-tsv", ExitCode.Usage),
            },
            folder ?? throw new PcapperException("--log-export needs --log-out DIR", ExitCode.Usage));
    }

    private static IReportRenderer Renderer(string name) => name switch
    {
        "txt" => new TextRenderer(),
        "md" => new MarkdownRenderer(),
        "json" => new JsonRenderer(),
        _ => throw new PcapperException($"--output {name}: give txt, md or json", ExitCode.Usage),
    };

    private static Severity? FailOn(string? level) => level switch
    {
        null => null,
        _ when Enum.TryParse(level, ignoreCase: true, out Severity severity) && char.IsAsciiLetter(level[0]) => severity,
        _ => throw new PcapperException($"--fail-on {level}: give critical, high, medium, low or info", ExitCode.Usage),
    };

    private void Write(ReportDocument document, IReportRenderer renderer, System.CommandLine.ParseResult arguments, ReportFile? file)
    {
        bool isTerminal = file is null && !Console.IsOutputRedirected;
        var options = new RenderOptions
        {
            Width = Width(isTerminal),
            WholeCells = !isTerminal && arguments.GetValue(line.Verbose),
            Verbose = arguments.GetValue(line.Verbose),
            Color = isTerminal && !arguments.GetValue(line.NoColor) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
        };
        Action<Action<Stream>> write = file is null ? StandardOutput.Write : file.Write;
        write(stream => renderer.Render(document, stream, options));
    }

    private static int Width(bool isTerminal)
    {
        const int Usual = 120;
        int columns = isTerminal ? Console.WindowWidth : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out int given) ? given : Usual;
        return columns > 0 ? Math.Clamp(columns, 60, 200) : Usual;
    }

    private static int Result(ReportDocument document, Severity? failOn)
    {
        if (document.Problems.Any(p => p.Kind == RunProblemKind.Interrupted))
        {
            return ExitCode.Interrupted;
        }

        if (document.Problems.Any(p => p.Kind == RunProblemKind.Internal))
        {
            return ExitCode.Internal;
        }

        if (failOn is Severity level && document.Findings.Any(f => f.Severity >= level))
        {
            return ExitCode.Findings;
        }

        return document.Problems.Any(p => p.Kind == RunProblemKind.Input) ? ExitCode.Input : ExitCode.Fine;
    }
}
