using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Email;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Modules.Protocols.Smtp;
using Pcapper.Packets;
using Pcapper.Tests.Protocols.Mail;
using Xunit;

namespace Pcapper.Tests.Analyses.Email;

public sealed class EmailAnalyzerTests
{
    private const string Stolen = "Time: 1<br>User Name: admin<br>Computer Name: DESK-7<br>OSFullName: Windows 7<br>CPU: x<br>RAM: 3 GB<br><hr>Host: h<br>Username: u<br>Password: p<br>";

    private static readonly Gen<MailSeen> s_mail =
        from client in Gen.Int[1, 3]
        from server in Gen.Int[1, 3]
        from frame in Gen.Long[1, 60]
        from protocol in Gen.OneOf("smtp", "imap", "pop3")
        from up in Gen.Bool
        from sender in Gen.OneOf("a@b.example", "B@b.example", "")
        from to in Gen.OneOf("c@d.example", "d@d.example")
        from traits in Gen.OneOf(AttachmentTraits.None, AttachmentTraits.Program, AttachmentTraits.Disguised, AttachmentTraits.Macro)
        from body in Gen.OneOf(default, new BodyFacts(1, 1, 0, 0, false), new BodyFacts(4, 4, 4, 6, true))
        from authentication in Gen.OneOf("spf=pass", "dmarc=fail")
        select Seen(frame) with
        {
            Flow = Flow(client, server),
            Protocol = protocol,
            Direction = up ? Direction.ToResponder : Direction.ToOriginator,
            Envelope = new MailEnvelope("x@other.example", [to], "hello", 250),
            Message = new MailMessage
            {
                Bytes = frame,
                IsComplete = up,
                Subject = $"s{frame % 4}",
                From = sender.Length == 0 ? [] : [new MailAddress("N", sender)],
                Urls = [$"http://u{client}.example/"],
                Authentication = [authentication],
                Body = body,
                Attachments = [new MailAttachment($"f{server}", "a/b", null, 5, "00", traits)],
                AttachmentCount = 1,
            },
        };

    private static readonly Gen<SmtpTransaction> s_transaction =
        from client in Gen.Int[1, 3]
        from server in Gen.Int[1, 30]
        from frame in Gen.Long[1, 60]
        from code in Gen.OneOf<int?>(null, 250, 550)
        select Transaction(client, server, frame, $"u{frame % 9}@s{frame % 9}.example", code);

    [Fact]
    public void The_laws_hold() => Laws.Hold<EmailAnalyzer>(Gen.OneOf(Laws.Emit(s_mail), Laws.Emit(s_transaction)));

    [Fact]
    public void What_a_program_stole_is_found()
    {
        Finding finding = Only(EmailFindings.Stolen, "From: a@b.example\r\nSubject: PW_admin/DESK-7\r\nContent-Type: text/html\r\n\r\n" + Stolen);
        Assert.Contains("6 facts", finding.Summary, StringComparison.Ordinal);
        Assert.Equal(Severity.High, finding.Severity);
    }

    [Theory]
    [InlineData("Hi,\r\n\r\nUser: anna\r\nPassword: hunter2\r\n")]
    [InlineData("Computer Name: DESK-7\r\nOS: Windows\r\nPassword: x\r\nUser: y\r\n")]
    public void One_password_is_less(string body) => Only(EmailFindings.CredentialsInBody, $"From: a@b.example\r\n\r\n{body}");

    [Theory]
    [InlineData("The password: will be told by phone\r\nUser: anna\r\n")]
    [InlineData("Password:\r\nUser: anna\r\n")]
    [InlineData("Computer Name: DESK-7\r\nOS: Windows\r\nCPU: x\r\nRAM: y\r\nDate: z\r\n")]
    [InlineData("Host: a\r\nUser: b\r\n")]
    public void Texts_without_a_password_raise_nothing(string body) => Assert.Empty(Find(Send($"From: a@b.example\r\n\r\n{body}")));

    [Fact]
    public void A_sender_whose_authentication_failed_is_found()
    {
        const string Header = "From: Bank <service@bank.example>\r\nAuthentication-Results: mx.d.example; spf=fail; dkim=none; dmarc=fail\r\n\r\n";
        Only(EmailFindings.Spoofed, Header, "x@attacker.test");
        Assert.Empty(Find(Send(Header, "x@bank.example")));
        Assert.Empty(Find(Send(Header.Replace("dmarc=fail", "dmarc=pass", StringComparison.Ordinal), "x@attacker.test")));
        Assert.Empty(Find(Send("From: Bank <service@bank.example>\r\n\r\n", "x@attacker.test")));
    }

    [Fact]
    public void A_name_that_is_another_address_is_found()
    {
        Only(EmailFindings.Spoofed, "From: \"boss@d.example\" <x@attacker.test>\r\n\r\n");
        Assert.Empty(Find(Send("From: \"x@mail.attacker.test\" <x@attacker.test>\r\n\r\n")));
        Assert.Empty(Find(Send("From: \"meet @ noon\" <x@attacker.test>\r\n\r\n")));
    }

    [Fact]
    public void An_answer_that_leaves_the_house_is_found()
    {
        Only(EmailFindings.Spoofed, "From: Boss <boss@d.example>\r\nReply-To: boss.d@gmail.com\r\n\r\n");
        Assert.Empty(Find(Send("From: News <news@n.example>\r\nReply-To: news@gmail.com\r\n\r\n")));
        Assert.Empty(Find(Send("From: Boss <boss@d.example>\r\nReply-To: office@partner.example\r\n\r\n")));
    }

    [Fact]
    public void Attachments_are_found_by_how_risky_they_are()
    {
        byte[] program = [.. "MZ"u8, 0, 0, 0, 0, 0, 0, 3, 4];
        Assert.Equal(Severity.High, Only(EmailFindings.Disguised, MailText.WithFile("a.pdf.exe", program)).Severity);
        Assert.Equal(Severity.High, Only(EmailFindings.Risky, MailText.WithFile("a.exe", program)).Severity);
        Assert.Equal(Severity.Low, Only(EmailFindings.Risky, MailText.WithFile("a.html", "<html><script>x</script>"u8.ToArray(), "text/html")).Severity);
        Assert.Empty(Find(Send(MailText.WithFile("a.pdf", "%PDF-1.4"u8.ToArray(), "application/pdf"))));
    }

    [Fact]
    public void A_client_that_sends_to_very_many_is_found_and_a_mail_server_is_not()
    {
        SmtpTransaction[] burst = [.. Enumerable.Range(1, 20).Select(i => Transaction(1, i, i, $"u@s{i % 5}.example", 250))];
        Finding finding = Assert.Single(Find([.. burst]));
        Assert.Equal(EmailFindings.SpamBurst, finding.Type);
        Assert.Empty(Find([.. burst[1..]]));
        Assert.Empty(Find([.. burst.Select(t => t with { From = "u@one.example" })]));
        Assert.Empty(Find([.. burst.Select(t => t with { Flow = Flow(1, 1) })]));
        Assert.Empty(Find([.. burst.Select((t, i) => t with { Time = Timestamp.FromSeconds(1_700_000_000 + (i * 60)) })]));
        Assert.Empty(Find([.. burst, Seen(99) with { Flow = new FlowId(new FlowKey(IpAddress.Parse("198.51.100.1"), 5, IpAddress.Parse("192.0.2.1"), 25, IpProtocol.Tcp, default), new FrameRef(0, 99)) }]));
    }

    private static FlowId Flow(int client, int server)
        => new(new FlowKey(IpAddress.Parse($"192.0.2.{client}"), 49152, IpAddress.Parse($"198.51.100.{server}"), 25, IpProtocol.Tcp, default), new FrameRef(0, 1));

    private static MailSeen Seen(long frame) => new()
    {
        Flow = Flow(1, 1),
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
        LastFrame = new FrameRef(0, frame),
        Protocol = "smtp",
        Direction = Direction.ToResponder,
        Envelope = MailEnvelope.None,
        Message = new MailMessage { Bytes = 1, IsComplete = true },
    };

    private static SmtpTransaction Transaction(int client, int server, long frame, string from, int? code) => new()
    {
        Flow = Flow(client, server),
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
        Depth = 1,
        Hello = "h",
        From = from,
        Recipients = [new SmtpRecipient($"r{frame}@d.example", code)],
        RecipientCount = 1,
    };

    private static MailSeen Send(string message, string from = "a@b.example") => MailText.Send(message, from).Only<MailSeen>();

    private static Finding Only(FindingType type, string message, string from = "a@b.example")
    {
        Finding finding = Assert.Single(Find(Send(message, from)));
        Assert.Equal(type, finding.Type);
        return finding;
    }

    private static IReadOnlyList<Finding> Find(params ProtocolRecord[] records)
    {
        var analyzer = new EmailAnalyzer();
        foreach (ProtocolRecord record in records)
        {
            switch (record)
            {
                case MailSeen mail:
                    analyzer.Consume(mail);
                    break;
                case SmtpTransaction transaction:
                    analyzer.Consume(transaction);
                    break;
            }
        }

        var conclusions = new Conclusions(analyzer.Info, [], new Dictionary<Type, AnalyzerState>());
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions.Findings;
    }
}
