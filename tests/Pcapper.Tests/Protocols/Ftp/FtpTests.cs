using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ftp;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Tls;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Ftp;

public sealed class FtpTests
{
    [Fact]
    public void Commands_are_paired_with_their_final_replies_also_when_they_are_sent_together()
    {
        List<FtpTransaction> seen = Analysis.Records<FtpTransaction>(Session(talk => talk
            .Says("USER anna\r\nPASS x\r\nTYPE I\r\nSIZE a.bin\r\n")
            .Replies("331-first\r\n 230 not this\r\n230 nor this\r\n331 password\r\n230 in\r\n200 ok\r\n213 1234\r\n")));
        Assert.Equal([("USER", 331), ("PASS", 230), ("TYPE", 200), ("SIZE", 213)], seen.Select(t => (t.Command, t.Code ?? 0)));
        Assert.Equal(("first", "anna", string.Empty), (seen[0].Text, seen[1].User, seen[1].Argument));
        Assert.Equal(1234, seen[3].Size);
    }

    [Fact]
    public void The_directory_is_followed()
    {
        List<FtpTransaction> seen = Analysis.Records<FtpTransaction>(Session(talk => talk
            .Says("CWD /pub/../a\r\n").Replies("250 ok\r\n").Says("CWD b\r\n").Replies("550 no\r\n").Says("CWD c/d\r\n").Replies("250 ok\r\n").Says("CDUP\r\n").Replies("200 ok\r\n")
            .Says("DELE x\r\n").Replies("250 ok\r\n").Says("PWD\r\n").Replies("257 \"/home/\"\"q\"\"\" is it\r\n").Says("DELE y\r\n").Replies("250 ok\r\n")));
        Assert.Equal(["/a/c/x", "/home/\"q\"/y"], seen.Where(t => t.Command == "DELE").Select(t => t.Path));
    }

    [Fact]
    public void A_renamed_file_knows_both_names()
    {
        FtpTransaction renamed = Analysis.Records<FtpTransaction>(Session(talk => talk
            .Says("RNFR a\r\n").Replies("350 go on\r\n").Says("RNTO b\r\n").Replies("250 ok\r\n"))).Single(t => t.Command == "RNTO");
        Assert.Equal(("/a", "/b"), (renamed.RenamedFrom, renamed.Path));
    }

    [Theory]
    [InlineData("PASV", "227 Entering Passive Mode (203,0,113,9,25,46).", 6446, true)]
    [InlineData("PASV", "227 =10,9,8,7,25,46", 6446, true)]
    [InlineData("EPSV", "229 Extended Passive Mode (|||6446|)", 6446, true)]
    [InlineData("PORT 10,0,0,5,25,46", "200 ok", 6446, false)]
    [InlineData("EPRT |1|10.0.0.5|6446|", "200 ok", 6446, false)]
    public void Data_connections_are_announced(string command, string reply, int port, bool isPassive)
    {
        (TlsTestFlow flow, FtpTransaction[] seen) = Speak($"{command}\r\n", $"{reply}\r\n", "REST 5\r\n", "350 ok\r\n", "RETR a.txt\r\n", "150 Opening (12 bytes)\r\n226 done\r\n");
        Expectation expected = Assert.Single(flow.Expected);
        Assert.Equal((isPassive ? "203.0.113.9" : "10.0.0.5", port, "ftp-data"), (expected.Address.ToString(), expected.Port, expected.Protocol));
        var note = Assert.IsType<FtpDataNote>(expected.Tag);
        Assert.Equal(("RETR", "/a.txt", 5L, 12L, false), (note.Command, note.Path, note.Offset, note.Size, note.IsRefused));
        FtpTransaction transfer = seen.Single(t => t.Command == "RETR");
        Assert.Equal((12L, 226), (transfer.Size, transfer.Code));
        Assert.Equal((isPassive, port), (transfer.Channel!.IsPassive, transfer.Channel.Port));
    }

    [Fact]
    public void A_refused_transfer_is_noted()
    {
        (TlsTestFlow flow, _) = Speak("EPSV\r\n", "229 (|||9|)\r\n", "RETR a\r\n", "550 no\r\n");
        Assert.True(Assert.IsType<FtpDataNote>(Assert.Single(flow.Expected).Tag).IsRefused);
    }

    [Theory]
    [InlineData("PORT 10,0,0,5,25", "200 ok")]
    [InlineData("PORT 10,0,0,5,0,0", "200 ok")]
    [InlineData("PORT 10,0,0,256,1,1", "200 ok")]
    [InlineData("EPRT |1|x|6446|", "200 ok")]
    [InlineData("EPRT ", "200 ok")]
    [InlineData("EPSV", "229 (|||", "")]
    [InlineData("EPSV", "229 (||x6446|)")]
    [InlineData("PASV", "227 1,2,3,4,5")]
    [InlineData("PASV", "500 no (203,0,113,9,25,46)")]
    public void What_tells_no_port_announces_nothing(string command, string reply, string rest = "")
        => Assert.Empty(Speak($"{command}\r\n", $"{reply}{rest}\r\n").Flow.Expected);

    [Fact]
    public void What_goes_over_the_data_connection_is_a_file()
    {
        byte[] capture = Capture.New()
            .Tcp("192.0.2.5:49152", "198.51.100.9:2121", talk => talk.Replies("220 FTP\r\n").Says("CWD pub\r\n").Replies("250 ok\r\n").Says("EPSV\r\n").Replies("229 (|||6446|)\r\n")
                .Says("RETR a.txt\r\n").Replies("150 Opening (5 bytes)\r\n").Waits(1000).Replies("226 done\r\n"))
            .Tcp("192.0.2.5:49153", "198.51.100.9:6446", talk => talk.Waits(500).Replies("hello").Closes()).ToPcap();
        FileTransfer file = Assert.Single(Analysis.Records<FileTransfer>(capture));
        Assert.Equal(("ftp-data", "/pub/a.txt", 5L), (file.Protocol, file.Name, file.SeenBytes));
    }

    [Fact]
    public void Commands_without_a_reply_are_stated_and_bounded()
    {
        var flow = new TlsTestFlow(new FtpProtocol());
        flow.Feed(Direction.ToOriginator, "220 FTP\r\n"u8);
        for (int i = 0; i <= Limits.MessagesInFlight; i++)
        {
            flow.Feed(Direction.ToResponder, "NOOP\r\n"u8);
        }

        Assert.Single(flow.Records.OfType<FtpTransaction>());
        Assert.Single(flow.Records.OfType<AnomalySeen>());
        flow.Parser.OnEnd();
        Assert.Equal(Limits.MessagesInFlight + 1, flow.Records.OfType<FtpTransaction>().Count(t => t.Code is null));
    }

    [Fact]
    public void Behind_a_gap_replies_are_not_given_to_earlier_commands()
    {
        List<FtpTransaction> seen = Analysis.Records<FtpTransaction>(Session(talk => talk
            .Says("CWD a\r\n").Lost(8).Replies("250 ok\r\n").Says("st\r\nCWD b\r\n").Replies("250 b\r\n")));
        Assert.Equal("250 b", seen.Where(t => t.Argument == "b").Select(t => $"{t.Code} {t.Text}").Single());
    }

    private static byte[] Session(Action<TcpConversation> speak)
        => Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:21", talk => speak(talk.Replies("220 FTP ready\r\n"))).ToPcap();

    private static (TlsTestFlow Flow, FtpTransaction[] Seen) Speak(params string[] turns)
    {
        var flow = new TlsTestFlow(new FtpProtocol());
        flow.Feed(Direction.ToOriginator, "220 FTP\r\n"u8);
        for (int i = 0; i < turns.Length; i++)
        {
            flow.Feed(i % 2 == 0 ? Direction.ToResponder : Direction.ToOriginator, Hex.Text(turns[i]));
        }

        flow.Parser.OnEnd();
        return (flow, [.. flow.Records.OfType<FtpTransaction>()]);
    }
}
