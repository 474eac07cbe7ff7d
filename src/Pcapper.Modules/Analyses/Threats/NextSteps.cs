using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Threats;

/// <summary>Commands that go deeper into what was found.</summary>
internal static class NextSteps
{
    private const int Most = 3;

    public static IEnumerable<string> For(List<Finding> findings, IReadOnlyList<CaptureSummary> captures)
    {
        if (captures.Count == 0 || findings.Count == 0)
        {
            return [];
        }

        string target = captures.Count == 1 ? ShellText.Quote(captures[0].Path) : "CAPTURES";
        string[] modules = [.. findings.Select(f => f.Type.Module).Distinct(StringComparer.Ordinal).Take(Most)];
        return
        [
            $"pcapper {target} --threats -v",
            $"pcapper {target} {string.Join(' ', modules.Select(m => "--" + m))} -v",
        ];
    }
}
