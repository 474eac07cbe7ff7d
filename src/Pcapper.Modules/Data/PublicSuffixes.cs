namespace Pcapper.Modules.Data;

/// <summary>Finds the registered domain of a name by the Public Suffix List (publicsuffix.org, "Format" and "Algorithm"), private section included.</summary>
public static class PublicSuffixes
{
    private static readonly Lazy<RuleSet> s_rules = new(Load);

    /// <summary>Gets the rules as they are listed; what letters follow each other in names can be learnt from them.</summary>
    internal static IEnumerable<string> Rules => s_rules.Value.Plain;

    /// <summary>Tells whether names are registered directly below a name in lower case: a top-level domain that there is, for one.</summary>
    internal static bool IsSuffix(ReadOnlySpan<char> name) => s_rules.Value.IsSuffix(name);

    /// <summary>Gets the registered domain: the public suffix and one label more (<c>example.co.uk</c>); or null if the name is a suffix itself or has one label.</summary>
    public static string? RegisteredDomain(string name)
    {
        ReadOnlySpan<char> rest = name.AsSpan().TrimEnd('.');
        if (rest.IndexOf('.') <= 0 || rest.Length > 256)
        {
            return null;
        }

        Span<char> lower = stackalloc char[rest.Length];
        rest.ToLowerInvariant(lower);
        RuleSet rules = s_rules.Value;

        // From the longest suffix to the shortest: the first rule that matches prevails; without one it is "*".
        int start = 0;
        int previous = -1;
        while (true)
        {
            ReadOnlySpan<char> suffix = lower[start..];
            int dot = suffix.IndexOf('.');
            if (rules.IsException(suffix))
            {
                return suffix.ToString();
            }

            if (dot < 0 || rules.IsSuffix(suffix) || (dot > 0 && rules.IsBelowWildcard(suffix[(dot + 1)..])))
            {
                return previous < 0 || lower[previous] == '.' ? null : lower[previous..].ToString();
            }

            previous = start;
            start += dot + 1;
        }
    }

    /// <summary>Tells whether a label, in lower case, is a top-level domain of the public DNS.</summary>
    public static bool IsTopLevel(string label) => label != "onion" && (s_rules.Value.IsSuffix(label) || s_rules.Value.IsBelowWildcard(label));

    private static RuleSet Load()
    {
        using Stream stream = typeof(PublicSuffixes).Assembly.GetManifestResourceStream("public_suffixes.txt")
            ?? throw new InvalidOperationException("public_suffixes.txt is not compiled in");
        using var reader = new StreamReader(stream);
        var rules = new RuleSet();
        while (reader.ReadLine() is string line)
        {
            rules.Add(line);
        }

        return rules;
    }

    private sealed class RuleSet
    {
        private readonly HashSet<string> _exceptions = new(StringComparer.Ordinal);
        private readonly HashSet<string> _wildcards = new(StringComparer.Ordinal);

        public HashSet<string> Plain { get; } = new(10_000, StringComparer.Ordinal);

        public void Add(string line)
        {
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal))
            {
                return;
            }

            if (line[0] == '!')
            {
                _exceptions.Add(line[1..]);
            }
            else if (line.StartsWith("*.", StringComparison.Ordinal))
            {
                _wildcards.Add(line[2..]);
            }
            else
            {
                Plain.Add(line);
            }
        }

        public bool IsException(ReadOnlySpan<char> name) => _exceptions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

        public bool IsBelowWildcard(ReadOnlySpan<char> parent) => _wildcards.GetAlternateLookup<ReadOnlySpan<char>>().Contains(parent);

        public bool IsSuffix(ReadOnlySpan<char> name) => Plain.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }
}
