using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pcapper.Commands;
using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Packets;
using Pcapper.Tests.Running;
using Pcapper.Tests.Samples;
using Xunit;

namespace Pcapper.Tests.Docs;

/// <summary>Documents that are made from the code are what the code says.</summary>
public sealed class DocsTests
{
    private static readonly Catalog s_catalog = new();

    [Fact]
    public void Detections_are_documented()
    {
        var text = new StringBuilder("# Detections\n\nMade from the code by `DocsTests`; `pcapper detections` prints the same as rules. `--rules FILE` changes thresholds and severities and switches detections off: `docs/rules.md`. Numbers that are not listed here stand in the modules' sources, beside their reasons.\n");
        IEnumerable<ModuleInfo> withoutFlag = s_catalog.Rollups.Select(make => make().Info).Where(m => m.Flag.Length == 0);
        foreach (ModuleInfo module in Modules().Concat(withoutFlag).Where(m => m.FindingTypes.Count > 0))
        {
            text.Append($"\n## {module.Title} ({(module.Flag.Length == 0 ? "only if asked for" : $"`{module.Flag}`")})\n\n| Id | Finding | Severity | ATT&CK | Thresholds | Unless |\n|---|---|---|---|---|---|\n");
            foreach (FindingType type in module.FindingTypes.OrderBy(t => t.Id, StringComparer.Ordinal))
            {
                text.Append($"| `{type.Id}` | {type.Title} | {type.Severity.ToString().ToLowerInvariant()} | {string.Join(", ", type.Techniques)} | {string.Join("; ", type.Thresholds.Select(t => $"`{t.Name}` {t.Usual}: {t.Text}").Concat(type.Certainty is null ? [] : [$"confidence {type.Certainty}"]))} | {type.Unless} |\n");
            }
        }

        Golden.Matches("docs/detections.md", Encoding.UTF8.GetBytes(text.ToString()));
    }

    [Fact]
    public void Options_are_documented()
        => Golden.Matches("docs/options.md", Encoding.UTF8.GetBytes("# Options\n\nWhat `pcapper --help` says; made from the code by `DocsTests`.\n\n```\n" + HelpText.Write(new Commands.CommandLine(s_catalog)) + "```\n"));

    [Fact]
    public void Limits_are_documented()
    {
        string xml = Path.ChangeExtension(typeof(Limits).Assembly.Location, ".xml");
        var text = new StringBuilder("# Limits\n\nEvery bound on what hostile input can make Pcapper hold or do (`Limits.cs`); made from the code by `DocsTests`.\n\n| Limit | Value | Bounds |\n|---|---|---|\n");
        foreach (XElement member in XDocument.Load(xml).Descendants("member"))
        {
            Match name = Regex.Match((string)member.Attribute("name")!, "^F:Pcapper.Packets.Limits.(\\w+)$", RegexOptions.NonBacktracking);
            if (name.Success)
            {
                object? value = typeof(Limits).GetField(name.Groups[1].Value)!.GetValue(null);
                string summary = Regex.Replace(string.Concat(member.Element("summary")!.Nodes().Select(n => n is XElement see ? ((string?)see.Attribute("cref"))?.Split('.')[^1] ?? see.Value : n.ToString())), "\\s+", " ").Trim();
                text.Append($"| {name.Groups[1].Value} | {value:N0} | {summary} |\n");
            }
        }

        Golden.Matches("docs/limits.md", Encoding.UTF8.GetBytes(text.ToString()));
    }

    [Fact]
    public void Every_limit_is_kept_somewhere()
    {
        string sources = string.Concat(Directory.EnumerateFiles(Golden.InRepository("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "Limits.cs" && !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        string[] unused = [.. typeof(Limits).GetFields().Select(f => f.Name).Where(name => !Regex.IsMatch(sources, $"\\bLimits\\.{name}\\b", RegexOptions.NonBacktracking))];

        Assert.Empty(unused);
    }

    [Fact]
    public void The_README_shows_real_output_and_all_modules()
    {
        string path = Golden.InRepository("README.md");
        string readme = File.ReadAllText(path);
        byte[] capture = OfficeDay.Build();
        RunOutcome outcome = Analysis.Of([new CaptureSource("samples/office-day.pcapng", capture.Length, index => CaptureFile.Open(new MemoryStream(capture), index))]);
        var document = new ReportDocument(new ReportHeader("pcapper", "1.0.0", []), outcome.Captures, outcome.Findings) { Overview = outcome.Overview };
        using var output = new MemoryStream();
        new TextRenderer().Render(document, output, new RenderOptions { Width = 120 });
        string report = Encoding.UTF8.GetString(output.ToArray()).TrimEnd();
        string modules = string.Join('\n', Modules().Select(m => $"| `{m.Flag}` | {m.Help} |"));
        string wanted = Between(Between(readme, "(its generator is `tests/Pcapper.Tests/Samples/OfficeDay.cs`):\n\n```\n", "\n```\n", report), "| Flag | Shows |\n|---|---|\n", "\n\n`--all`", modules);
        Golden.Matches("README.md", Encoding.UTF8.GetBytes(wanted));
    }

    [Fact]
    public void Every_module_has_a_page()
    {
        foreach (ModuleInfo module in Modules())
        {
            Assert.True(File.Exists(Golden.InRepository($"docs/modules/{module.Name}.md")), $"docs/modules/{module.Name}.md is missing");
        }
    }

    private static IEnumerable<ModuleInfo> Modules() => Commands.CommandLine.Modules(s_catalog).OrderBy(m => m.Flag, StringComparer.Ordinal);

    private static string Between(string text, string before, string after, string replacement)
    {
        int start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        int end = text.IndexOf(after, start, StringComparison.Ordinal);
        Assert.True(start >= before.Length && end >= start, "README.md has lost a place that is filled in");
        return text[..start] + replacement + text[end..];
    }
}
