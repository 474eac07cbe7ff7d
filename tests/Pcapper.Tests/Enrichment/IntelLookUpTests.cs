using Pcapper.Engine;
using Pcapper.Enrichment.Intel;
using Pcapper.Packets;
using Xunit;
using static Pcapper.Tests.Enrichment.ReputationServer;

namespace Pcapper.Tests.Enrichment;

/// <summary>Look-ups against a server on loopback that answers as the services do, well and badly.</summary>
public sealed class IntelLookUpTests : IDisposable
{
    private const string Key = "s3cr3t-k3y-0123456789";
    private const string Abuse = """{"data":{"ipAddress":"192.31.196.7","isPublic":true,"isWhitelisted":false,"abuseConfidenceScore":100,"countryCode":"NL","totalReports":12,"numDistinctUsers":5,"lastReportedAt":"2025-12-24T10:00:00+00:00"}}""";
    private const string Pulse = """{"indicator":"x","pulse_info":{"count":4,"pulses":[{"name":"a","modified":"2025-11-02T09:00:00.123000"},{"name":"b","modified":"2025-12-02T09:00:00"}]},"validation":[]}""";
    private const string Scan = """{"data":{"attributes":{"last_analysis_date":1764547200,"last_analysis_stats":{"malicious":7,"suspicious":1,"harmless":60,"undetected":20,"timeout":0}}}}""";
    private static readonly ReputationQuestion s_address = new(IndicatorKind.Address, "192.31.196.7");
    private static readonly ReputationQuestion s_domain = new(IndicatorKind.Domain, "bad.example.com");
    private static readonly ReputationQuestion s_file = new(IndicatorKind.Sha256, new string('a', 64));
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test").FullName;
    private readonly HastyClock _clock = new(due => due != IntelClient.AttemptTimeout);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_service_is_asked_in_its_own_way_and_understood()
    {
        using var server = new ReputationServer((target, _) => Json(target.Contains("v2/check", StringComparison.Ordinal) ? Abuse : target.Contains("indicators", StringComparison.Ordinal) ? Pulse : Scan));
        (IReadOnlyList<Reputation> answers, IReadOnlyList<string> troubles) = LookUp(Options(server), s_address, s_domain, s_file);
        Assert.Empty(troubles);
        Assert.Equal(
            [
                "/api/v1/indicators/IPv4/192.31.196.7/general", "/api/v1/indicators/domain/bad.example.com/general", $"/api/v1/indicators/file/{s_file.Value}/general",
                "/api/v2/check?ipAddress=192.31.196.7&maxAgeInDays=90", "/api/v3/domains/bad.example.com", $"/api/v3/files/{s_file.Value}", "/api/v3/ip_addresses/192.31.196.7",
            ],
            server.Targets);
        Assert.All(server.Heads, head => Assert.Contains(head.Contains("v2/check", StringComparison.Ordinal) ? $"\r\nKey: {Key}1\r\n" : head.Contains("indicators", StringComparison.Ordinal) ? $"\r\nX-OTX-API-KEY: {Key}2\r\n" : $"\r\nx-apikey: {Key}3\r\n", head, StringComparison.Ordinal));
        Assert.Equal(["AbuseIPDB", "OTX", "VirusTotal", "OTX", "VirusTotal", "OTX", "VirusTotal"], answers.Select(a => a.Service));
        Assert.All(answers, a => Assert.Equal(ReputationState.Known, a.State));
        Assert.Equal((100, 12, 5, "2025-12-24"), (answers[0]["abuse score"], answers[0]["reports"], answers[0]["reporters"], answers[0].Reported.ToString()![..10]));
        Assert.Equal((4, "2025-12-02"), (answers[1]["pulses"], answers[1].Reported.ToString()![..10]));
        Assert.Equal((7, 1, 88, "2025-12-01"), (answers[2]["malicious"], answers[2]["suspicious"], answers[2]["of scanners"], answers[2].Reported.ToString()![..10]));
    }

    [Fact]
    public void What_services_do_not_know_or_trust_is_said_so()
    {
        using var server = new ReputationServer((target, _) => target.Contains("v2/check", StringComparison.Ordinal) ? Json("""{"data":{"abuseConfidenceScore":0,"totalReports":0}}""")
            : target.Contains("IPv4", StringComparison.Ordinal) ? Json("""{"pulse_info":{"count":0,"pulses":[]}}""")
            : target.Contains("indicators", StringComparison.Ordinal) ? Json("""{"pulse_info":{"count":50},"validation":[{"source":"alexa"},{"source":"whitelist"}]}""")
            : Status("404 Not Found"));
        (IReadOnlyList<Reputation> answers, _) = LookUp(Options(server), s_address, s_domain);
        Assert.Equal([ReputationState.Unknown, ReputationState.Unknown, ReputationState.Unknown, ReputationState.Known, ReputationState.Unknown], answers.Select(a => a.State));
        Assert.True(answers[3].IsTrusted);
    }

    [Fact]
    public void Answers_are_kept_also_those_that_know_nothing_until_they_are_old()
    {
        using var server = new ReputationServer((target, _) => target.Contains("v2/check", StringComparison.Ordinal) ? Json(Abuse) : Status("404 Not Found"));
        IntelOptions options = Options(server) with { Cache = Path.Combine(_folder, "new", "intel.db"), Lifetime = TimeSpan.FromHours(1) };
        IReadOnlyList<Reputation> first = LookUp(options, s_address).Answers;
        Assert.Equal(3, server.Heads.Count);
        IReadOnlyList<Reputation> second = LookUp(options, s_address).Answers;
        Assert.Equal(3, server.Heads.Count);
        Assert.All(second, a => Assert.True(a.IsCached));
        Assert.Equal(first.Select(Words), second.Select(Words));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(options.Cache!));
        }

        _clock.Advance(TimeSpan.FromHours(2));
        Assert.All(LookUp(options, s_address).Answers, a => Assert.False(a.IsCached));
        Assert.Equal(6, server.Heads.Count);
        Assert.DoesNotContain(Key, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(options.Cache!)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_cannot_be_used_is_told_and_the_services_are_asked()
    {
        using var server = new ReputationServer((_, _) => Status("404 Not Found"));
        string foreign = Path.Combine(_folder, "foreign.db");
        File.WriteAllText(foreign, new string('x', 5000));
        (IReadOnlyList<Reputation> answers, IReadOnlyList<string> troubles) = LookUp(Options(server) with { Cache = foreign }, s_address);
        Assert.Equal(3, answers.Count);
        Assert.Contains("PCAPPER_INTEL_CACHE", Assert.Single(troubles), StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(foreign).Length);
        Assert.Contains("it is a folder", Assert.Single(LookUp(Options(server) with { Cache = _folder }, s_address).Troubles), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_runs_share_a_cache_and_another_programs_database_is_left_alone()
    {
        string path = Path.Combine(_folder, "intel.db");
        using (IntelCache one = IntelCache.Open(path, TimeSpan.FromHours(1), isReadOnly: false, _clock, out _)!)
        using (IntelCache other = IntelCache.Open(path, TimeSpan.FromHours(1), isReadOnly: false, _clock, out _)!)
        {
            Assert.True(one.Keep([new Reputation(s_address, "OTX", ReputationState.Unknown)]));
            Assert.True(other.Keep([new Reputation(s_domain, "OTX", ReputationState.Unknown)]));
            Assert.NotNull(one.Find("OTX", s_domain));
            Assert.NotNull(other.Find("OTX", s_address));
            Assert.Null(other.Find("VirusTotal", s_address));
        }

        string foreign = Path.Combine(_folder, "foreign.db");
        using (var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={foreign};Pooling=False"))
        {
            database.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = database.CreateCommand();
            command.CommandText = "CREATE TABLE mine (x)";
            command.ExecuteNonQuery();
        }

        byte[] before = File.ReadAllBytes(foreign);
        Assert.Null(IntelCache.Open(foreign, TimeSpan.FromHours(1), isReadOnly: false, _clock, out string? problem));
        Assert.Equal("it is another program's database", problem);
        Assert.Equal(before, File.ReadAllBytes(foreign));
    }

    [Theory]
    [InlineData("401 Unauthorized", "it refuses the key")]
    [InlineData("403 Forbidden", "it refuses the key")]
    public void A_service_that_refuses_the_key_is_asked_once(string status, string says)
    {
        using var server = new ReputationServer((_, _) => Status(status));
        (IReadOnlyList<Reputation> answers, IReadOnlyList<string> troubles) = LookUp(Options(server), s_domain, s_file);
        Assert.Empty(answers);
        Assert.Equal(2, server.Heads.Count);
        Assert.All(troubles, trouble => Assert.Contains(says, trouble, StringComparison.Ordinal));
        Assert.Contains("PCAPPER_OTX_KEY", troubles[0], StringComparison.Ordinal);
        Assert.Contains("2 values of 2 without an answer", troubles[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_asks_for_a_pause_gets_it()
    {
        using var server = new ReputationServer((_, number) => number == 0 ? Status("429 Too Many Requests", "Retry-After: 7\r\n") : Json(Abuse));
        (IReadOnlyList<Reputation> answers, IReadOnlyList<string> troubles) = LookUp(Only(server, 0), s_address);
        Assert.Empty(troubles);
        Assert.Single(answers);
        Assert.Equal([TimeSpan.FromSeconds(7)], _clock.Waits);
    }

    [Fact]
    public void A_service_that_asks_for_a_long_pause_is_left_alone()
    {
        using var server = new ReputationServer((_, _) => Status("429 Too Many Requests", "Retry-After: 86400\r\n"));
        (IReadOnlyList<Reputation> answers, IReadOnlyList<string> troubles) = LookUp(Only(server, 2), s_address, s_domain, s_file);
        Assert.Empty(answers);
        Assert.Single(server.Heads);
        Assert.Empty(_clock.Waits);
        Assert.Contains("no more requests for now", Assert.Single(troubles), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_stumbles_is_asked_again_after_growing_pauses()
    {
        using var server = new ReputationServer((_, number) => number < 2 ? Status("500 Internal Server Error") : Json(Abuse));
        Assert.Single(LookUp(Only(server, 0), s_address).Answers);
        Assert.Equal(3, server.Heads.Count);
        Assert.Equal(2, _clock.Waits.Count);
    }

    [Fact]
    public void A_server_that_only_fails_is_given_up()
    {
        using var server = new ReputationServer((_, _) => Status("503 Service Unavailable"));
        ReputationQuestion[] many = [.. Enumerable.Range(1, 20).Select(i => new ReputationQuestion(IndicatorKind.Address, $"192.31.196.{i}"))];
        (IReadOnlyList<Reputation> answers, IReadOnlyList<string> troubles) = LookUp(Only(server, 0), many);
        Assert.Empty(answers);
        Assert.Equal(6, server.Heads.Count);
        Assert.Contains("it failed too often", Assert.Single(troubles), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le\0")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"data\":{\0")]
    public void A_server_that_says_nothing_or_stops_in_the_middle_is_not_waited_for(string? response)
    {
        using var server = new ReputationServer((_, _) => response);
        var clock = new HastyClock(_ => true, due =>
        {
            if (due == IntelClient.AttemptTimeout)
            {
                server.Said.Wait();
            }
        });
        (IReadOnlyList<Reputation> answers, IReadOnlyList<string> troubles) = LookUp(Only(server, 0), clock, s_address);
        Assert.Empty(answers);
        Assert.Equal(3, clock.Waits.Count(wait => wait == IntelClient.AttemptTimeout));
        Assert.Contains("does not answer in time", Assert.Single(troubles), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_keep_their_pause()
    {
        using var server = new ReputationServer((_, _) => Json(Abuse));
        LookUp(Only(server, 0) with { Pause = TimeSpan.FromSeconds(3) }, s_address, s_address with { Value = "192.31.196.8" }, s_address with { Value = "192.31.196.9" });
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)], _clock.Waits);
    }

    [Fact]
    public void Nobody_answers_where_nobody_is()
    {
        string url;
        using (var server = new ReputationServer((_, _) => null))
        {
            url = server.Url;
        }

        (IReadOnlyList<Reputation> answers, IReadOnlyList<string> troubles) = LookUp(Options(url, 0), s_address);
        Assert.Empty(answers);
        Assert.Contains("it cannot be reached", Assert.Single(troubles), StringComparison.Ordinal);
    }

    public static TheoryData<string> BadAnswers() =>
    [
        Json(""), Json("{"), Json("null"), Json("[]"), Json("""{"data":null}"""), Json("""{"data":[1]}"""), Json("""{"data":{"abuseConfidenceScore":"100"}}"""), Json("""{"data":{"abuseConfidenceScore":-1}}"""),
        Json("""{"data":{"abuseConfidenceScore":1e400}}"""), Json(new string('[', 5000)), Json("""{"data":{"abuseConfidenceScore":100,"x":"\ud800"}"""), Json($"<html>{Key}1</html>"),
        Status("302 Found", "Location: http://127.0.0.1:9/\r\n"), Status("422 Unprocessable Entity"), Status("204 No Content"),
        Json("""{"data":{"abuseConfidenceScore":100,"x":""" + '"' + new string('x', Limits.IntelAnswer) + "\"}}"),
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"data\":{\"abuseConfidenceScore\":100", "nonsense\r\n\r\n", $"HTTP/1.1 200 {Key}1\r\nContent-Length: x\r\n\r\n{{}}",
    ];

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public void Bad_answers_are_no_answers_and_repeat_nothing(string response)
    {
        using var server = new ReputationServer((_, _) => response);
        (IReadOnlyList<Reputation> answers, IReadOnlyList<string> troubles) = LookUp(Only(server, 0), s_address);
        Assert.Empty(answers);
        Assert.DoesNotContain(Key, Assert.Single(troubles), StringComparison.Ordinal);
    }

    [Fact]
    public void Odd_values_in_answers_are_left_out()
    {
        using var server = new ReputationServer((target, _) => Json(target.Contains("v2/check", StringComparison.Ordinal)
            ? """{"data":{"abuseConfidenceScore":5000,"totalReports":"many","numDistinctUsers":1e300,"lastReportedAt":"9999-99-99","isWhitelisted":"true"}}"""
            : target.Contains("indicators", StringComparison.Ordinal) ? """{"pulse_info":{"count":3,"pulses":[7,null,{"modified":{}},{"modified":"0001-01-01T00:00:00"}]},"validation":[null,{"source":5}]}"""
            : """{"data":{"attributes":{"last_analysis_date":1e18,"last_analysis_stats":{"malicious":[],"suspicious":2}}}}"""));
        IReadOnlyList<Reputation> answers = LookUp(Options(server), s_address).Answers;
        Assert.Equal((100, 0, 0), (answers[0]["abuse score"], answers[0]["reports"], answers[0]["reporters"]));
        Assert.Equal((3, 0, 2), (answers[1]["pulses"], answers[2]["malicious"], answers[2]["suspicious"]));
        Assert.All(answers, a => Assert.Null(a.Reported));
        Assert.All(answers, a => Assert.False(a.IsTrusted));
    }

    [Fact]
    public void A_dry_run_sends_nothing_makes_no_file_and_needs_no_key()
    {
        using var server = new ReputationServer((_, _) => Json(Abuse));
        string cache = Path.Combine(_folder, "intel.db");
        IntelOptions options = Options(server) with { Cache = cache, Keys = new Dictionary<IntelService, string>(), IsOptedIn = false };
        var dry = new IntelLookUp(options, isDryRun: true, () => throw new InvalidOperationException("it sends"), _clock, CancellationToken.None);
        IReadOnlyList<Reputation> answers = dry.LookUp([s_address, s_domain]);
        Assert.Equal(5, answers.Count(a => a.State == ReputationState.WouldAsk));
        Assert.Equal(3, dry.Troubles.Count);
        Assert.False(File.Exists(cache));
        Assert.Empty(server.Heads);

        LookUp(Only(server, 0) with { Cache = cache }, s_address);
        IReadOnlyList<Reputation> again = new IntelLookUp(options, isDryRun: true, () => throw new InvalidOperationException("it sends"), _clock, CancellationToken.None).LookUp([s_address]);
        Assert.Equal([ReputationState.WouldReuse, ReputationState.WouldAsk, ReputationState.WouldAsk], again.Select(a => a.State));
    }

    [Fact]
    public void The_user_may_stop_it()
    {
        using var stop = new CancellationTokenSource();
        using var server = new ReputationServer((_, number) =>
        {
            stop.Cancel();
            return null;
        });
        var lookUp = new IntelLookUp(Only(server, 0), isDryRun: false, IntelClient.Network, _clock, stop.Token);
        Assert.Empty(lookUp.LookUp([s_address, s_address with { Value = "192.31.196.8" }]));
        Assert.Single(server.Heads);
        Assert.Contains("stopped by the user", Assert.Single(lookUp.Troubles), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PCAPPER_VT_KEY", "s3cr3t\nx")]
    [InlineData("PCAPPER_OTX_KEY", "s3cr3t x")]
    [InlineData("PCAPPER_ABUSEIPDB_KEY", "s3cr3té")]
    [InlineData("PCAPPER_INTEL_BASE_URL_VT", "http://s3cr3t.example/")]
    [InlineData("PCAPPER_INTEL_BASE_URL_VT", "https://user:s3cr3t@www.example/")]
    [InlineData("PCAPPER_INTEL_BASE_URL_OTX", "ftp://127.0.0.1/s3cr3t")]
    [InlineData("PCAPPER_IP_INTEL_RATE_LIMIT", "-1")]
    [InlineData("PCAPPER_IP_INTEL_CACHE_TTL", "s3cr3t")]
    [InlineData("PCAPPER_IP_INTEL_LIMIT", "0")]
    public void What_cannot_be_used_is_named_and_not_shown(string variable, string value)
    {
        PcapperException problem = Assert.Throws<PcapperException>(() => IntelOptions.From(name => name == variable ? value : null));
        Assert.Contains(variable, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, problem.ExitCode);
    }

    private static string Words(Reputation answer) => $"{answer.Question} {answer.Service} {answer.State} {answer.Reported} {answer.IsTrusted} {string.Join(' ', answer.Measures)}";

    private static IntelOptions Options(ReputationServer server) => Options(server.Url, 0, 1, 2);

    private static IntelOptions Only(ReputationServer server, int service) => Options(server.Url, service);

    private static IntelOptions Options(string url, params int[] services) => new()
    {
        IsOptedIn = true,
        Keys = services.ToDictionary(i => IntelService.All[i], i => $"{Key}{i + 1}"),
        Urls = IntelService.All.ToDictionary(service => service, _ => new Uri(url)),
        Pause = TimeSpan.Zero,
    };

    private (IReadOnlyList<Reputation> Answers, IReadOnlyList<string> Troubles) LookUp(IntelOptions options, params ReputationQuestion[] questions) => LookUp(options, _clock, questions);

    private static (IReadOnlyList<Reputation> Answers, IReadOnlyList<string> Troubles) LookUp(IntelOptions options, HastyClock clock, params ReputationQuestion[] questions)
    {
        var lookUp = new IntelLookUp(options, isDryRun: false, IntelClient.Network, clock, CancellationToken.None);
        return (lookUp.LookUp(questions), lookUp.Troubles);
    }
}
