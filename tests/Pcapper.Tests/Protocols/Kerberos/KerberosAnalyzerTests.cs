using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Kerberos;

public sealed class KerberosAnalyzerTests
{
    private const string Realm = "EXAMPLE.COM";
    private static readonly int[] s_modern = [18, 17, 23];
    private static readonly int[] s_old = [23, 24];

    private static readonly Gen<KerberosExchange> s_exchange =
        from frame in Gen.Int[1, 60]
        from kind in Gen.Int[0, 10]
        from who in Gen.Int[0, 4]
        from client in Gen.Int[1, 3]
        from old in Gen.Bool
        select kind switch
        {
            0 => Refused($"u{who}", 24, frame, client),
            1 => Refused($"u{who}", 6, frame, client),
            2 => Login($"u{who}", frame, old ? s_old : s_modern, client: client),
            3 => Login($"u{who}", frame, s_modern, part: 23, client: client),
            4 => Login($"u{who}", frame, proves: old, client: client),
            5 => Service($"HTTP/h{who}", frame, 23, old ? s_old : s_modern, client: client),
            6 => Service($"cifs/h{who}", frame, 18, s_modern, tgt: old ? 23 : 18, client: client),
            7 => Service("krbtgt/EXAMPLE.COM", frame, 18, s_modern, client: client, forUser: $"u{who}"),
            8 => WithTicket(Service($"cifs/u{who}", frame, 18, client: client, forUser: "admin", options: old ? KerberosNames.UserToUser : 0), 1, (byte)who),
            9 => Service($"u{who}", frame, 18, client: client, options: KerberosNames.UserToUser, user: $"u{who}"),
            _ => Access($"cifs/h{who}", frame, client),
        };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<KerberosAnalyzer, KerberosExchange>(s_exchange, 60);

    [Fact]
    public void Ordinary_logins_are_silent()
    {
        List<KerberosExchange> records = [];
        for (int i = 0; i < 30; i++)
        {
            records.Add(Refused($"user{i}", 25, i * 4));
            records.Add(Login($"user{i}", (i * 4) + 1));
            records.Add(Service($"cifs/files{i}", (i * 4) + 2, 18));
            records.Add(Access($"cifs/files{i}", (i * 4) + 3));
        }

        records.Add(Refused("user1", 24, 500));
        Assert.Empty(Conclude(records));
    }

    [Fact]
    public void Wrong_passwords_for_several_users_at_once_are_a_spray()
    {
        KerberosExchange[] tries = [Refused("a", 24, 1), Refused("b", 24, 2), Refused("c", 6, 3), Refused("d", 6, 4), Refused("e", 18, 5)];
        Finding finding = Assert.Single(Conclude([.. tries, Login("f", 6)]));
        Assert.Equal((KerberosUserFindings.Spray, Severity.High), (finding.Type, finding.Severity));
        Assert.Equal("5 refused logins for 5 accounts (a@EXAMPLE.COM, b@EXAMPLE.COM, c@EXAMPLE.COM, d@EXAMPLE.COM, e@EXAMPLE.COM) in 4 s, 2 of which do not exist, 1 locked; let in meanwhile or afterwards (f@EXAMPLE.COM)", finding.Summary);
        Assert.Equal(("10.0.0.1 > 10.0.0.200", "10.0.0.200"), (finding.Subject, finding.Destination?.ToString()));
        Assert.Equal("ip.src == 10.0.0.200 && ip.dst == 10.0.0.1 && kerberos.error_code in {6, 18, 24}", finding.DisplayFilter);
        finding = Assert.Single(Conclude([.. tries[1..], tries[0] with { Server = IpAddress.Parse("10.0.0.201") }]));
        Assert.Equal(("10.0.0.1", "ip.dst == 10.0.0.1 && kerberos.error_code in {6, 18, 24}"), (finding.Subject, finding.DisplayFilter));
        Assert.Empty(Conclude([.. tries[..4]]));
        Assert.Empty(Conclude([tries[0], tries[1], tries[2], tries[3], Refused("e", 18, 400)]));
    }

    [Fact]
    public void Many_wrong_passwords_for_one_user_are_guessing_slow_ones_are_not()
    {
        KerberosExchange[] tries = [.. Enumerable.Range(0, 20).Select(i => Refused("a", 24, i))];
        Finding finding = Assert.Single(Conclude([.. tries, Login("a", 30)]));
        Assert.Equal((KerberosUserFindings.BruteForce, Severity.High), (finding.Type, finding.Severity));
        Assert.Equal(Severity.Medium, Assert.Single(Conclude([.. tries])).Severity);
        Assert.Empty(Conclude([.. tries[1..]]));
        Assert.Empty(Conclude([.. Enumerable.Range(0, 30).Select(i => Refused("a", 24, i * 60))]));
    }

    [Fact]
    public void Ten_names_that_do_not_exist_are_an_enumeration_nine_are_not()
    {
        KerberosExchange[] tries = [.. Enumerable.Range(0, 10).Select(i => Refused($"n{i}", 6, i))];
        Assert.Equal(KerberosUserFindings.Enumeration, Assert.Single(Conclude([.. tries, Refused("known", 25, 20)])).Type);
        Assert.Empty(Conclude([.. tries[1..]]));
    }

    [Fact]
    public void A_ticket_without_proof_is_roasting_one_for_a_computer_is_not()
    {
        Assert.Equal((KerberosUserFindings.AsRepRoasting, Severity.Medium), Only(Login("svc", 1, proves: false)));
        Assert.Equal((KerberosUserFindings.AsRepRoasting, Severity.High), Only(Login("svc", 1, s_old, part: 23, proves: false)));
        Assert.Empty(Conclude([Login("pc1$", 1, proves: false)]));
        Assert.Empty(Conclude([Login("svc", 1)]));
    }

    [Fact]
    public void A_login_in_RC4_only_stands_out_where_tickets_are_in_AES()
    {
        Assert.Equal((KerberosUserFindings.OverpassTheHash, Severity.Medium), Only(Login("a", 1, s_old, part: 23)));
        Assert.Equal((KerberosUserFindings.OverpassTheHash, Severity.High), Only(Login("a", 1, s_old, part: 23), Login("b", 2)));
        Assert.Empty(Conclude([Login("a", 1, s_old, part: 23, ticket: 23)]));
    }

    [Fact]
    public void An_answer_in_RC4_to_an_offer_of_AES_is_a_downgrade()
    {
        Assert.Equal((KerberosUserFindings.Downgrade, Severity.Medium), Only(Login("a", 1, part: 23)));
        Assert.Empty(Conclude([Login("a", 1, part: 23, ticket: 23)]));
    }

    [Fact]
    public void Tickets_in_RC4_for_services_with_own_accounts_are_roasting()
    {
        Assert.Equal((KerberosTicketFindings.Kerberoasting, Severity.Medium), Only(Service("HTTP/web", 1, 23)));
        Assert.Equal("10.0.0.1 > 10.0.0.200", Assert.Single(Conclude([Service("HTTP/web", 1, 23)])).Subject);
        Assert.Equal((KerberosTicketFindings.Kerberoasting, Severity.High), Only(Service("HTTP/web", 1, 23, s_old)));
        KerberosExchange[] many = [.. Enumerable.Range(0, 5).Select(i => Service($"MSSQLSvc/db{i}", i, 23))];
        Assert.Equal((KerberosTicketFindings.Kerberoasting, Severity.High), Only(many));
        Assert.Equal((KerberosTicketFindings.Kerberoasting, Severity.Medium), Only([.. many[1..], Service("MSSQLSvc/db0", 2000, 23)]));
        Assert.Empty(Conclude([Service("cifs/files", 1, 23), Service("pc1$", 2, 23), Service("HTTP/web", 3, 18), Service("HTTP/old", 4, 23, tgt: 23)]));
    }

    [Fact]
    public void An_RC4_ticket_of_a_realm_that_issues_only_AES_is_suspicious()
    {
        KerberosExchange used = Service("cifs/files", 2, 18, tgt: 23);
        Assert.Equal((KerberosTicketFindings.OldTicket, Severity.Medium), Only(Login("a", 1), used));
        Assert.Empty(Conclude([used]));
        Assert.Empty(Conclude([Login("a", 1), Login("b", 3, ticket: 23), used]));
    }

    [Fact]
    public void Tickets_in_a_users_name_are_worth_more_when_they_are_passed_on()
    {
        KerberosExchange self = Service("web$", 1, 18, forUser: "admin");
        Assert.Equal((KerberosTicketFindings.Impersonation, Severity.Info), Only(self));
        Finding finding = Assert.Single(Conclude([self, Service("cifs/files", 2, 18, options: KerberosNames.ConstrainedDelegation, user: "admin")]));
        Assert.Equal((KerberosTicketFindings.Impersonation, Severity.Medium), (finding.Type, finding.Severity));
        Assert.Contains("cifs/files", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void DES_and_tickets_without_PAC_are_told()
    {
        Assert.Equal((KerberosTicketFindings.Des, Severity.Medium), Only(Service("nfs/old", 1, 3)));
        KerberosExchange login = Login("a", 1);
        Assert.Equal((KerberosUserFindings.WithoutPac, Severity.Low), Only(login with { Request = login.Request! with { WantsPac = false } }));
        Assert.Empty(Conclude([login with { Request = login.Request with { WantsPac = true } }]));
    }

    [Fact]
    public void A_name_without_dollar_that_passes_for_a_computer_is_noPac()
    {
        KerberosExchange login = Login("dc01", 1);
        KerberosExchange self = Service("cifs/dc01.example.com", 2, 18, forUser: "administrator", user: "administrator");
        Finding finding = Assert.Single(Conclude([login, self]), f => f.Type == KerberosForgeryFindings.BorrowedName);
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal("first ticket for dc01@EXAMPLE.COM in frame 2, which is a computer's name without $; then 1 ticket to cifs/dc01.example.com in the name of administrator", finding.Summary);
        Assert.Contains(Conclude([login, Login("DC01$", 3, client: 2), Service("dc01", 4, 18, forUser: "administrator")]), f => f.Type == KerberosForgeryFindings.BorrowedName);
        Assert.DoesNotContain(Conclude([login, Service("dc01", 4, 18, forUser: "administrator")]), f => f.Type == KerberosForgeryFindings.BorrowedName);
        Assert.DoesNotContain(Conclude([Login("dc01$", 1), self]), f => f.Type == KerberosForgeryFindings.BorrowedName);
        Assert.DoesNotContain(Conclude([Login("web", 1), Service("HTTP/web.example.com", 2, 18, forUser: "administrator")]), f => f.Type == KerberosForgeryFindings.BorrowedName);
        Assert.DoesNotContain(Conclude([Login("dc01", 1, client: 2), self]), f => f.Type == KerberosForgeryFindings.BorrowedName);
    }

    [Fact]
    public void A_ticket_that_was_changed_before_it_is_passed_on_is_found()
    {
        KerberosExchange self = WithTicket(Service("web$", 1, 18, forUser: "admin", user: "admin"), 1, 2, 3, 4);
        KerberosExchange Passed(int frame, params byte[] shown)
        {
            KerberosExchange made = Service("cifs/files", frame, 18, options: KerberosNames.ConstrainedDelegation, user: "admin");
            return made with { Request = made.Request! with { AdditionalTickets = [new KerberosTicket(Realm, "web$", new KerberosCipher(18, 2, shown.Length, shown))] } };
        }

        Finding finding = Assert.Single(Conclude([self, Passed(2, 9, 9, 9, 9)]), f => f.Type == KerberosForgeryFindings.AlteredTicket);
        Assert.Contains("the ticket shown for admin in frame 3 has the length of the one issued in frame 2 (4 bytes), but other bytes", finding.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(Conclude([self, Passed(2, 1, 2, 3, 4)]), f => f.Type == KerberosForgeryFindings.AlteredTicket);
        Assert.DoesNotContain(Conclude([self, Passed(2, 9, 9, 9, 9, 9)]), f => f.Type == KerberosForgeryFindings.AlteredTicket);
        Assert.DoesNotContain(Conclude([self, Passed(90, 9, 9, 9, 9)]), f => f.Type == KerberosForgeryFindings.AlteredTicket);
        Assert.DoesNotContain(Conclude([Passed(2, 9, 9, 9, 9)]), f => f.Type == KerberosForgeryFindings.AlteredTicket);
    }

    [Fact]
    public void A_user_to_user_ticket_to_oneself_is_found()
    {
        KerberosExchange self = Service("alice", 5, 18, options: KerberosNames.UserToUser);
        KerberosExchange login = Login("alice", 1);
        Assert.Equal((KerberosForgeryFindings.UnpacTheHash, Severity.Medium), Only(self));
        Assert.Equal((KerberosForgeryFindings.UnpacTheHash, Severity.High), Only(login with { Request = login.Request! with { PreAuthentication = [16] } }, self));
        Assert.Empty(Conclude([Service("bob", 5, 18, options: KerberosNames.UserToUser)]));
        Assert.Empty(Conclude([Service("alice", 5, 18)]));
    }

    [Fact]
    public void An_RC4_ticket_for_a_service_with_AES_tickets_is_a_hint()
    {
        KerberosExchange shown = Access("cifs/files", 3);
        shown = shown with { Request = shown.Request! with { Ticket = new KerberosTicket(Realm, "cifs/files", new KerberosCipher(23, 2, 2, ReadOnlyMemory<byte>.Empty)) } };
        Assert.Equal((KerberosForgeryFindings.UnknownTicket, Severity.Low), Only(Service("cifs/FILES", 1, 18, client: 2), shown));
        KerberosExchange issued = Service("cifs/files", 1, 18);
        issued = issued with { Reply = issued.Reply! with { Ticket = new KerberosTicket(Realm, "cifs/files", new KerberosCipher(18, 7, 2, ReadOnlyMemory<byte>.Empty)) } };
        Assert.Equal((KerberosForgeryFindings.UnknownTicket, Severity.Medium), Only(issued, shown));
        Assert.Empty(Conclude([shown]));
        Assert.Empty(Conclude([Service("cifs/files", 1, 18), Service("cifs/files", 2, 23, client: 2), shown]));
        Assert.Empty(Conclude([Service("cifs/files", 1, 18), Access("cifs/files", 3)]));
    }

    [Fact]
    public void Tickets_in_a_users_name_by_user_to_user_are_medium()
        => Assert.Equal((KerberosTicketFindings.Impersonation, Severity.Medium), Only(Service("bob", 1, 18, forUser: "admin", user: "admin", options: KerberosNames.UserToUser)));

    private static KerberosExchange WithTicket(KerberosExchange exchange, params byte[] bytes)
        => exchange with { Reply = exchange.Reply! with { Ticket = exchange.Reply.Ticket! with { Cipher = new KerberosCipher(18, 2, bytes.Length, bytes) } } };

    private static (FindingType Type, Severity Severity) Only(params KerberosExchange[] records)
    {
        Finding finding = Assert.Single(Conclude([.. records]));
        return (finding.Type, finding.Severity);
    }

    private static List<Finding> Conclude(List<KerberosExchange> records)
    {
        var analyzer = new KerberosAnalyzer();
        records.ForEach(analyzer.Consume);
        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return [.. conclusions.Findings];
    }

    private static Timestamp At(int frame) => Timestamp.FromSeconds(1_700_000_000 + frame);

    private static KerberosCipher Cipher(int encryption) => new(encryption, null, 2, ReadOnlyMemory<byte>.Empty);

    private static KerberosExchange Exchange(int frame, int client, KerberosRequest request, KerberosReply? reply, string carrier = "kerberos")
    {
        var from = IpAddress.Parse($"10.0.0.{client}");
        var to = IpAddress.Parse("10.0.0.200");
        return new KerberosExchange
        {
            Flow = new FlowId(new FlowKey(from, 49152, to, 88, IpProtocol.Udp, default), new FrameRef(0, 1)),
            Frame = new FrameRef(0, frame + 1),
            Time = At(frame),
            Request = request,
            Reply = reply,
            Client = from,
            Server = to,
            Carrier = carrier,
        };
    }

    private static KerberosExchange Refused(string user, int code, int frame, int client = 1) => Exchange(
        frame, client,
        new KerberosRequest { Frame = new FrameRef(0, frame + 1), Time = At(frame), Type = KerberosMessageType.AsRequest, Realm = Realm, Client = user, Encryptions = s_modern },
        new KerberosReply { Frame = new FrameRef(0, frame + 1), Time = At(frame), Type = KerberosMessageType.Error, ErrorCode = code });

    private static KerberosExchange Login(string user, int frame, int[]? offered = null, int part = 18, int ticket = 18, bool proves = true, int client = 1) => Exchange(
        frame, client,
        new KerberosRequest
        {
            Frame = new FrameRef(0, frame + 1),
            Time = At(frame),
            Type = KerberosMessageType.AsRequest,
            Realm = Realm,
            Client = user,
            Encryptions = offered ?? s_modern,
            PreAuthentication = proves ? [2] : [],
        },
        new KerberosReply
        {
            Frame = new FrameRef(0, frame + 1),
            Time = At(frame),
            Type = KerberosMessageType.AsReply,
            Client = user,
            ClientRealm = Realm,
            Service = "krbtgt/" + Realm,
            Ticket = new KerberosTicket(Realm, "krbtgt/" + Realm, Cipher(ticket)),
            EncryptedPart = Cipher(part),
        });

    private static KerberosExchange Service(string service, int frame, int ticket, int[]? offered = null, int tgt = 18, int client = 1, string? forUser = null, uint options = 0, string user = "alice") => Exchange(
        frame, client,
        new KerberosRequest
        {
            Frame = new FrameRef(0, frame + 1),
            Time = At(frame),
            Type = KerberosMessageType.TgsRequest,
            Realm = Realm,
            Service = service,
            Encryptions = offered ?? s_modern,
            PreAuthentication = [1],
            Ticket = new KerberosTicket(Realm, "krbtgt/" + Realm, Cipher(tgt)),
            ForUser = forUser,
            Options = options,
        },
        new KerberosReply
        {
            Frame = new FrameRef(0, frame + 1),
            Time = At(frame),
            Type = KerberosMessageType.TgsReply,
            Client = user,
            ClientRealm = Realm,
            Service = service,
            Ticket = new KerberosTicket(Realm, service, Cipher(ticket)),
            EncryptedPart = Cipher(18),
        });

    private static KerberosExchange Access(string service, int frame, int client = 1) => Exchange(
        frame, client,
        new KerberosRequest
        {
            Frame = new FrameRef(0, frame + 1),
            Time = At(frame),
            Type = KerberosMessageType.ApRequest,
            Realm = Realm,
            Service = service,
            Ticket = new KerberosTicket(Realm, service, Cipher(18)),
        },
        null,
        "smb");
}
