using System.Runtime.InteropServices;
using Pcapper.Engine;

namespace Pcapper.Yara;

/// <summary>YARA rules, compiled once, and tried on contents by libyara. They live as long as the program.</summary>
internal sealed unsafe class YaraRules : IContentScanner
{
    private const int TimeoutSeconds = 60;

    // Variables that rule collections for file scanners expect from them; here nothing is known of them.
    private static readonly string[] s_variables = ["filename", "filepath", "extension", "filetype", "owner"];

    private readonly nint _rules;
    private long _abandoned;

    private YaraRules(nint rules) => _rules = rules;

    /// <summary>Gets how many contents were given up because rules took too long, or libyara had no memory for them.</summary>
    public long Abandoned => Interlocked.Read(ref _abandoned);

    /// <summary>Loads the library.</summary>
    /// <returns>Why it cannot be used; null if it can.</returns>
    public static string? Load()
    {
        if (!NativeLibrary.TryLoad(LibYara.Name, out _))
        {
            return $"{LibYara.Name} is not installed (Debian and Ubuntu: apt install libyara9)";
        }

        if (LibYara.Initialize() != LibYara.Success)
        {
            return $"{LibYara.Name} does not start";
        }

        const string Known = "rule known : tag { meta: n = 5 strings: $a = \"abc\" condition: $a }";
        var problems = new List<RuleProblem>();
        IReadOnlyList<RuleHit> hits = Compile([(null, Known, "check")], problems)?.Scan("xxabc"u8) ?? [];
        return hits is [{ Rule: "check:known", Tags: ["tag"], Meta: [("n", "5")], Strings: [{ Name: "$a", Offset: 2, Length: 3 }] }]
            ? null
            : $"{LibYara.Name} is of a version that Pcapper does not know (4.2 is needed)";
    }

    /// <summary>Compiles files of rules, each in a namespace of its name; those with errors are left out, and the errors told.</summary>
    /// <returns>The rules, or null if there are none.</returns>
    public static YaraRules? Compile(IEnumerable<string> paths, List<RuleProblem> problems)
        => Compile([.. paths.Select(p => ((string?)p, string.Empty, Path.GetFileNameWithoutExtension(p)))], problems);

    /// <inheritdoc/>
    public IReadOnlyList<RuleHit> Scan(ReadOnlySpan<byte> content)
    {
        var hits = new List<RuleHit>();
        var handle = GCHandle.Alloc(hits);
        int result;
        fixed (byte* bytes = content)
        {
            result = LibYara.Scan(_rules, bytes, (nuint)content.Length, LibYara.ReportMatching, &OnScan, GCHandle.ToIntPtr(handle), TimeoutSeconds);
        }

        handle.Free();
        if (result != LibYara.Success)
        {
            Interlocked.Increment(ref _abandoned);
        }

        hits.Sort((a, b) => string.CompareOrdinal(a.Rule, b.Rule));
        return hits;
    }

    // A compiler that met an error takes no more rules, so each file is tried in one of its own first.
    private static YaraRules? Compile(IReadOnlyList<(string? Path, string Text, string Namespace)> sources, List<RuleProblem> problems)
    {
        List<(string? Path, string Text, string Namespace)> good = sources.Count == 1 ? [.. sources] : [.. sources.Where(s => CompileAll([s], problems) is { } alone)];
        return good.Count == 0 ? null : CompileAll(good, problems);
    }

    private static YaraRules? CompileAll(IReadOnlyList<(string? Path, string Text, string Namespace)> sources, List<RuleProblem> problems)
    {
        if (LibYara.CreateCompiler(out nint compiler) != LibYara.Success)
        {
            return null;
        }

        var handle = GCHandle.Alloc(problems);
        try
        {
            LibYara.SetCallback(compiler, &OnCompile, GCHandle.ToIntPtr(handle));
            foreach (string variable in s_variables)
            {
                LibYara.DefineString(compiler, variable, string.Empty);
            }

            foreach ((string? path, string text, string nameSpace) in sources)
            {
                if (Add(compiler, path, text, nameSpace) != 0)
                {
                    return null;
                }
            }

            return LibYara.GetRules(compiler, out nint rules) == LibYara.Success ? new YaraRules(rules) : null;
        }
        finally
        {
            LibYara.DestroyCompiler(compiler);
            handle.Free();
        }
    }

    private static int Add(nint compiler, string? path, string text, string nameSpace)
    {
        if (path is null)
        {
            return LibYara.AddText(compiler, text, nameSpace);
        }

        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
        return LibYara.AddFile(compiler, file, nameSpace, path);
    }

    [UnmanagedCallersOnly]
    private static void OnCompile(int level, nint file, int line, nint rule, nint message, nint userData)
    {
        // Errors are 0, warnings 1.
        if (level == 0)
        {
            ((List<RuleProblem>)GCHandle.FromIntPtr(userData).Target!).Add(new RuleProblem(MatchReader.Text(file) ?? string.Empty, line, MatchReader.Text(message) ?? string.Empty));
        }
    }

    [UnmanagedCallersOnly]
    private static int OnScan(nint context, int message, nint data, nint userData)
    {
        const int RuleMatches = 1;
        const int GoOn = 0;
        if (message == RuleMatches)
        {
            ((List<RuleHit>)GCHandle.FromIntPtr(userData).Target!).Add(MatchReader.Read(context, data));
        }

        return GoOn;
    }
}
