using Pcapper.Engine;
using Pcapper.Modules.Protocols.Imap;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Imap;

public sealed class ImapTests
{
    [Fact]
    public void Answers_find_their_commands_by_tag()
    {
        List<ImapTransaction> seen = Analysis.Records<ImapTransaction>(Session(talk => talk
            .Says("a LOGIN anna x\r\nb SELECT \"In box\"\r\nc UID FETCH 1:* (FLAGS)\r\nd IDLE\r\n").Replies("a OK in\r\n* 3 EXISTS\r\n+ idling\r\n").Says("DONE\r\n").Replies("b OK [READ-WRITE] done\r\nd OK\r\nc BAD no\r\n")));
        Assert.Equal(["LOGIN OK", "SELECT OK", "IDLE OK", "FETCH BAD"], seen.Select(t => $"{t.Command} {t.Status}"));
        Assert.Equal(("", "In box", true, "anna"), (seen[0].Arguments, seen[1].Mailbox, seen[3].IsUid, seen[3].User));
    }

    [Theory]
    [InlineData(1460)]
    [InlineData(1)]
    public void Messages_are_taken_out_of_literals(int segment)
    {
        byte[] capture = Session(talk => talk.SegmentSize(segment).Says("a FETCH 1:2 (FLAGS BODY.PEEK[])\r\n")
            .Replies("* 1 FETCH (FLAGS (\\Seen) BODY[] {14}\r\nSubject: x\r\n\r\n UID 7)\r\n* 2 FETCH (BODY[HEADER] {4}\r\nab\r\n RFC822 {14}\r\nSubject: y\r\n\r\n)\r\na OK\r\n"));
        Assert.Equal(["x", "y"], Analysis.Records<MailSeen>(capture).Select(m => m.Message.Subject));
        Assert.Equal("OK", Assert.Single(Analysis.Records<ImapTransaction>(capture)).Status);
    }

    [Fact]
    public void Pieces_of_one_message_are_put_together()
    {
        byte[] capture = Session(talk => talk.Says("a UID FETCH 7 BODY.PEEK[]<0.10>\r\n").Replies("* 1 FETCH (UID 7 BODY[]<0> {10}\r\nSubject: p)\r\na OK\r\n")
            .Says("b UID FETCH 7 BODY.PEEK[]<10.10>\r\n").Replies("* 1 FETCH (UID 7 BODY[]<10> {10}\r\nart\r\n\r\nabc)\r\nb OK\r\n")
            .Says("c UID FETCH 7 BODY.PEEK[]<20.10>\r\n").Replies("* 1 FETCH (UID 7 BODY[]<20> {3}\r\ndef)\r\nc OK\r\n"));
        MailMessage message = Assert.Single(Analysis.Records<MailSeen>(capture)).Message;
        Assert.Equal(("part", 23L, true), (message.Subject, message.Bytes, message.IsComplete));
    }

    [Fact]
    public void Appended_messages_are_read_with_and_without_leave()
    {
        byte[] capture = Session(talk => talk.Says("a APPEND Sent (\\Seen) {14}\r\n").Replies("+ go\r\n").Says("Subject: x\r\n\r\n\r\n").Replies("a OK\r\n")
            .Says("b APPEND Sent {14+}\r\nSubject: y\r\n\r\n\r\nc APPEND Sent {14}\r\n").Replies("b OK\r\nc NO full\r\n").Says("d NOOP\r\n").Replies("d OK\r\n"));
        Assert.Equal([("x", Direction.ToResponder), ("y", Direction.ToResponder)], Analysis.Records<MailSeen>(capture).Select(m => (m.Message.Subject!, m.Direction)));
        Assert.Equal(["a OK", "b OK", "c NO", "d OK"], Analysis.Records<ImapTransaction>(capture).Select(t => $"{t.Tag} {t.Status}"));
    }

    [Theory]
    [InlineData("17 list \"\" \"Sent\"\r\n", "* LIST () \"/\" \"Sent\"\r\n17 OK\r\n")]
    [InlineData("17 list \"\" \"Sent\"\r\n", "17 OK no such thing\r\n")]
    [InlineData("DONE\r\n17 list \"\" \"Sent\"\r\n", "16 OK\r\n17 OK no such thing\r\n")]
    [InlineData("a7 UID FETCH 1 (FLAGS)\r\n", "* 1 FETCH (FLAGS ())\r\na7 OK\r\n")]
    public void A_session_is_recognised_in_its_middle(string request, string answer)
    {
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:1143", talk => talk.WithoutHandshake().Says(request).Replies(answer)).ToPcap();
        Assert.Equal("OK", Assert.Single(Analysis.Records<ImapTransaction>(capture)).Status);
    }

    [Theory]
    [InlineData("x {12}", 12, false, "x ")]
    [InlineData("x {12+}", 12, true, "x ")]
    [InlineData("x ~{12}", 12, false, "x ")]
    [InlineData("{0}", 0, false, "")]
    public void Literals_are_read(string line, long length, bool isAtOnce, string before)
    {
        Assert.True(ImapText.TryLiteral(Hex.Text(line), out long read, out bool atOnce, out ReadOnlySpan<byte> rest));
        Assert.Equal((length, isAtOnce, before), (read, atOnce, System.Text.Encoding.ASCII.GetString(rest)));
    }

    [Theory]
    [InlineData("x {}")]
    [InlineData("x {a}")]
    [InlineData("x {-1}")]
    [InlineData("x {99999999999999999999}")]
    [InlineData("12}")]
    [InlineData("{12} ")]
    public void What_is_no_literal_is_none(string line) => Assert.False(ImapText.TryLiteral(Hex.Text(line), out _, out _, out _));

    private static byte[] Session(Action<TcpConversation> speak)
        => Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:143", talk => speak(talk.Replies("* OK ready\r\n"))).ToPcap();
}
