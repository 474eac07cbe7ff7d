using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Creds;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Analyses.Creds;

public sealed class CredsAnalyzerTests
{
    private static readonly Gen<CredentialSeen> s_seen =
        from client in Gen.Int[1, 3]
        from server in Gen.Int[1, 3]
        from frame in Gen.Long[1, 60]
        from protocol in Gen.OneOf("ftp", "snmp", "http", "kerberos")
        from scheme in Gen.OneOf("plain", "cookie", "ntlmv2")
        from kind in Gen.OneOf(CredentialKind.Password, CredentialKind.Token, CredentialKind.Community, CredentialKind.Response, CredentialKind.Name)
        from user in Gen.OneOf(null, "anna", "ben", "anonymous")
        from secret in Gen.OneOf(null, "public", "S3cret!", new string('a', 3000), new string('b', 5000))
        from mode in Gen.OneOf<int?>(null, 5600, 13100)
        from success in Gen.OneOf<bool?>(null, true, false)
        select Seen($"192.0.2.{client}", $"198.51.100.{server}", frame) with
        {
            Protocol = protocol,
            Scheme = scheme,
            Kind = kind,
            User = user,
            Secret = Secret.From(secret),
            HashcatMode = kind == CredentialKind.Response ? mode : null,
            Success = success,
        };

    [Fact]
    public void The_laws_hold() => Laws.Hold<CredsAnalyzer, CredentialSeen>(s_seen);

    [Fact]
    public void A_password_is_shown_in_full_once_with_how_often_and_how_it_went()
    {
        Conclusions conclusions = Conclude(Seen(), Seen(frame: 9) with { Success = true }, Seen(frame: 12) with { Success = false });
        IReadOnlyList<Cell> row = Assert.Single(Table(conclusions, "creds.secrets").Rows);
        Assert.Equal(("ftp", "anna", "S3cret!", "password"), (row[0].String, row[1].String, row[2].String, row[3].String));
        Assert.True(row[2].IsSecret);
        Assert.Equal((3, 1, 1), (row[9].Long, row[10].Long, row[11].Long));
        Assert.Equal([7, 9, 12], row[13].FrameRefs.Select(frame => frame.Number));
    }

    [Fact]
    public void A_response_becomes_one_line_for_hashcat_however_often_it_was_seen()
    {
        CredentialSeen response = Seen() with { Kind = CredentialKind.Response, Secret = Secret.From("anna::EXAMPLE:11:22:33"), HashcatMode = 5600 };
        Conclusions conclusions = Conclude(response, response with { Frame = new FrameRef(0, 8) }, response with { Secret = Secret.From("digest"), HashcatMode = null });
        Assert.Equal([new HashLine(5600, "anna::EXAMPLE:11:22:33")], conclusions.Hashes);
        Assert.Equal(2, Table(conclusions, "creds.responses").Rows.Count);
    }

    [Fact]
    public void A_long_ticket_is_kept_whole()
    {
        string line = "$krb5tgs$23$*a$B$c*$" + new string('0', 30_000);
        Conclusions conclusions = Conclude(Seen() with { Kind = CredentialKind.Response, Secret = Secret.From(line), HashcatMode = 13100 });
        Assert.Equal(line, Assert.Single(conclusions.Hashes).Line);
        Assert.Equal(line, Table(conclusions, "creds.responses").Rows[0][5].String);
    }

    [Fact]
    public void A_password_that_can_be_read_is_found_and_not_told()
    {
        Finding finding = Only(CredsFindings.CleartextPassword, Seen());
        Assert.DoesNotContain("S3cret!", finding.Summary + finding.Subject + finding.DisplayFilter, StringComparison.Ordinal);
        Assert.Equal("192.0.2.5 > ftp 198.51.100.9:21", finding.Subject);
        Assert.Equal("ip.addr == 192.0.2.5 && ip.addr == 198.51.100.9 && frame.number in {7}", finding.DisplayFilter);
    }

    [Fact]
    public void Of_many_frames_the_filter_selects_what_clients_send()
    {
        Finding finding = Only(CredsFindings.CleartextPassword, [.. Enumerable.Range(1, 30).Select(i => Seen(frame: i))]);
        Assert.StartsWith("(ip.src == 192.0.2.5 && ip.dst == 198.51.100.9 && tcp.dstport == 21 && (tcp.len > 0 || udp)) || (frame.number in {1, 2,", finding.DisplayFilter, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http", "basic")]
    [InlineData("ldap", "simple")]
    public void Passwords_that_other_modules_judge_are_not_found_twice(string protocol, string scheme) => Assert.Empty(Find(Seen() with { Protocol = protocol, Scheme = scheme }));

    [Fact]
    public void Anonymous_users_and_cookies_are_listed_and_not_found()
    {
        Assert.Empty(Find(Seen() with { User = "anonymous", Secret = Secret.From("guest@example.com") }));
        Assert.Empty(Find(Seen() with { Kind = CredentialKind.Token, Protocol = "http", Scheme = "cookie" }));
        Assert.Single(Table(Conclude(Seen() with { User = "anonymous" }), "creds.secrets").Rows);
    }

    [Fact]
    public void A_community_is_worse_if_everybody_knows_it()
    {
        CredentialSeen community = Seen() with { Protocol = "snmp", Scheme = "v2c", Kind = CredentialKind.Community, User = null };
        Assert.Equal(Severity.Low, Only(CredsFindings.Community, community).Severity);
        Assert.Equal(Severity.Medium, Only(CredsFindings.Community, community with { Secret = Secret.From("public") }).Severity);
    }

    [Fact]
    public void A_token_is_found() => Only(CredsFindings.CleartextToken, Seen() with { Kind = CredentialKind.Token, Protocol = "http", Scheme = "bearer" });

    [Fact]
    public void A_response_is_found_unless_it_is_NTLM_or_Kerberos()
    {
        CredentialSeen response = Seen() with { Kind = CredentialKind.Response, Protocol = "imap", Scheme = "cram-md5" };
        Only(CredsFindings.GuessableResponse, response);
        Assert.Empty(Find(response with { Scheme = "ntlmv2" }));
        Assert.Empty(Find(response with { Protocol = "kerberos", Scheme = "tgs-rep" }));
    }

    [Fact]
    public void Guessing_and_spraying_are_told_apart()
    {
        CredentialSeen[] guesses = [.. Enumerable.Range(1, 20).Select(i => Refused("anna", i))];
        Assert.Equal(Severity.Medium, Assert.Single(Find(guesses), finding => finding.Type == CredsFindings.BruteForce).Severity);
        Assert.DoesNotContain(Find(guesses[1..]), finding => finding.Type == CredsFindings.BruteForce);
        Assert.Equal(Severity.High, Assert.Single(Find([.. guesses, Refused("anna", 30) with { Success = true }]), finding => finding.Type == CredsFindings.BruteForce).Severity);
        CredentialSeen[] sprays = [.. Enumerable.Range(1, 5).Select(i => Refused($"user{i}", i))];
        Assert.Contains(Find(sprays), finding => finding.Type == CredsFindings.Spray);
        Assert.DoesNotContain(Find(sprays[1..]), finding => finding.Type == CredsFindings.Spray);
    }

    private static CredentialSeen Refused(string user, int frame) => Seen(frame: frame) with { User = user, Secret = Secret.From($"guess{frame}"), Success = false };

    private static Finding Only(FindingType type, params CredentialSeen[] seen)
    {
        Finding finding = Assert.Single(Find(seen));
        Assert.Equal(type, finding.Type);
        Assert.NotEmpty(finding.Evidence);
        Assert.NotEmpty(finding.DisplayFilter);
        return finding;
    }

    private static IReadOnlyList<Finding> Find(params CredentialSeen[] seen) => Conclude(seen).Findings;

    private static Table Table(Conclusions conclusions, string id) => Assert.Single(conclusions.Section.Blocks.OfType<Table>(), table => table.Id.EndsWith(id[id.IndexOf('.', StringComparison.Ordinal)..], StringComparison.Ordinal));

    private static Conclusions Conclude(params CredentialSeen[] seen)
    {
        var analyzer = new CredsAnalyzer();
        foreach (CredentialSeen record in seen)
        {
            analyzer.Consume(record);
        }

        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }

    private static CredentialSeen Seen(string client = "192.0.2.5", string server = "198.51.100.9", long frame = 7) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse(client), 49152, IpAddress.Parse(server), 21, IpProtocol.Tcp, default), new FrameRef(0, 1)),
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
        Protocol = "ftp",
        Scheme = "user-pass",
        Kind = CredentialKind.Password,
        Direction = Direction.ToResponder,
        User = "anna",
        Secret = Secret.From("S3cret!"),
    };
}
