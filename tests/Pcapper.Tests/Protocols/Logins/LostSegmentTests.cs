using Pcapper.Engine;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Kerberos;
using Pcapper.Tests.Protocols.Tds;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Logins;

/// <summary>A segment that the capture misses hides no login that comes behind it.</summary>
public sealed class LostSegmentTests
{
    [Fact]
    public void In_Kerberos()
    {
        byte[] request = KerberosBytes.Stream(KerberosBytes.AsRequest("alice", [18]));
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:88", talk => talk
            .Says(KerberosBytes.Stream(KerberosBytes.AsRequest("ben", [18]))).Replies(KerberosBytes.Stream(KerberosBytes.Error(25)))
            .Says(request[..60]).Lost(request.Length - 60).Replies(KerberosBytes.Stream(KerberosBytes.Error(25)))
            .Says(KerberosBytes.Stream(KerberosBytes.AsRequest("robert", [18], KerberosBytes.EncryptedTimestamp(18))))
            .Replies(KerberosBytes.Stream(KerberosBytes.Reply(11, "robert", "krbtgt/EXAMPLE.COM", 18, 18)))).ToPcap();
        KerberosExchange last = Analysis.Records<KerberosExchange>(capture)[^1];
        Assert.Equal(("robert", true), (last.Request?.Client, last.IsIssued));
    }

    [Fact]
    public void In_Telnet()
        => Holds(23, [("anna", "gue55", false), ("ben", "kn0wn", true)], talk => talk
            .Replies([0xFF, 0xFD, 0x18, .. "login: "u8]).Says("anna\r\n").Replies("Password: ").Says("gue55\r\n").Replies("\r\nLogin incorrect\r\n").Lost(7)
            .Says("lost in p").Lost(5).Replies("art\r\nlogin: ").Says("ben\r\n").Replies("Password: ").Says("kn0wn\r\n").Replies("\r\n# "));

    [Fact]
    public void In_XMPP()
        => Holds(5222, [("anna", "hunt3r", true)], talk => talk
            .Says("<stream:stream to='x.example'>").Replies("<stream:stream id='1'><stream:fea").Lost(20)
            .Says("<iq/>").Replies("PLAIN</mechanism>").Says($"<auth mechanism='PLAIN'>{Convert.ToBase64String("\0anna\0hunt3r"u8)}</auth>").Replies("<success/>"));

    [Fact]
    public void In_TDS()
        => Holds(1433, [("sa", "gue55", false), ("sa", "kn0wn", true)], talk => talk
            .Says(TdsBytes.Login("sa", "gue55")).Replies(TdsBytes.Refused)
            .Says(TdsBytes.Login("sa", "lost")[..40]).Lost(TdsBytes.Login("sa", "lost").Length - 40).Replies(TdsBytes.Refused)
            .Says(TdsBytes.Login("sa", "kn0wn")).Replies(TdsBytes.LetIn));

    [Theory]
    [InlineData("mysql", 0)]
    [InlineData("postgresql password", 1)]
    public void In_what_the_server_of_a_database_says_before_the_secret(string name, int turn)
    {
        Login login = Login.All.Single(l => l.Name == name);
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{login.Port}", talk =>
        {
            for (int i = 0; i < login.Turns.Length; i++)
            {
                _ = login.Turns[i].FromClient ? talk.Says(login.Turns[i].Bytes) : talk.Replies(login.Turns[i].Bytes);
                _ = i == turn ? talk.Lost(20) : talk;
            }
        }).ToPcap();
        CredentialSeen seen = Assert.Single(Analysis.Records<CredentialSeen>(capture));
        Assert.Equal((login.Seen[0].Scheme, "anna", null), (seen.Scheme, seen.User, seen.Success));
    }

    [Fact]
    public void In_Redis()
        => Holds(6379, [(null, "kn0wn", true)], talk => talk
            .Says("*1\r\n$4\r\nPI").Lost(4).Replies("+PONG\r\n").Says("*2\r\n$4\r\nAUTH\r\n$5\r\nkn0wn\r\n").Replies("+OK\r\n"));

    private static void Holds(int port, (string? User, string Password, bool Success)[] wanted, Action<TcpConversation> speak)
    {
        List<CredentialSeen> seen = Analysis.Records<CredentialSeen>(Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{port}", talk => speak(talk)).ToPcap());
        Assert.Equal(wanted, seen.Select(s => (s.User, s.Secret!.Reveal(), s.Success == true)));
    }
}
