using CsCheck;
using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Reporting;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("user=anna&pass=hunter2&x=1", "user=anna&pass=***&x=1")]
    [InlineData("hunter2", "***")]
    [InlineData("hunter22", "hunter22")]
    [InlineData("xhunter2", "xhunter2")]
    [InlineData("xCorrectHorse9y", "x***y")]
    [InlineData("a%26b%20c%2Fd twice a&b c/d", "*** twice ***")]
    [InlineData("say \"q\\\"uo\\\\te1\"", "say \"***\"")]
    [InlineData("nothing", "nothing")]
    [InlineData("hunter2 and hunter2, CorrectHorse9CorrectHorse9", "*** and ***, ******")]
    public void Secrets_are_masked_in_whatever_form(string text, string expected)
        => Assert.Equal(expected, new Redaction(["hunter2", "CorrectHorse9", "a&b c/d", "q\"uo\\te1"]).Mask(text));

    [Theory]
    [InlineData("GET /?p=CorrectHor…", "GET /?p=***…")]
    [InlineData("GET /?p=Corr…0123456789abcdef", "GET /?p=***…0123456789abcdef")]
    [InlineData("GET /?p=Cor…", "GET /?p=Cor…")]
    public void A_secret_that_was_cut_is_masked_as_far_as_it_is_there(string text, string expected) => Assert.Equal(expected, new Redaction(["CorrectHorse9"]).Mask(text));

    [Fact]
    public void The_longest_of_several_secrets_is_masked()
        => Assert.Equal("***, ***", new Redaction(["CorrectHorse", "CorrectHorse9Battery"]).Mask("CorrectHorse9Battery, CorrectHorse"));

    [Fact]
    public void Secrets_that_begin_with_others_are_told_apart()
    {
        var redaction = new Redaction(["CorrectHorse", "CorrectHorse9", "CorrectHorse9Battery", "CorrectHorseB", "Correct", "Staple12"]);
        Assert.Equal("*** ***x *** ***9Bat ***8 Staple1", redaction.Mask("CorrectHorse9Battery CorrectHorseBx CorrectHorse CorrectHorse99Bat CorrectHorse8 Staple1"));
        Assert.Equal("***… ***", redaction.Mask("CorrectHorse9Batt… Correct"));
    }

    [Fact]
    public void Any_secrets_are_masked_as_by_looking_for_each_in_turn()
        => Gen.Select(Gen.Char["ab"].Array[8, 12].List[1, 12], Gen.Char["abc"].Array[0, 60]).Always((secrets, characters) =>
        {
            string text = new(characters);
            string[] texts = [.. secrets.Select(secret => new string(secret)).OrderByDescending(secret => secret.Length)];
            var expected = new System.Text.StringBuilder();
            for (int at = 0; at < text.Length; at++)
            {
                string? found = Array.Find(texts, secret => string.CompareOrdinal(text, at, secret, 0, secret.Length) == 0);
                expected.Append(found is null ? text[at].ToString() : Secret.Mask);
                at += found is null ? 0 : found.Length - 1;
            }

            return new Redaction(texts).Mask(text) == expected.ToString();
        });

    [Fact]
    public void Who_fails_to_log_in_with_an_address_or_a_filter_does_not_take_them_out_of_the_report()
        => Assert.Equal("ip.addr == 192.0.2.66 && tcp", new Redaction(["192.0.2.66", "2001:db8::1", "ip.addr == 192.0.2.66"]).Mask("ip.addr == 192.0.2.66 && tcp"));

    [Fact]
    public void No_secret_changes_nothing() => Assert.Equal("GET /…", new Redaction([]).Mask("GET /…"));

    [Fact]
    public void A_cell_that_is_a_secret_is_masked_however_short()
    {
        var redaction = new Redaction([]);
        Assert.Equal(Secret.Mask, redaction.Mask(Cell.Secret(Secret.From("a"))).String);
        Assert.False(redaction.Mask(Cell.Secret(Secret.From("a"))).IsSecret);
        Assert.Equal(Cell.None, redaction.Mask(Cell.Secret(null)));
    }

    [Fact]
    public void A_secret_does_not_become_text_by_accident()
    {
        Secret secret = Secret.From("hunter2")!;
        Assert.Equal("***", $"{secret}");
        Assert.DoesNotContain("hunter2", new CredentialSeen
        {
            Flow = default,
            Frame = default,
            Time = default,
            Protocol = "ftp",
            Scheme = "user-pass",
            Kind = CredentialKind.Password,
            Direction = Direction.ToResponder,
            Secret = secret,
        }.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_block_and_text_is_masked()
    {
        const string S = "CorrectHorse9";
        var section = new Section("x", "X");
        section.Headline(S).Fact("f", "f", S).Note(S).HexDump("bytes", "CorrectHorse9"u8);
        section.Table("t", "T", new Column("a", "a"), new Column("b", "b", CellKind.Texts), new Column("c", "c")).Row(S, Cell.List(S), Cell.Secret(Secret.From("x1")));
        section.BarChart("b", "B").Bar(S, 1);
        var finding = new Finding { Type = new FindingType("x.y", "Y", Severity.Low), Subject = S, Summary = S, DisplayFilter = $"http contains \"{S}\"" };
        section.FindingList([finding]);
        section.Detail(more => more.Note(S));
        var overview = new Overview { Verdict = new Verdict(VerdictLevel.Suspicious, "low", [], S, S) };
        overview.Cases.Add(new Case("10.0.0.1", [S], [S], [finding]));
        var outcome = new RunOutcome
        {
            Captures = [new CaptureSummary { Index = 0, Path = "x", Format = "pcap", Comments = [S] }],
            Sections = [section],
            Findings = [finding],
            Indicators = [new Indicator(IndicatorKind.Url, S, S, new FrameRef(0, 1)) { Finding = finding }],
            Hashes = [new HashLine(5600, S)],
            Overview = overview,
            Problems = [new RunProblem(RunProblemKind.Internal, S)],
        };
        RunOutcome masked = new Redaction([S]).Apply(outcome);
        Assert.Empty(masked.Hashes);
        var document = new ReportDocument(new ReportHeader("pcapper", "test", []), masked.Captures, masked.Findings)
        {
            Sections = masked.Sections,
            Indicators = masked.Indicators,
            Overview = masked.Overview,
            Problems = masked.Problems,
        };
        foreach (IReportRenderer renderer in (IReportRenderer[])[new TextRenderer(), new MarkdownRenderer(), new JsonRenderer()])
        {
            using var output = new MemoryStream();
            renderer.Render(document, output, new RenderOptions { Verbose = true });
            string text = System.Text.Encoding.UTF8.GetString(output.ToArray());
            Assert.Contains("***", text.Replace("\\*", "*", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain(S, text, StringComparison.Ordinal);
            Assert.DoesNotContain("x1", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_secrets_a_report_stays_as_it_is()
    {
        byte[] capture = Samples.OfficeDay.Build();
        var catalog = new Modules.Catalog();
        HashSet<string> modules = ["overview", .. catalog.Analyzers.Select(make => make().Info.Name).Where(name => name is not "creds"), .. catalog.Rollups.Select(make => make().Info.Name)];
        RunOutcome outcome = Running.Analysis.Of(capture, modules: modules);
        outcome.Overview.Unjudged.Add(new TrafficRow("tftp", 1, 2, 0.5));
        Assert.Equal(Running.Analysis.Json(outcome), Running.Analysis.Json(new Redaction([]).Apply(outcome)));
        Assert.Equal(outcome.Overview.Unjudged, new Redaction([]).Apply(outcome).Overview.Unjudged);
    }

    [Fact]
    public void Texts_and_lists_of_logs_are_masked_and_numbers_are_not()
    {
        var redaction = new Redaction(["hunter2", "1234"]);
        Assert.Equal("***", redaction.Mask(LogValue.Text("hunter2")).AsText);
        Assert.Equal(["a", "***"], redaction.Mask(LogValue.Texts(["a", "hunter2"])).AsTexts);
        Assert.Equal(1234ul, redaction.Mask(LogValue.Count(1234)).AsCount);
    }
}
