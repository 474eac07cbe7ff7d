using System.Text.Json;
using Pcapper.Engine;
using Xunit;

namespace Pcapper.Tests.Running;

/// <summary>Every real capture, with every module.</summary>
public sealed class RealCaptureTests
{
    public static TheoryData<string> Folders { get; } = [.. RealCaptures.Files.Select(f => Path.GetFileName(Path.GetDirectoryName(f))!).Distinct().DefaultIfEmpty("none")];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Any_number_of_workers_gives_the_same_report(string folder)
    {
        Assert.SkipWhen(RealCaptures.Folder is null, "no folder of real captures beside the project");
        foreach (string path in In(folder))
        {
            RunOutcome outcome = Analysis.OfFile(path);
            Assert.DoesNotContain(outcome.Problems, p => p.Kind == RunProblemKind.Internal);
            string json = Analysis.Json(outcome);
            foreach (int workers in (ReadOnlySpan<int>)[2, 3, 7])
            {
                string other = Analysis.Json(Analysis.OfFile(path, workers));
                Assert.True(json == other, $"{path} differs with {workers} workers: {Difference(json, other)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_report_is_valid(string folder)
    {
        Assert.SkipWhen(RealCaptures.Folder is null, "no folder of real captures beside the project");
        foreach (string path in In(folder))
        {
            RunOutcome outcome = Analysis.OfFile(path);
            using JsonDocument json = JsonDocument.Parse(Analysis.Json(outcome));
            Assert.Empty(SchemaValidator.Check(JsonRendererTests.Schema, json.RootElement));
            AssertPrintable(Analysis.Render(outcome, new TextRenderer()));
            AssertPrintable(Analysis.Render(outcome, new MarkdownRenderer()));
        }
    }

    private static IEnumerable<string> In(string folder) => RealCaptures.Files.Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == folder);

    private static void AssertPrintable(string text) => Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');

    private static string Difference(string a, string b)
    {
        int at = a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
        return $"...{a.AsSpan(Math.Max(0, at - 60), Math.Min(120, a.Length - Math.Max(0, at - 60)))}... against ...{b.AsSpan(Math.Max(0, at - 60), Math.Min(120, b.Length - Math.Max(0, at - 60)))}...";
    }
}
