using Pcapper.Commands;
using Pcapper.Engine;

namespace Pcapper.Yara;

/// <summary>What <c>PCAPPER_YARA_RULES</c> and <c>--yara-rules</c> ask for. What does not work is told, and the analysis goes on without it.</summary>
internal sealed class YaraJob
{
    /// <summary>Names rules: a file or a folder.</summary>
    public const string Variable = "PCAPPER_YARA_RULES";

    private const int ErrorsTold = 5;

    private readonly YaraRules? _rules;
    private readonly List<RunProblem> _problems = [];

    private YaraJob(string? path)
    {
        if (path is null)
        {
            return;
        }

        IReadOnlyList<string> files = Files(path);
        if (files.Count == 0)
        {
            Problem($"no YARA rules in {Printable.From(path)}");
            return;
        }

        if (YaraRules.Load() is { } reason)
        {
            Problem($"YARA rules are not tried: {reason}");
            return;
        }

        var errors = new List<RuleProblem>();
        try
        {
            _rules = YaraRules.Compile(files, errors);
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            Problem($"YARA rules cannot be read: {IoReason.Of(e)}");
        }

        foreach (RuleProblem error in errors.Take(ErrorsTold))
        {
            Problem(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"YARA rules left out: {Printable.From(error.Path)}, {(error.Line > 0 ? "line " : "at its end")}{(error.Line > 0 ? error.Line : null)}: {Printable.From(error.Text)}"));
        }

        int more = errors.Select(e => e.Path).Distinct(StringComparer.Ordinal).Count() - errors.Take(ErrorsTold).Select(e => e.Path).Distinct(StringComparer.Ordinal).Count();
        if (more > 0)
        {
            Problem($"YARA rules left out: {Units.Count(more, "more file")} with errors");
        }
    }

    /// <summary>Gets what tries the rules; null if there are none, or they do not work.</summary>
    public IContentScanner? Scanner => _rules;

    /// <summary>Gets a value indicating whether the user named rules for this run.</summary>
    public bool IsAsked { get; private init; }

    /// <summary>Reads the options.</summary>
    /// <exception cref="PcapperException">The module is asked for without rules.</exception>
    public static YaraJob From(CommandLine line, System.CommandLine.ParseResult arguments)
    {
        string? option = arguments.GetValue(line.YaraRules);
        string? variable = Environment.GetEnvironmentVariable(Variable);
        string? path = option ?? (string.IsNullOrEmpty(variable) ? null : variable);
        if (path is null && arguments.GetValue(line.ModuleOptions["yara"]))
        {
            throw new PcapperException($"--yara needs rules: set {Variable} to a file or folder, or give --yara-rules PATH", ExitCode.Usage);
        }

        if (path is not null && arguments.GetValue(line.Base))
        {
            path = option is null ? null : throw new PcapperException("--yara-rules needs analyses, which --base leaves out", ExitCode.Usage);
        }

        return new YaraJob(path) { IsAsked = option is not null };
    }

    /// <summary>Gets what did not work, once the run is over.</summary>
    public IReadOnlyList<RunProblem> Problems()
        => _rules is { Abandoned: > 0 and var abandoned }
            ? [.. _problems, new RunProblem(RunProblemKind.Limit, $"YARA rules were given up on {Units.Count(abandoned, "content")}: they took longer than a minute, or too much memory")]
            : _problems;

    private static IReadOnlyList<string> Files(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        return Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*", everywhere).Where(f => Path.GetExtension(f).ToLowerInvariant() is ".yar" or ".yara" or ".rule").Order(StringComparer.Ordinal)]
            : [];
    }

    private void Problem(string text)
    {
        Console.Error.WriteLine($"pcapper: {text}");
        _problems.Add(new RunProblem(RunProblemKind.Input, text));
    }
}
