using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Modules.Protocols.Smtp;
using Pcapper.Packets;
using Pcapper.Tests.Protocols.Tls;
using Xunit;

namespace Pcapper.Tests.Protocols.Mail;

public sealed class MailReaderTests
{
    private const string Whole = """
        Return-Path: <bounce@list.example>
        Received: from a by b; 1
        Received: from c by d; 2
        Authentication-Results: mx.example; spf=fail smtp.mailfrom=list.example; dkim=none; dmarc=fail header.from=bank.example
        Authentication-Results: other.example; spf=pass
        From: "Anna, A." <anna@bank.example>, b@c.example
        Sender: list@list.example
        Reply-To: other@e.example
        To: group: x@y.example, Y <y@y.example>;
        Cc: z@y.example
        Subject: two
         lines
        Date: Tue, 1 Jan 2019 00:00:00 +0000
        Message-ID: <1@b>
        In-Reply-To: <0@b>
        X-Mailer: Mailer 1
        X-Originating-IP: [192.0.2.7]
        Content-Type: multipart/alternative; boundary=x

        --x
        Content-Type: text/plain

        see http://a.example/b, (https://c.example/d) and HTTP://a.example/b.
        --x
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <a href=3D"http://e.example/f?a=3D1&amp;b=3D2">x</a><p>User: anna<br>Password: hunter2
        --x--
        """;

    [Fact]
    public void All_fields_are_read()
    {
        MailMessage mail = MailText.Read(Whole.ReplaceLineEndings("\r\n"));
        Assert.Equal([new("Anna, A.", "anna@bank.example"), new(null, "b@c.example")], mail.From);
        Assert.Equal(("list@list.example", "bounce@list.example", "two lines", "Tue, 1 Jan 2019 00:00:00 +0000"), (mail.Sender, mail.ReturnPath, mail.Subject, mail.Date));
        Assert.Equal(("<1@b>", "<0@b>", "Mailer 1", "192.0.2.7"), (mail.MessageId, mail.InReplyTo, mail.UserAgent, mail.OriginatingIp));
        Assert.Equal((["x@y.example", "y@y.example"], ["z@y.example"], ["other@e.example"]), (mail.To.Select(a => a.Address).ToArray(), mail.Cc.Select(a => a.Address).ToArray(), mail.ReplyTo.Select(a => a.Address).ToArray()), TupleComparer);
        Assert.Equal(["from a by b; 1", "from c by d; 2"], mail.Received);
        Assert.Equal(["spf=fail", "dkim=none", "dmarc=fail"], mail.Authentication);
        Assert.Equal(["http://a.example/b", "https://c.example/d", "HTTP://a.example/b", "http://e.example/f?a=1&b=2"], mail.Urls);
        Assert.Equal(new BodyFacts(1, 1, 0, 0, false), mail.Body);
        Assert.Empty(mail.Attachments);
    }

    [Fact]
    public void Attachments_are_decoded_hashed_and_files()
    {
        byte[] content = Encoding.ASCII.GetBytes("%PDF-1.4 x");
        TlsTestFlow flow = MailText.Send(MailText.WithFile("a b.pdf", content, "application/pdf"));
        MailAttachment file = Assert.Single(flow.Only<MailSeen>().Message.Attachments);
        Assert.Equal(new MailAttachment("a b.pdf", "application/pdf", "application/pdf", 10, Convert.ToHexStringLower(SHA256.HashData(content)), AttachmentTraits.None), file);
        Assert.Equal([("message/rfc822", "s.eml"), ("application/pdf", "a b.pdf")], flow.Records.OfType<FileTransfer>().Select(f => (f.DeclaredType, f.Name)).OrderByDescending(f => f.DeclaredType, StringComparer.Ordinal));
        Assert.Equal(file.Sha256, flow.Records.OfType<FileTransfer>().Single(f => f.Name == "a b.pdf").Sha256);
        Assert.Equal(flow.Records.OfType<FileTransfer>().Select(f => f.Id).Order(StringComparer.Ordinal), flow.Only<MailSeen>().Message.FileIds.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("MZ\0\0\0\0\0\0\u0003\u0004", "a.exe", "application/octet-stream", AttachmentTraits.Program)]
    [InlineData("MZ\0\0\0\0\0\0\u0003\u0004", "a.pdf", "application/pdf", AttachmentTraits.Program | AttachmentTraits.Disguised)]
    [InlineData("MZ\0\0\0\0\0\0\u0003\u0004", "invoice.pdf.scr", "application/octet-stream", AttachmentTraits.Program | AttachmentTraits.DoubleEnding)]
    [InlineData("MZ\0\0\0\0\0\0\u0003\u0004", "invoice.pdf   .exe ", "application/octet-stream", AttachmentTraits.Program | AttachmentTraits.DoubleEnding)]
    [InlineData("var a = 1;", "a.js", "text/plain", AttachmentTraits.Script)]
    [InlineData("var a = 1;", "a.txt", "text/plain", AttachmentTraits.None)]
    [InlineData("var a = 1;", "report.pdf.js", "text/plain", AttachmentTraits.Script | AttachmentTraits.DoubleEnding)]
    [InlineData("L\0\0\0\u0001\u0014\u0002\0", "a.lnk", "application/octet-stream", AttachmentTraits.Shortcut)]
    [InlineData("<html><script>x</script>", "a.html", "text/html", AttachmentTraits.WebPage)]
    [InlineData("<html><p>x</p>", "a.html", "text/html", AttachmentTraits.None)]
    [InlineData("Rar!\u001a\u0007\u0001\0\0\0\0\0\u0021\u0004\0\0", "a.rar", "application/x-rar", AttachmentTraits.Encrypted)]
    [InlineData("Rar!\u001a\u0007\u0001\0\0\0\0\0\u000a\u0001\0\0", "a.rar", "application/x-rar", AttachmentTraits.None)]
    [InlineData("Rar!\u001a\u0007\u0001\0\0\0\0\0\u0080\u0080\u0080", "a.rar", "application/x-rar", AttachmentTraits.None)]   // ends inside the header's size
    [InlineData("7z\u00bc\u00af\u0027\u001c\0\0\u0006\u00f1\u0007\u0001", "a.7z", "application/x-7z", AttachmentTraits.Encrypted)]
    [InlineData("\u00e4\u0052\u005c\u007b\u008c\u00d8\u00a7\u004d\u00ae\u00b1\u0053\u0078\u00d0\u0029\u0096\u00d3", "a.one", "application/onenote", AttachmentTraits.OneNote)]
    [InlineData("%PDF-1.4", "report.v1.2.pdf", "application/pdf", AttachmentTraits.None)]
    public void Attachments_are_judged_by_content_and_name(string content, string name, string declared, AttachmentTraits traits)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(content);
        Assert.Equal(traits, AttachmentJudge.Judge(bytes, name, declared, Modules.Protocols.Http.MediaTypes.Sniff(bytes)));
    }

    [Fact]
    public void A_name_that_is_written_backwards_is_seen()
        => Assert.Equal(AttachmentTraits.Reversed, AttachmentJudge.Judge("text"u8, "a\u202Efdp.exe", "text/plain", "text/plain"));

    [Theory]
    [InlineData("word/vbaProject.bin", false, AttachmentTraits.Macro)]
    [InlineData("word/document.xml", false, AttachmentTraits.None)]
    [InlineData("a.exe", false, AttachmentTraits.Holds)]
    [InlineData("lib/jquery.js", false, AttachmentTraits.None)]
    [InlineData("a.txt", true, AttachmentTraits.Encrypted)]
    public void Archives_are_looked_into(string entry, bool isEncrypted, AttachmentTraits traits)
    {
        byte[] zip =
        [
            .. "PK\x03\x04"u8, 20, 0, (byte)(isEncrypted ? 1 : 0), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, (byte)entry.Length, 0, 0, 0, .. Encoding.ASCII.GetBytes(entry), 1, 2, 3, 4,
        ];
        Assert.Equal(traits, AttachmentJudge.Judge(zip, "a.docx", "application/zip", "application/zip"));
        for (int length = 0; length < zip.Length; length++)
        {
            AttachmentJudge.Judge(zip.AsSpan(0, length), "a.zip", "application/zip", "application/zip");
        }
    }

    [Fact]
    public void Very_many_parts_and_deep_ones_are_bounded()
    {
        string parts = string.Concat(Enumerable.Repeat("--x\r\nContent-Type: image/png\r\n\r\n\r\n", Limits.MailParts + 10));
        TlsTestFlow flow = MailText.Send($"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{parts}--x--\r\n");
        MailMessage mail = flow.Only<MailSeen>().Message;
        Assert.Equal((Limits.MailAddresses, Limits.MailParts), (mail.Attachments.Count, mail.AttachmentCount));
        Assert.Contains(flow.Records.OfType<AnomalySeen>(), a => a.Rule == "mail with too many parts");

        var deep = new StringBuilder("From: a@b.example\r\n");
        for (int i = 0; i < 100; i++)
        {
            deep.Append($"Content-Type: multipart/mixed; boundary=x{i}\r\n\r\n--x{i}\r\n");
        }

        Assert.Equal("a@b.example", MailText.Read(deep.ToString()).From[0].Address);
    }

    [Fact]
    public void Very_many_addresses_URLs_and_hops_are_bounded()
    {
        string many = string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"u{i}@d.example"));
        string hops = string.Concat(Enumerable.Repeat("Received: x\r\n", 1000));
        string urls = string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"http://h{i}.example/"));
        MailMessage mail = MailText.Read($"{hops}From: a@b.example\r\nTo: {many}\r\nSubject: {new string('s', 5000)}\r\n\r\n{urls}");
        Assert.Equal((Limits.MailAddresses, Limits.MailAddresses, Limits.MailAddresses, Limits.Text), (mail.To.Count, mail.Received.Count, mail.Urls.Count, mail.Subject!.Length));
    }

    [Fact]
    public void Text_beyond_the_limit_is_not_looked_at()
        => Assert.Empty(MailText.Read($"From: a@b.example\r\n\r\n{string.Concat(Enumerable.Repeat(new string('z', 62) + "\r\n", (Limits.MailText / 64) + 1))}http://late.example/").Urls);

    [Fact]
    public void A_large_attachment_is_hashed_whole()
    {
        byte[] content = new byte[Limits.MailAttachment + 1000];
        MailAttachment file = Assert.Single(MailText.Read(MailText.WithFile("a.bin", content)).Attachments);
        Assert.Equal((content.Length, Convert.ToHexStringLower(SHA256.HashData(content))), (file.Bytes, file.Sha256));
    }

    [Fact]
    public void A_mail_that_finds_no_room_is_read_as_far_as_it_is_held_and_hashed_as_it_comes()
    {
        TlsTestFlow flow = MailText.Send(MailText.WithFile("a.bin", new byte[Limits.FileMemory]), hasRoom: false);
        MailMessage message = flow.Only<MailSeen>().Message;
        Assert.Equal(("s", false), (message.Subject, message.IsComplete));
        Assert.Contains(flow.Records.OfType<AnomalySeen>(), a => a.Rule == "mail is longer than is looked at");
        Assert.NotNull(flow.Records.OfType<FileTransfer>().Single(f => f.DeclaredType == "message/rfc822").Sha256);
    }

    [Fact]
    public void A_mail_that_is_not_followed_among_too_many_files_is_cut()
    {
        var flow = new TlsTestFlow(new SmtpProtocol());
        var files = new FlowFiles(flow, flow.Bus, "smtp");
        for (int i = 0; i < Limits.FilesUnderWay; i++)
        {
            files.Open(Direction.ToResponder, new FrameRef(0, 1), default);
        }

        var mail = new MailBytes(files, Direction.ToResponder);
        mail.Add("Subject: s\r\n"u8, new StreamChunk { Bytes = "Subject: s\r\n"u8, Pieces = [new ChunkPiece(0, new FrameRef(0, 1), default)], IsDatagram = false });
        Assert.Equal((12, true), (mail.Seen, mail.IsCut));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no header at all")]
    [InlineData("\r\n\r\n")]
    [InlineData("From: \r\nTo: <<<>>>\r\nContent-Type: ;;;\r\nContent-Type: multipart/mixed\r\nContent-Transfer-Encoding: x\r\nAuthentication-Results: =;;=\r\n\r\n")]
    public void Malformed_mail_is_survived(string text) => MailText.Send(text);

    [Fact]
    public void Changed_and_cut_mail_is_survived()
        => Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Int[0, 255], Gen.Int[0, Whole.Length]).Always(
            change => MailText.Send($"{Whole[..change.Item1]}{(char)change.Item2}{Whole[(change.Item1 + 1)..]}"[..change.Item3]), iterations: 1000);

    private static IEqualityComparer<(string[], string[], string[])> TupleComparer { get; } = EqualityComparer<(string[], string[], string[])>.Create(
        (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2) && a.Item3.SequenceEqual(b.Item3), _ => 0);
}
