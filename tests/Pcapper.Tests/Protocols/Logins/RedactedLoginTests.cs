using System.Text.RegularExpressions;
using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Logins;

/// <summary>With redaction nothing that leaves a run holds a secret of any of the conversations.</summary>
public sealed class RedactedLoginTests : IDisposable
{
    private static readonly byte[] s_capture = Build();
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void No_secret_is_in_any_form_of_the_report_or_in_any_log()
    {
        string[] secrets = [.. Analysis.Records<CredentialSeen>(s_capture).SelectMany(seen => new[] { seen.Secret, seen.OnWire })
            .Select(secret => secret?.Reveal()).OfType<string>().Where(secret => secret.Length >= 4).Distinct(StringComparer.Ordinal)];
        Assert.True(secrets.Length > 30);
        RunOutcome shown = Analyze(redacts: false, workers: 1);
        RunOutcome masked = Analyze(redacts: true, workers: 1);
        string all = string.Concat(Directory.EnumerateFiles(_folder, "*.log").Select(File.ReadAllText));
        Assert.NotEmpty(all);
        foreach (IReportRenderer renderer in (IReportRenderer[])[new JsonRenderer(), new TextRenderer(), new MarkdownRenderer()])
        {
            Assert.Contains("hunt3r", Analysis.Render(shown, renderer), StringComparison.Ordinal);
            all += Analysis.Render(masked, renderer);
        }

        Assert.All(secrets, secret => Assert.DoesNotMatch($"(?<![A-Za-z0-9]){Regex.Escape(secret)}(?![A-Za-z0-9])", all));
        Assert.Empty(masked.Hashes);
        Assert.NotEmpty(shown.Hashes);
    }

    [Fact]
    public void Any_number_of_workers_gives_the_same_bytes()
        => Assert.Equal(Analysis.Json(Analyze(redacts: true, workers: 1)), Analysis.Json(Analyze(redacts: true, workers: 3)));

    private static byte[] Build()
    {
        CaptureBuilder capture = Building.Capture.New();
        for (int i = 0; i < Login.All.Count; i++)
        {
            Login login = Login.All[i];
            capture.Tcp($"192.0.2.{i + 1}:49152", $"198.51.100.{i + 1}:{login.Port}", login.Talk);
        }

        return capture.ToPcap();
    }

    private RunOutcome Analyze(bool redacts, int workers)
    {
        var catalog = new Catalog();
        HashSet<string> modules = ["overview", .. catalog.Analyzers.Select(make => make().Info.Name), .. catalog.Rollups.Select(make => make().Info.Name)];
        return Run.Analyze(
            [new CaptureSource("test.pcap", s_capture.Length, index => CaptureFile.Open(new MemoryStream(s_capture), index))], catalog,
            new RunOptions { Workers = workers, Modules = modules, Redacts = redacts, Logs = redacts ? new LogExport(LogFormat.ZeekJson, _folder) : null });
    }
}
