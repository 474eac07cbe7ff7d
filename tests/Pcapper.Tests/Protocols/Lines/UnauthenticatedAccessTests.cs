using Pcapper.Modules.Protocols.Lines;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Lines;

/// <summary>Servers that let clients in without a secret, and near misses.</summary>
public sealed class UnauthenticatedAccessTests
{
    private static readonly byte[] s_startup = Hex.Bytes("00 00 00 10 00 03 00 00 75 73 65 72 00 61 00 00");
    private static readonly byte[] s_accepted = Hex.Bytes("52 00 00 00 08 00 00 00 00");

    [Fact]
    public void Redis_that_answers_without_AUTH()
    {
        UnauthenticatedAccess access = Assert.Single(Of(t => t.Says("*1\r\n$4\r\nINFO\r\n").Replies("$5\r\nhello\r\n").Says("*1\r\n$4\r\nINFO\r\n").Replies("$5\r\nhello\r\n")));
        Assert.Equal(("redis", "192.0.2.5", "198.51.100.9", 4000), (access.Protocol, access.Client.ToString(), access.Server.ToString(), access.Port));
        Assert.Empty(Of(t => t.Says("*1\r\n$4\r\nINFO\r\n").Replies("-NOAUTH Authentication required.\r\n")));
        Assert.Empty(Of(t => t.Says("*2\r\n$4\r\nAUTH\r\n$1\r\nx\r\n").Replies("+OK\r\n").Says("*1\r\n$4\r\nINFO\r\n").Replies("$5\r\nhello\r\n")));
        Assert.Empty(Of(t => t.Says("*1\r\n$4\r\nPING\r\n").Replies("+PONG\r\n")));
    }

    [Fact]
    public void VNC_with_security_type_None()
    {
        Assert.Single(Of(t => t.Replies("RFB 003.008\n").Says("RFB 003.008\n").Replies(Hex.Bytes("02 01 02")).Says(Hex.Bytes("01")).Replies(Hex.Bytes("00 00 00 00"))));
        Assert.Single(Of(t => t.Replies("RFB 003.007\n").Says("RFB 003.007\n").Replies(Hex.Bytes("01 01")).Says(Hex.Bytes("01"))));
        Assert.Single(Of(t => t.Replies("RFB 003.008\n").Says("RFB 003.003\n").Replies(Hex.Bytes("00 00 00 01"))));
        Assert.Empty(Of(t => t.Replies("RFB 003.008\n").Says("RFB 003.008\n").Replies(Hex.Bytes("02 01 02")).Says(Hex.Bytes("02")).Replies(Hex.Bytes("00 00 00 00"))));
        Assert.Empty(Of(t => t.Replies("RFB 003.008\n").Says("RFB 003.003\n").Replies(Hex.Bytes("00 00 00 02"))));
        Assert.Empty(Of(t => t.Replies("RFB 003.008\n").Says("RFB 003.008\n").Replies(Hex.Bytes("01 01")).Says(Hex.Bytes("01")).Replies(Hex.Bytes("00 00 00 01"))));
    }

    [Fact]
    public void PostgreSQL_that_asks_for_no_secret()
    {
        Assert.Single(Of(t => t.Says(s_startup).Replies(s_accepted)));
        Assert.Empty(Of(t => t.Says(s_startup).Replies(Hex.Bytes("52 00 00 00 08 00 00 00 03")).Says(Hex.Bytes("70 00 00 00 06 78 00")).Replies(s_accepted)));
    }

    [Theory]
    [InlineData("00", "00 00 00 02 00 00 00", true)]
    [InlineData("00", "ff 15 04 41 63 63 65 73 73", false)]
    [InlineData("02 aa bb", "00 00 00 02 00 00 00", false)]
    public void MySQL_that_accepts_an_empty_password(string secret, string answer, bool isFound)
    {
        byte[] login = [.. Hex.Bytes("85 a2 0f 00 00 00 00 01 21"), .. new byte[23], .. Hex.Text("root\0"), .. Hex.Bytes(secret)];
        byte[] reply = Hex.Bytes(answer);
        byte[] greeting = Greeting.Plain.Single(g => g.Name == "mysql").Turns[0].Bytes;
        Assert.Equal(isFound ? 1 : 0, Of(t => t.Replies(greeting).Says([(byte)login.Length, 0, 0, 1, .. login]).Replies([(byte)reply.Length, 0, 0, 2, .. reply])).Count);
    }

    private static List<UnauthenticatedAccess> Of(Action<TcpConversation> talk)
        => Analysis.Records<UnauthenticatedAccess>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:4000", talk).ToPcap());
}
