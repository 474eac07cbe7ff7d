using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Ntlm;

public sealed class NtlmAnalyzerTests
{
    private static readonly NtlmTargetInfo s_server = new() { NetbiosComputer = "FILES", DnsComputer = "files.corp.example", DnsDomain = "corp.example", Time = new Timestamp(1) };

    private static readonly Gen<NtlmAuthentication> s_login =
        from client in Gen.Int[1, 3]
        from server in Gen.Int[1, 3]
        from frame in Gen.Long[1, 60]
        from user in Gen.OneOf("anna", "ben", "WS$", "")
        from kind in Gen.OneOf(NtlmResponseKind.Anonymous, NtlmResponseKind.Version1, NtlmResponseKind.Version2)
        from proof in Gen.Byte[1, 4]
        from success in Gen.OneOf<bool?>(null, true, false)
        select Login($"192.0.2.{client}", $"192.0.2.{server}", frame) with
        {
            User = user,
            Kind = kind,
            NtResponse = new[] { proof },
            ServerChallenge = proof == 1 ? 0x1122334455667788ul : (ulong)proof,
            Success = success,
            Server = proof == 2 ? s_server : null,
            Client = proof == 2 ? new NtlmTargetInfo { TargetName = "cifs/other" } : null,
        };

    [Fact]
    public void The_laws_hold() => Laws.Hold<NtlmAnalyzer, NtlmAuthentication>(s_login);

    [Fact]
    public void An_ordinary_login_is_silent() => Assert.Empty(Find(Login()));

    [Fact]
    public void A_weak_response_is_found() => Only(NtlmFindings.WeakResponse, Login() with { Kind = NtlmResponseKind.Version1 });

    [Fact]
    public void An_anonymous_login_is_found_when_it_is_let_in()
    {
        NtlmAuthentication login = Login() with { Kind = NtlmResponseKind.Anonymous, User = string.Empty };
        Only(NtlmFindings.Anonymous, login);
        Assert.Empty(Find(login with { Success = false }));
    }

    [Fact]
    public void A_missing_MIC_is_found_only_if_the_challenge_asks_for_one()
    {
        NtlmAuthentication login = Login() with { Client = new NtlmTargetInfo() };
        Only(NtlmFindings.NoMic, login);
        Assert.Empty(Find(login with { Server = s_server with { Time = null } }));
    }

    [Theory]
    [InlineData("cifs/files", false)]
    [InlineData("HTTP/FILES.corp.example:8080", false)]
    [InlineData("ldap/corp.example", false)]
    [InlineData("cifs/192.0.2.9", false)]
    [InlineData("cifs/backup.corp.example", true)]
    [InlineData("cifs/192.0.2.77", true)]
    public void A_login_meant_for_another_server_is_found(string target, bool isFound)
    {
        List<Finding> findings = Find(Login() with { Client = new NtlmTargetInfo { TargetName = target, Flags = 2 } });
        Assert.Equal(isFound, findings.Any(finding => finding.Type == NtlmFindings.OtherTarget));
    }

    [Fact]
    public void A_login_to_the_Internet_is_found_and_is_worse_over_SMB()
    {
        NtlmAuthentication login = Login("10.0.0.5", "93.184.216.34");
        Assert.Equal(Severity.High, Only(NtlmFindings.External, login).Severity);
        Assert.Equal(Severity.Medium, Only(NtlmFindings.External, login with { Carrier = "http" }).Severity);
        Assert.Empty(Find(Login("10.0.0.5", "10.0.0.9")));
    }

    [Fact]
    public void A_computer_that_logs_in_is_found() => Only(NtlmFindings.MachineAccount, Login() with { User = "WS-ANNA$" });

    [Theory]
    [InlineData("WS-ANNA$@EXAMPLE.COM", "192.0.2.5", true, Severity.Info)]
    [InlineData("ws-anna$@EXAMPLE.COM", "192.0.2.5", true, Severity.Info)]
    [InlineData("WS-ANNA$@EXAMPLE.COM", "192.0.2.5", false, Severity.Medium)]
    [InlineData("WS-ANNA$@EXAMPLE.COM", "192.0.2.6", true, Severity.Medium)]
    [InlineData("WS-BEN$@EXAMPLE.COM", "192.0.2.5", true, Severity.Medium)]
    public void A_host_that_proved_to_be_the_computer_is_not_suspected(string principal, string host, bool isProven, Severity severity)
    {
        var kerberos = new KerberosState();
        LoginTries tries = kerberos.Users[new(IpAddress.Parse(host), principal)].Tries;
        if (isProven)
        {
            tries.AddAccepted(new Timestamp(1), new FrameRef(0, 1));
        }

        var analyzer = new NtlmAnalyzer();
        analyzer.Consume(Login() with { User = "WS-ANNA$" });
        var conclusions = new Conclusions(analyzer.Info, [], new Dictionary<Type, AnalyzerState> { [typeof(KerberosState)] = kerberos });
        analyzer.Conclude(analyzer.State, conclusions);
        Assert.Equal((NtlmFindings.MachineAccount, severity), (Assert.Single(conclusions.Findings).Type, conclusions.Findings[0].Severity));
    }

    [Fact]
    public void A_host_that_logs_in_to_itself_is_not_made_to() => Assert.Empty(Find(Login("192.0.2.9", "192.0.2.9") with { User = "FILES$" }));

    [Fact]
    public void However_many_names_make_one_finding()
    {
        NtlmAuthentication[] logins = [.. Enumerable.Range(0, 600).Select(i => Login() with { User = $"ws{i}$" })];
        Finding finding = Only(NtlmFindings.MachineAccount, logins);
        Assert.Equal((600L, "192.0.2.5 > 192.0.2.9"), (finding.Count, finding.Subject));
        finding = Only(NtlmFindings.OtherTarget, [.. Enumerable.Range(0, 40).Select(i => Login() with { Client = new NtlmTargetInfo { TargetName = $"cifs/h{i}", Flags = 2 } })]);
        Assert.Contains("the client meant 40 servers: cifs/h0, cifs/h1, cifs/h10, cifs/h11, cifs/h12, …", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relayed_login_is_found_but_address_translation_is_not()
    {
        Finding finding = Assert.Single(Find(Login("10.0.0.5", "10.0.0.66", 1), Login("10.0.0.66", "10.0.0.9", 2)), finding => finding.Type == NtlmFindings.Relay);
        Assert.Equal("10.0.0.5 > 10.0.0.66 > 10.0.0.9", finding.Subject);
        Assert.DoesNotContain(Find(Login("10.0.0.5", "10.0.0.9", 1), Login("10.0.1.1", "10.0.0.9", 2)), finding => finding.Type == NtlmFindings.Relay);
    }

    [Fact]
    public void A_challenge_that_repeats_is_found()
    {
        NtlmAuthentication[] logins = [.. Enumerable.Range(1, 3).Select(i => Login("10.0.0.5", "10.0.0.9", i) with { NtResponse = new[] { (byte)i } })];
        Assert.Contains(Find(logins), finding => finding.Type == NtlmFindings.FixedChallenge);
        Assert.DoesNotContain(Find(logins[..2]), finding => finding.Type == NtlmFindings.FixedChallenge);
        Finding collected = Only(NtlmFindings.LoginCollector, Login("10.0.0.5", "10.0.0.9", 1) with { ServerChallenge = 0x1122334455667788 });
        Assert.Equal((Severity.High, "10.0.0.5 > 10.0.0.9 1122334455667788"), (collected.Severity, collected.Subject));
    }

    [Fact]
    public void Guessing_and_spraying_are_told_apart()
    {
        NtlmAuthentication[] guesses = [.. Enumerable.Range(1, 20).Select(i => Refused("anna", i))];
        Assert.Contains(Find(guesses), finding => finding.Type == NtlmFindings.BruteForce);
        Assert.DoesNotContain(Find(guesses[1..]), finding => finding.Type == NtlmFindings.BruteForce);
        NtlmAuthentication[] sprays = [.. Enumerable.Range(1, 5).Select(i => Refused($"user{i}", i))];
        Assert.Contains(Find(sprays), finding => finding.Type == NtlmFindings.Spray);
        Assert.DoesNotContain(Find(sprays[1..]), finding => finding.Type == NtlmFindings.Spray);
        Assert.Equal(Severity.High, Assert.Single(Find([.. guesses, Refused("anna", 30) with { Success = true }]), finding => finding.Type == NtlmFindings.BruteForce).Severity);
    }

    private static NtlmAuthentication Refused(string user, int frame)
        => Login(frame: frame) with { User = user, Success = false, Carrier = "http", ServerChallenge = (ulong)frame, NtResponse = new[] { (byte)frame } };

    private static Finding Only(FindingType type, params NtlmAuthentication[] logins)
    {
        Finding finding = Assert.Single(Find(logins));
        Assert.Equal(type, finding.Type);
        Assert.NotEmpty(finding.Evidence);
        Assert.NotEmpty(finding.DisplayFilter);
        return finding;
    }

    private static List<Finding> Find(params NtlmAuthentication[] logins)
    {
        var analyzer = new NtlmAnalyzer();
        foreach (NtlmAuthentication login in logins)
        {
            analyzer.Consume(login);
        }

        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return [.. conclusions.Findings];
    }

    private static NtlmAuthentication Login(string client = "192.0.2.5", string server = "192.0.2.9", long frame = 7) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse(client), 49152, IpAddress.Parse(server), 445, IpProtocol.Tcp, default), new FrameRef(0, frame)),
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
        Carrier = "smb",
        Direction = Direction.ToResponder,
        User = "anna",
        Domain = "EXAMPLE",
        Workstation = "WS-ANNA",
        Kind = NtlmResponseKind.Version2,
        Flags = NtlmFlags.Unicode,
        LmResponse = new byte[24],
        NtResponse = new byte[] { 1, 2, 3 },
        ServerChallenge = 0x0123456789ABCDEF,
        Server = s_server,
        Client = new NtlmTargetInfo { Flags = 2, TargetName = "cifs/files" },
        Success = true,
    };
}
