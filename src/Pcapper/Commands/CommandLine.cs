using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Commands;

/// <summary>The options, in the groups in which the help shows them. Modules come from the catalog.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, Option<bool>> _modules = new(StringComparer.Ordinal);
    private readonly List<(string Group, Option Option)> _groups = [];

    public CommandLine(ICatalog catalog)
    {
        Group("Input", Recursive, MultiProcess, Workers);
        foreach (ModuleInfo module in Modules(catalog).OrderBy(m => m.Flag, StringComparer.Ordinal))
        {
            var option = new Option<bool>(module.Flag) { Description = module.Help };
            _modules.Add(module.Name, option);
            Group("Modules", option);
        }

        Group("Modules", All, Base);
        Group("Filtering", LimitProtocols, Allow);
        Group("Output", Output, ReportOut, Verbose, Redact, LogExport, LogOut, Hashcat, Extract, ExtractOut, ExtractZip, ExtractLimit, View, EmailOut, IocExport, IocOut, IocMatch, IocAll, StringsMin, StringsMatch, YaraRules, EvidenceOut, NoStatus, NoColor);
        Group("Enrichment", IntelDryRun);
        Group("Result", FailOn, Rules);
        Group("Other", Help, Version);
        Root = new RootCommand("Turns network captures into a triage report: what is in there, what is wrong with it, and how to check it.") { Targets };
        Root.Options.Clear();
        Root.TreatUnmatchedTokensAsErrors = true;
        foreach ((_, Option option) in _groups)
        {
            Root.Options.Add(option);
        }
    }

    public RootCommand Root { get; }

    public IReadOnlyList<(string Group, Option Option)> Groups => _groups;

    public IReadOnlyDictionary<string, Option<bool>> ModuleOptions => _modules;

    public Argument<string[]> Targets { get; } = new("TARGET")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "captures, folders, patterns, or - for standard input",
    };

    public Option<bool> Recursive { get; } = new("--recursive", "-r") { Description = "look into subfolders" };

    public Option<bool> MultiProcess { get; } = new("--mp") { Description = "use all cores" };

    public Option<int?> Workers { get; } = new("--mp-workers") { Description = "use this many workers", HelpName = "N", CustomParser = Number };

    public Option<bool> All { get; } = new("--all") { Description = "every module" };

    public Option<bool> Base { get; } = new("--base") { Description = "only what the capture is: no analyses" };

    public Option<int?> LimitProtocols { get; } = new("--limit-protocols", "-l") { Description = "rows of the protocol tables (default 6 on the first screen, 15 with --protocols)", HelpName = "N", CustomParser = Number };

    public Option<string> Allow { get; } = new("--allow") { Description = "addresses, ranges and domains whose regular traffic is expected, one on each line: no beacons", HelpName = "FILE" };

    public Option<string> Output { get; } = new("--output") { Description = "txt (default), md or json", HelpName = "FORMAT" };

    public Option<string> ReportOut { get; } = new("--report-out") { Description = "write the report to a file", HelpName = "PATH" };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "all rows and all details" };

    public Option<string> LogExport { get; } = new("--log-export") { Description = "write record logs: zeek (JSON lines) or zeek-tsv", HelpName = "FORMAT" };

    public Option<string> LogOut { get; } = new("--log-out") { Description = "the folder for record logs; those of an earlier run are replaced", HelpName = "DIR" };

    public Option<string> Hashcat { get; } = new("--hashcat") { Description = "write hashes to guess passwords from, a file for each hashcat mode", HelpName = "DIR" };

    public Option<string[]> Extract { get; } = new("--extract") { Description = "write out files of this name, pattern (*.exe, '*') or hash; may be given again", HelpName = "NAME", AllowMultipleArgumentsPerToken = false };

    public Option<string> ExtractOut { get; } = new("--extract-out") { Description = "the folder for extracted files (default files)", HelpName = "DIR" };

    public Option<string> ExtractZip { get; } = new("--extract-zip") { Description = "pack them into an encrypted archive, password \"infected\"; without --extract-out no folder is made", HelpName = "PATH" };

    public Option<string> ExtractLimit { get; } = new("--extract-limit") { Description = "extract no more than this in all: 500M, 10G (default 4G, and 10,000 files)", HelpName = "SIZE" };

    public Option<string[]> View { get; } = new("--view") { Description = "show the start of files of this name, pattern or hash; more of it with -v", HelpName = "NAME", AllowMultipleArgumentsPerToken = false };

    public Option<string> EmailOut { get; } = new("--email-out") { Description = "write out the mails, each as .eml; the limits of --extract hold", HelpName = "DIR" };

    public Option<string> IocExport { get; } = new("--ioc-export") { Description = "write indicators and observables: json, csv, stix (2.1) or misp", HelpName = "FORMAT" };

    public Option<string> IocOut { get; } = new("--ioc-out") { Description = "the file or folder for them (default CAPTURE.iocs.FORMAT)", HelpName = "PATH" };

    public Option<string[]> IocMatch { get; } = new("--ioc-match") { Description = "look for what a list names (text, CSV, STIX 2.1, MISP JSON); may be given again", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };

    public Option<bool> IocAll { get; } = new("--ioc-all") { Description = "keep private, reserved and well-known addresses and names among indicators" };

    public Option<bool> IntelDryRun { get; } = new("--intel-dry-run") { Description = "list which values would be sent to which reputation service, and send nothing" };

    public Option<string> YaraRules { get; } = new("--yara-rules") { Description = "YARA rules to try on files and streams, a file or a folder (default PCAPPER_YARA_RULES)", HelpName = "PATH" };

    public Option<int?> StringsMin { get; } = new("--strings-min") { Description = "the fewest characters of a text (default 6)", HelpName = "N", CustomParser = Number };

    public Option<string> StringsMatch { get; } = new("--strings-match") { Description = "keep the texts that match a regular expression, also what does not look like text", HelpName = "REGEX" };

    public Option<bool> Redact { get; } = new("--redact") { Description = "mask passwords, tokens and hashes everywhere (reads the capture twice)" };

    public Option<bool> NoStatus { get; } = new("--no-status") { Description = "no progress line" };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "no colour (also NO_COLOR)" };

    public Option<string> FailOn { get; } = new("--fail-on") { Description = "exit with 1 if there are findings at or above LEVEL", HelpName = "LEVEL" };

    public Option<string> EvidenceOut { get; } = new("--evidence-out") { Description = "write a small capture for each finding, its frames marked by comments, and index.json", HelpName = "DIR" };

    public Option<string> Rules { get; } = new("--rules") { Description = "change thresholds and severities of detections, or switch them off (TOML; pcapper detections lists them)", HelpName = "FILE" };

    public Option<bool> Help { get; } = new("--help", "-h", "-?") { Description = "show this help" };

    public Option<bool> Version { get; } = new("--version") { Description = "show the version" };

    /// <summary>Tells which option lacks its value, so that the option behind it would be taken for that; null if none does.</summary>
    public string? MissingValue(System.CommandLine.ParseResult arguments)
    {
        HashSet<string> names = [.. Root.Options.SelectMany(o => o.Aliases.Append(o.Name))];
        foreach (Option option in Root.Options)
        {
            if (option.HelpName is not null && arguments.GetResult(option)?.Tokens.FirstOrDefault(t => names.Contains(t.Value)) is { } taken)
            {
                return $"{option.Name} needs {option.HelpName}, but {taken.Value} follows (a value of that name is written {option.Name}=./{taken.Value})";
            }
        }

        return null;
    }

    /// <summary>Gets all modules that have a flag.</summary>
    public static IEnumerable<ModuleInfo> Modules(ICatalog catalog)
        => catalog.Analyzers.Select(make => make().Info).Concat(catalog.Rollups.Select(make => make().Info)).Where(m => m.Flag.Length > 0);

    private static int? Number(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }

        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} {text}: give a number");
        return null;
    }

    private void Group(string group, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            _groups.Add((group, option));
        }
    }
}
