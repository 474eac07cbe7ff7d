using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Tds;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Tls;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Tds;

public sealed class TdsTests
{
    [Fact]
    public void The_server_and_the_program_are_named()
    {
        List<SoftwareSeen> software = Analysis.Records<SoftwareSeen>(Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:40404", talk => talk
            .Says(TdsBytes.PreLogin).Replies(TdsBytes.PreLoginAnswer).Says(TdsBytes.Login("sa", "p")).Replies(TdsBytes.LetIn).Closes()).ToPcap());
        Assert.Equal(["sqlcmd", "SQL/15.0.2146"], software.Select(seen => seen.Banner));
    }

    [Fact]
    public void A_login_cut_into_packets_is_put_together()
    {
        byte[] body = TdsBytes.Login("sa", "secret")[8..];
        CredentialSeen seen = Assert.Single(Analysis.Records<CredentialSeen>(Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:1433", talk => talk
            .Says(TdsBytes.PreLogin).Replies(TdsBytes.PreLoginAnswer).Says(TdsBytes.Packet(0x10, body[..60], isLast: false)).Says(TdsBytes.Packet(0x10, body[60..])).Replies(TdsBytes.LetIn).Closes()).ToPcap()));
        Assert.Equal(("sa", "secret", true), (seen.User, seen.Secret?.Reveal(), seen.Success));
    }

    [Fact]
    public void A_login_inside_TLS_is_left_alone()
    {
        byte[] hello = TlsBytes.Handshake(0x0301, 1, TlsBytes.ClientHello(0x0303, [0xC02F], [TlsBytes.ServerName("inner.example")]));
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:1433", talk => talk
            .Says(TdsBytes.PreLogin).Replies(TdsBytes.PreLoginAnswer).Says(TdsBytes.Packet(0x12, hello)).Replies(TdsBytes.Packet(0x12, [0x16, 3, 3, 0, 1, 0])).Says([0x17, 3, 3, 0, 2, 1, 2]).Closes()).ToPcap();
        Assert.Empty(Analysis.Records<CredentialSeen>(capture));
        Assert.Empty(Analysis.Records<AnomalySeen>(capture));
    }

    [Fact]
    public void Every_prefix_asks_for_more_and_every_changed_byte_is_survived()
    {
        foreach (byte[] message in (byte[][])[TdsBytes.PreLogin, TdsBytes.Login("sa", "p", "db", [1, 2, 3]), TdsBytes.LetIn, TdsBytes.Refused])
        {
            for (int i = 0; i < message.Length; i++)
            {
                var flow = new ParserFlow((context, bus) => new TdsProtocol().CreateParser(context, bus), 1433);
                Assert.Equal(ParseStatus.NeedMore, flow.Says(message[..i]).Status);
                byte[] changed = [.. message];
                changed[i] ^= 0xFF;
                flow.Says(changed);
                flow.Replies(changed);
                flow.Parser.OnEnd();
            }
        }
    }

    [Fact]
    public void Any_bytes_are_survived() => Gen.Byte.Array[1, 200].Always(
        bytes =>
        {
            var flow = new ParserFlow((context, bus) => new TdsProtocol().CreateParser(context, bus), 1433);
            flow.Says(TdsBytes.Packet(0x10, bytes));
            flow.Replies(TdsBytes.Packet(4, bytes));
            flow.Says(TdsBytes.Packet(0x11, bytes));
            flow.Says(bytes);
            flow.Parser.OnEnd();
        },
        iterations: 500);

    [Fact]
    public void What_never_ends_is_not_kept()
    {
        var flow = new ParserFlow((context, bus) => new TdsProtocol().CreateParser(context, bus), 1433);
        byte[] packet = TdsBytes.Packet(0x10, new byte[4000], isLast: false);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(ParseStatus.Done, flow.Says(packet).Status);
        }
    }
}
