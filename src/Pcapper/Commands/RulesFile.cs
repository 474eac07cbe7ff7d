using System.Globalization;
using Pcapper.Engine;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Pcapper.Commands;

/// <summary>
/// Reads what <c>--rules</c> changes about detections: a table for each, <c>[tcp.port-scan]</c>, with <c>enabled</c>, <c>severity</c> and thresholds. A mistake
/// is told with its line: a rule that does nothing would be believed in.
/// </summary>
internal static class RulesFile
{
    private const int Longest = 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <exception cref="PcapperException">It cannot be read, or names what there is not.</exception>
    public static DetectionRules Read(string path, ICatalog catalog)
    {
        string text;
        try
        {
            if (new FileInfo(path).Length > Longest)
            {
                throw new PcapperException($"cannot use the rules in {path}: larger than 1 MiB", ExitCode.Usage);
            }

            text = File.ReadAllText(path);
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw new PcapperException($"cannot read the rules in {path}: {IoReason.Of(e)}", ExitCode.Usage);
        }

        return Parse(text, path, catalog);
    }

    internal static DetectionRules Parse(string text, string path, ICatalog catalog)
    {
        DocumentSyntax document = SyntaxParser.Parse(text, path);
        if (document.HasErrors)
        {
            throw Wrong(path, document.Diagnostics[0].Span.Start.Line, document.Diagnostics[0].Message);
        }

        if (document.KeyValues.ChildrenCount > 0)
        {
            throw Wrong(path, document.KeyValues.GetChild(0)!, "a value outside of the table of a detection, such as [tcp.port-scan]");
        }

        var types = DetectionsCommand.Types(catalog).ToDictionary(t => t.Id, StringComparer.Ordinal);
        var thresholds = new Dictionary<Threshold, long>();
        var severities = new Dictionary<string, Severity>(StringComparer.Ordinal);
        var off = new HashSet<string>(StringComparer.Ordinal);
        foreach (TableSyntaxBase table in document.Tables)
        {
            string id = Name(table.Name);
            if (!types.TryGetValue(id, out FindingType? type))
            {
                string? near = Suggestion.For(id, types.Keys);
                throw Wrong(path, table, $"no detection {id}{(near is null ? "" : $"; did you mean {near}?")} (pcapper detections lists all)");
            }

            foreach (KeyValueSyntax item in table.Items)
            {
                Set(type, item, path, thresholds, severities, off);
            }
        }

        return new DetectionRules { Thresholds = thresholds, Severities = severities, Off = off };
    }

    private static void Set(FindingType type, KeyValueSyntax item, string path, Dictionary<Threshold, long> thresholds, Dictionary<string, Severity> severities, HashSet<string> off)
    {
        string name = Name(item.Key);
        switch (name)
        {
            case "enabled":
                if ((item.Value as BooleanValueSyntax ?? throw Wrong(path, item, "enabled is true or false")).Value == false)
                {
                    off.Add(type.Id);
                }

                return;
            case "severity":
                severities[type.Id] = item.Value is StringValueSyntax { Value: { Length: > 0 } word } && char.IsAsciiLetter(word[0]) && Enum.TryParse(word, ignoreCase: true, out Severity severity)
                    ? severity
                    : throw Wrong(path, item, "severity is \"critical\", \"high\", \"medium\", \"low\" or \"info\"");
                return;
        }

        Threshold threshold = type.Thresholds.FirstOrDefault(t => t.Name == name)
            ?? throw Wrong(path, item, $"{type.Id} has no {name}; there are {string.Join(", ", type.Thresholds.Select(t => t.Name).Prepend("severity").Prepend("enabled"))}");
        thresholds[threshold] = item.Value is IntegerValueSyntax number && number.Value >= threshold.Least
            ? number.Value
            : throw Wrong(path, item, string.Create(CultureInfo.InvariantCulture, $"{name} is a whole number of {threshold.Least} or more: {threshold.Text}"));
    }

    // [tcp.port-scan] and ["tcp.port-scan"] are the same detection.
    private static string Name(KeySyntax? key) => (key?.ToString() ?? string.Empty).Trim().Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);

    private static PcapperException Wrong(string path, SyntaxNode node, string reason) => Wrong(path, node.Span.Start.Line, reason);

    private static PcapperException Wrong(string path, int line, string reason)
        => new(string.Create(CultureInfo.InvariantCulture, $"cannot use the rules in {path}, line {line + 1}: {reason}"), ExitCode.Usage);
}
