using Pcapper.Engine;
using Pcapper.Modules.Analyses.Intel;

namespace Pcapper.Modules.Analyses.Threats;

/// <summary>Commands that go deeper into what was found.</summary>
internal static class NextSteps
{
    private const int Most = 3;

    public static IEnumerable<string> For(List<Finding> findings, IReadOnlyList<string> input)
    {
        if (input.Count == 0 || findings.Count == 0)
        {
            return [];
        }

        string target = string.Join(' ', input.Select(ShellText.Quote));
        string[] modules = [.. findings.Select(f => f.Type.Module).Where(m => m != IntelRollup.Name).Distinct(StringComparer.Ordinal).Take(Most)];
        return
        [
            $"pcapper {target} --threats -v",
            .. modules.Length == 0 ? Array.Empty<string>() : [$"pcapper {target} {string.Join(' ', modules.Select(m => "--" + m))} -v"],
        ];
    }
}
