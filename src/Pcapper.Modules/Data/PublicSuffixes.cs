
namespace Pcapper.Modules.Data;

/// <summary>Finds the registered domain of a name by the Public Suffix List (publicsuffix.org, "Format" and "Algorithm"), private section included.</summary>
public static class PublicSuffixes
{
    private static readonly Lazy<HashSet<string>> s_rules = new(Load);

    /// <summary>Gets the registered domain: the public suffix and one label more (<c>example.co.uk</c>); or null if the name is a suffix itself or has one label.</summary>
    public static string? RegisteredDomain(string name)
    {
        name = name.TrimEnd('.').ToLowerInvariant();
        if (name.Length == 0 || name.IndexOf('.', StringComparison.Ordinal) <= 0)
        {
            return null;
        }

        // From the longest suffix to the shortest: the first rule that matches prevails; without one it is "*".
        HashSet<string> rules = s_rules.Value;
        int start = 0;
        int previous = -1;
        while (true)
        {
            string suffix = name[start..];
            int dot = suffix.IndexOf('.', StringComparison.Ordinal);
            if (rules.Contains("!" + suffix))
            {
                return suffix;
            }

            bool isSuffix = rules.Contains(suffix) || (dot > 0 && rules.Contains("*" + suffix[dot..])) || dot < 0;
            if (isSuffix)
            {
                return previous < 0 ? null : name[previous..];
            }

            previous = start;
            start += dot + 1;
        }
    }

    private static HashSet<string> Load()
    {
        using Stream stream = typeof(PublicSuffixes).Assembly.GetManifestResourceStream("public_suffixes.txt")
            ?? throw new InvalidOperationException("public_suffixes.txt is not compiled in");
        using var reader = new StreamReader(stream);
        var rules = new HashSet<string>(10_000, StringComparer.Ordinal);
        while (reader.ReadLine() is string line)
        {
            if (!line.StartsWith("//", StringComparison.Ordinal))
            {
                rules.Add(line);
            }
        }

        return rules;
    }
}
