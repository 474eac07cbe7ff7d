using System.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Modules.Protocols.Smtp;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Tls;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Smtp;

public sealed class SmtpTests
{
    private const string Mail = "From: A <a@b.example>\r\nTo: c@d.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@b.example>\r\n\r\n..dot\r\ntext\r\n";

    [Theory]
    [InlineData(1460)]
    [InlineData(7)]
    [InlineData(1)]
    public void An_envelope_and_its_message_become_one_transaction_however_cut(int segment)
    {
        byte[] capture = Session(talk => talk.SegmentSize(segment)
            .Says("EHLO c.example\r\n").Replies("250-mx\r\n250 PIPELINING\r\n")
            .Says("MAIL FROM:<a@b.example> SIZE=100 BODY=8BITMIME\r\nRCPT TO:<c@d.example>\r\nRCPT TO:<x@d.example> NOTIFY=NEVER\r\nDATA\r\n")
            .Replies("250 ok\r\n250 ok\r\n550 no such user\r\n354 go\r\n").Says($"{Mail}.\r\n").Replies("250 2.0.0 queued\r\n").Says("QUIT\r\n").Replies("221 bye\r\n"));
        SmtpTransaction seen = Assert.Single(Analysis.Records<SmtpTransaction>(capture));
        Assert.Equal(("c.example", "a@b.example", "SIZE=100 BODY=8BITMIME", 250, "250 2.0.0 queued"), (seen.Hello, seen.From, seen.Parameters, seen.Code, seen.Reply));
        Assert.Equal([new("c@d.example", 250), new("x@d.example", 550)], seen.Recipients);
        Assert.Equal(("Grüße", "<1@b.example>", true), (seen.Message!.Subject, seen.Message.MessageId, seen.Message.IsComplete));
        MailSeen mail = Assert.Single(Analysis.Records<MailSeen>(capture));
        Assert.Equal(Mail.Length - 1, mail.Message.Bytes);
        Assert.Equal(["c@d.example", "x@d.example"], mail.Envelope.Recipients);
    }

    [Fact]
    public void Chunks_are_put_together()
    {
        SmtpTransaction seen = Only(talk => talk.Says("EHLO c\r\n").Replies("250 CHUNKING\r\n")
            .Says("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nBDAT 10\r\nSubject: y").Replies("250 ok\r\n250 ok\r\n250 10\r\n")
            .Says("BDAT 9 LAST\r\nes\r\n\r\n.\r\nRSET\r\n").Replies("250 done\r\n250 ok\r\n"));
        Assert.Equal(("yes", 19L, true, "250 done"), (seen.Message!.Subject, seen.Message.Bytes, seen.Message.IsComplete, seen.Reply));
    }

    [Fact]
    public void Over_LMTP_each_recipient_is_answered()
    {
        List<SmtpTransaction> seen = Analysis.Records<SmtpTransaction>(Session(talk => talk.Says("LHLO c\r\n").Replies("250 mx\r\n")
            .Says("MAIL FROM:<>\r\n").Replies("250 ok\r\n").Says("RCPT TO:<a@d.example>\r\nRCPT TO:<b@d.example>\r\n").Replies("250 ok\r\n250 ok\r\n").Says("DATA\r\n").Replies("354 go\r\n").Says($"{Mail}.\r\n")
            .Replies("250 first\r\n450 second\r\n").Says("MAIL FROM:<z@b.example>\r\n").Replies("250 ok\r\n").Says("QUIT\r\n").Replies("221 bye\r\n")));
        Assert.Equal([("", "450 second"), ("z@b.example", "250 ok")], seen.Select(t => (t.From, t.Reply)));
        Assert.True(seen[0].IsLmtp);
    }

    [Fact]
    public void A_refused_DATA_is_followed_by_commands()
    {
        List<SmtpTransaction> seen = Analysis.Records<SmtpTransaction>(Session(talk => talk.Says("EHLO c\r\n").Replies("250 mx\r\n")
            .Says("MAIL FROM:<a@b.example>\r\nDATA\r\nMAIL FROM:<e@b.example>\r\n").Replies("250 ok\r\n503 no\r\n250 ok\r\n").Says("QUIT\r\n").Replies("221 bye\r\n")));
        Assert.Equal(["a@b.example", "e@b.example"], seen.Select(t => t.From));
        Assert.All(seen, t => Assert.Null(t.Message));
    }

    [Fact]
    public void A_message_is_read_where_only_the_client_was_captured()
    {
        string body = new('x', 70);
        string lines = string.Concat(Enumerable.Repeat(body + "\r\n", 400));
        var flow = new TlsTestFlow(new SmtpProtocol());
        flow.Feed(Direction.ToResponder, Hex.Text($"EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n{Mail}{lines}.\r\nMAIL FROM:<e@b.example>\r\n"));
        flow.Parser.OnEnd();
        Assert.Equal(["a@b.example", "e@b.example"], flow.Records.OfType<SmtpTransaction>().Select(t => t.From));
        Assert.Equal(Mail.Length - 1 + lines.Length, flow.Only<MailSeen>().Message.Bytes);
    }

    [Fact]
    public void A_lost_piece_of_a_message_ends_it_with_the_next_answer()
    {
        byte[] capture = Session(talk => talk.Says("EHLO c\r\n").Replies("250 mx\r\n").Says("MAIL FROM:<a@b.example>\r\n").Replies("250 ok\r\n").Says("DATA\r\n").Replies("354 go\r\n")
            .Says(Mail).Lost(50).Replies("250 queued\r\n").Says("MAIL FROM:<e@b.example>\r\n").Replies("250 ok\r\n"));
        List<SmtpTransaction> seen = Analysis.Records<SmtpTransaction>(capture);
        Assert.Equal([("a@b.example", "250 queued"), ("e@b.example", "250 ok")], seen.Select(t => (t.From, t.Reply)));
        Assert.False(seen[0].Message!.IsComplete);
    }

    [Theory]
    [InlineData("FROM:<a@b.example>", "a@b.example", null)]
    [InlineData("FROM: <a@b.example> X=1", "a@b.example", "X=1")]
    [InlineData("from:a@b.example SIZE=1", "a@b.example", "SIZE=1")]
    [InlineData("FROM:<\"a>b\"@c.example>", "\"a>b\"@c.example", null)]
    [InlineData("FROM:<\"ab@c.example> X", "\"ab@c.example", "X")]
    [InlineData("FROM:<a", "a", null)]
    [InlineData("FROM:<>", "", null)]
    [InlineData("FROM:", "", null)]
    public void Addresses_are_read(string argument, string address, string? parameters)
    {
        Assert.True(SmtpPath.TryRead(Hex.Text(argument), "FROM"u8, out string read, out string? rest));
        Assert.Equal((address, parameters), (read, rest));
    }

    [Fact]
    public void A_long_mail_is_cut_and_said_and_the_session_goes_on()
    {
        var flow = new TlsTestFlow(new SmtpProtocol());
        flow.Feed(Direction.ToOriginator, "220 mx ESMTP\r\n"u8);
        flow.Feed(Direction.ToResponder, "MAIL FROM:<a@b.example>\r\nDATA\r\n"u8);
        flow.Feed(Direction.ToOriginator, "250 ok\r\n354 go\r\n"u8);
        flow.Feed(Direction.ToResponder, "Subject: long\r\n\r\n"u8);
        byte[] piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('y', 62) + "\r\n", 1024 * 16)));
        for (long sent = 0; sent <= Limits.Mail; sent += piece.Length)
        {
            flow.Feed(Direction.ToResponder, piece);
        }

        flow.Feed(Direction.ToResponder, ".\r\nQUIT\r\n"u8);
        flow.Feed(Direction.ToOriginator, "250 taken\r\n221 bye\r\n"u8);
        SmtpTransaction seen = flow.Only<SmtpTransaction>();
        Assert.Equal(("long", false, "250 taken"), (seen.Message!.Subject, seen.Message.IsComplete, seen.Reply));
        Assert.True(seen.Message.Bytes > Limits.Mail);
        Assert.Contains(flow.Records.OfType<AnomalySeen>(), a => a.Rule == "mail is longer than is looked at");
        Assert.Contains(flow.Records.OfType<FileTransfer>(), f => f.DeclaredType == "message/rfc822" && f.IsComplete && f.SeenBytes == seen.Message.Bytes);
    }

    [Fact]
    public void Recipients_are_counted_beyond_those_that_are_kept()
    {
        string recipients = string.Concat(Enumerable.Range(0, Limits.MailAddresses + 5).Select(i => $"RCPT TO:<u{i}@d.example>\r\n"));
        SmtpTransaction seen = Only(talk => talk.Says($"EHLO c\r\nMAIL FROM:<a@b.example>\r\n{recipients}QUIT\r\n"));
        Assert.Equal((Limits.MailAddresses, Limits.MailAddresses + 5), (seen.Recipients.Count, seen.RecipientCount));
    }

    private static SmtpTransaction Only(Action<TcpConversation> speak) => Assert.Single(Analysis.Records<SmtpTransaction>(Session(speak)));

    private static byte[] Session(Action<TcpConversation> speak)
        => Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:25", talk => speak(talk.Replies("220 mx ESMTP ready\r\n"))).ToPcap();
}
