using Pcapper.Engine;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Modules.Protocols.Pop3;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Pop3;

public sealed class Pop3Tests
{
    [Fact]
    public void Commands_are_paired_with_their_answers_around_lists_and_messages()
    {
        byte[] capture = Session(talk => talk.Says("USER anna\r\nPASS x\r\n").Replies("+OK\r\n+OK in\r\n").Says("STAT\r\nLIST\r\nUIDL 1\r\nRETR 1\r\nDELE 1\r\n")
            .Replies("+OK 1 30\r\n+OK\r\n1 30\r\n+OK not an answer\r\n.\r\n+OK 1 abc\r\n+OK\r\nSubject: a\r\n\r\n..x\r\n+OK not either\r\n.\r\n-ERR no\r\n"));
        List<Pop3Transaction> seen = Analysis.Records<Pop3Transaction>(capture);
        Assert.Equal(["USER anna +", "PASS  +", "STAT  +", "LIST  +", "UIDL 1 +", "RETR 1 +", "DELE 1 -"], seen.Select(t => $"{t.Command} {t.Argument} {(t.IsOk == true ? '+' : '-')}"));
        MailSeen mail = Assert.Single(Analysis.Records<MailSeen>(capture));
        Assert.Equal(("a", 34L, Direction.ToOriginator), (mail.Message.Subject, mail.Message.Bytes, mail.Direction));
    }

    [Fact]
    public void TOP_gives_an_excerpt_and_a_gap_does_not_swallow_what_follows()
    {
        byte[] capture = Session(talk => talk.Says("TOP 1 0\r\n").Replies("+OK\r\nSubject: a\r\n\r\n.\r\n").Says("RETR 2\r\n").Replies("+OK\r\nSubject: b\r\n\r\n").Lost(100).Says("NOOP\r\n").Replies("+OK fine\r\n"));
        List<MailSeen> mails = Analysis.Records<MailSeen>(capture);
        Assert.Equal([("a", true, true), ("b", false, false)], mails.Select(m => (m.Message.Subject, m.Message.IsExcerpt, m.Message.IsComplete)));
        Assert.True(Analysis.Records<Pop3Transaction>(capture).Single(t => t.Command == "NOOP").IsOk);
    }

    private static byte[] Session(Action<TcpConversation> speak)
        => Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:110", talk => speak(talk.Replies("+OK POP3 ready\r\n"))).ToPcap();
}
