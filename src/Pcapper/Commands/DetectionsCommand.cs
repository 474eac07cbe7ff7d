using System.Globalization;
using System.Text;
using Pcapper.Engine;

namespace Pcapper.Commands;

/// <summary><c>pcapper detections</c>: all that is looked for, with the numbers that rules may change.</summary>
internal static class DetectionsCommand
{
    private const string Usage = "pcapper detections [WORD]\n\nLists every detection, or those whose id or title has WORD: severity, ATT&CK, what would make it wrong, and the thresholds that --rules FILE may change.\n";

    /// <summary>Gets all detections, by id.</summary>
    public static IEnumerable<FindingType> Types(ICatalog catalog)
        => catalog.Analyzers.Select(make => make().Info).Concat(catalog.Rollups.Select(make => make().Info)).SelectMany(m => m.FindingTypes).OrderBy(t => t.Id, StringComparer.Ordinal);

    /// <summary>Writes the list; returns the exit code.</summary>
    /// <exception cref="PcapperException">The arguments are not understood, or name no detection.</exception>
    public static int Execute(ReadOnlySpan<string> arguments, ICatalog catalog)
    {
        if (arguments is ["--help"] or ["-h"] or ["-?"])
        {
            StandardOutput.Write(Usage);
            return ExitCode.Fine;
        }

        if (arguments.Length > 1 || (arguments is [var option] && option.StartsWith('-')))
        {
            throw new PcapperException("pcapper detections takes one word to look for, or nothing", ExitCode.Usage);
        }

        string word = arguments.Length == 0 ? string.Empty : arguments[0];
        List<FindingType> types = [.. Types(catalog).Where(t => t.Id.Contains(word, StringComparison.OrdinalIgnoreCase) || t.Title.Contains(word, StringComparison.OrdinalIgnoreCase))];
        if (types.Count == 0)
        {
            throw new PcapperException($"no detection has \"{word}\" in its id or title", ExitCode.Usage);
        }

        StandardOutput.Write(Write(types));
        return ExitCode.Fine;
    }

    /// <summary>Writes detections as text; what is written can be taken over into a file of rules.</summary>
    internal static string Write(IEnumerable<FindingType> types)
    {
        var text = new StringBuilder();
        foreach (FindingType type in types)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{type.Id}]\n# {type.Title}\n");
            if (type.Techniques.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"# ATT&CK {string.Join(", ", type.Techniques)}\n");
            }

            if (type.Unless is { } unless)
            {
                text.Append(CultureInfo.InvariantCulture, $"# unless {unless}\n");
            }

            if (type.Certainty is { } certainty)
            {
                text.Append(CultureInfo.InvariantCulture, $"# confidence {certainty}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"severity = \"{type.Severity.ToString().ToLowerInvariant()}\"\n");
            foreach (Threshold threshold in type.Thresholds)
            {
                text.Append(CultureInfo.InvariantCulture, $"{threshold.Name} = {threshold.Usual}   # {threshold.Text}\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
