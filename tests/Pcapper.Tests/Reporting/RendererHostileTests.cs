using System.Text.Json;
using Pcapper.Engine;
using Xunit;

namespace Pcapper.Tests;

public sealed class RendererHostileTests
{
    private static readonly RenderOptions[] s_options =
    [
        new(),
        new() { Verbose = true, Width = 80 },
        new() { Verbose = true, Width = 40 },
        new() { Unicode = false },
    ];

    [Theory]
    [MemberData(nameof(NastyTexts.All), MemberType = typeof(NastyTexts))]
    public void No_renderer_lets_anything_through(int index)
    {
        ReportDocument document = SampleReport.Make(NastyTexts.Texts[index]);
        foreach (IReportRenderer renderer in (IReportRenderer[])[new TextRenderer(), new MarkdownRenderer(), new JsonRenderer()])
        {
            foreach (RenderOptions options in s_options)
            {
                string output = SampleReport.Render(renderer, document, options);
                Assert.All(output.Split('\n'), line => Assert.True(PrintableTests.IsHarmless(line), $"{renderer.Name}: {line}"));
                Assert.InRange(output.Length, 100, 1_000_000);
            }
        }
    }

    [Theory]
    [MemberData(nameof(NastyTexts.All), MemberType = typeof(NastyTexts))]
    public void Without_unicode_the_text_is_ascii(int index)
        => Assert.True(System.Text.Ascii.IsValid(SampleReport.Render(new TextRenderer(), SampleReport.Make(NastyTexts.Texts[index]), new RenderOptions { Unicode = false, Verbose = true })));

    [Theory]
    [MemberData(nameof(NastyTexts.All), MemberType = typeof(NastyTexts))]
    public void Json_parses_and_keeps_its_schema(int index)
    {
        using JsonDocument json = JsonDocument.Parse(SampleReport.Render(new JsonRenderer(), SampleReport.Make(NastyTexts.Texts[index])));
        Assert.Equal(5, json.RootElement.GetProperty("sections")[0].GetProperty("tables")[0].GetProperty("total").GetInt32());
        Assert.Empty(SchemaValidator.Check(JsonRendererTests.Schema, json.RootElement));
    }

    [Theory]
    [MemberData(nameof(NastyTexts.All), MemberType = typeof(NastyTexts))]
    public void Markdown_keeps_its_structure(int index)
    {
        string[] plain = Structure(SampleReport.Make("x"));
        Assert.Equal(plain, Structure(SampleReport.Make(NastyTexts.Texts[index])));
    }

    // The kind of each line, and for table rows the number of cells: hostile text must change neither.
    private static string[] Structure(ReportDocument document)
    {
        string[] lines = SampleReport.Render(new MarkdownRenderer(), document).Split('\n');
        return [.. lines.Select(line => line switch
        {
            ['|', ..] => $"row of {Cells(line)}",
            ['#', ..] => line[..line.IndexOf(' ')],
            ['-', ' ', ..] or [' ', ' ', '-', ' ', ..] => "item",
            "" => "blank",
            _ => "text",
        })];
    }

    private static int Cells(string line)
    {
        int cells = 0;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == '|')
            {
                cells++;
            }
        }

        return cells - 1;
    }
}
