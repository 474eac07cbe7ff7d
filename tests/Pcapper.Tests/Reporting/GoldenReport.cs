using System.Text;
using System.Text.Json;
using Pcapper.Engine;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Reporting;

/// <summary>Compares the reports of a run with committed ones, <c>tests/captures/NAME/NAME.expected.*</c>.</summary>
public static class GoldenReport
{
    public static void Text(string name, RunOutcome outcome) => Golden.Matches(Path(name, "txt"), Bytes(outcome, new TextRenderer()));

    public static void Markdown(string name, RunOutcome outcome) => Golden.Matches(Path(name, "md"), Bytes(outcome, new MarkdownRenderer()));

    /// <summary>It must be valid, too.</summary>
    public static void Json(string name, RunOutcome outcome)
    {
        byte[] json = Bytes(outcome, new JsonRenderer());
        Golden.Matches(Path(name, "json"), json);
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Empty(SchemaValidator.Check(JsonRendererTests.Schema, document.RootElement));
    }

    private static string Path(string name, string extension) => $"tests/captures/{name}/{name}.expected.{extension}";

    private static byte[] Bytes(RunOutcome outcome, IReportRenderer renderer) => Encoding.UTF8.GetBytes(Analysis.Render(outcome, renderer));
}
