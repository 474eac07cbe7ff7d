using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Tls;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Tls;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Lines;

/// <summary>What holds for every protocol that begins with a greeting.</summary>
public sealed class GreetingProtocolTests
{
    private const int OddPort = 40404;

    public static TheoryData<string> Plain { get; } = [.. Greeting.Plain.Select(g => g.Name)];

    public static TheoryData<string> Upgrading { get; } = [.. Greeting.Upgrading.Select(g => g.Name)];

    // MySQL does not answer; what FTP and IRC begin with here could be another protocol's, and is held back until more is seen.
    public static TheoryData<string> Answered { get; } = [.. Greeting.Upgrading.Where(g => g.Protocol is not ("mysql" or "ftp" or "irc")).Select(g => g.Name)];

    public static TheoryData<string> Protocols { get; } = [.. Greeting.Plain.Select(g => g.Protocol).Distinct()];

    [Theory]
    [MemberData(nameof(Plain))]
    public void It_is_recognised_on_any_port(string name)
    {
        Greeting greeting = Greeting.Plain.Single(g => g.Name == name);
        Assert.Equal([greeting.Protocol], Services(greeting.ToCapture(OddPort)));
        Assert.Equal([greeting.Protocol], Services(greeting.ToCapture(greeting.UsualPort)));
        Assert.Equal([greeting.Protocol], Services(greeting.ToCapture(443)));
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void It_is_recognised_byte_by_byte(string name)
    {
        Greeting greeting = Greeting.Plain.Single(g => g.Name == name);
        Assert.Equal([greeting.Protocol], Services(greeting.ToCapture(OddPort, segment: 1)));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Another_protocol_on_its_port_is_recognised_as_what_it_is(string name)
    {
        int port = Greeting.Plain.First(g => g.Protocol == name).UsualPort;
        foreach (Greeting other in Greeting.Plain)
        {
            Assert.Equal([other.Protocol], Services(other.ToCapture(port)));
        }

        byte[] http = Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{port}", t => t.Says("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").Replies("HTTP/1.1 204 No\r\n\r\n")).ToPcap();
        Assert.Equal(["http"], Services(http));
        byte[] noise = Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{port}", t => t.Says(Hex.Bytes("de ad be ef 00 01 02 03")).Replies(Hex.Bytes("f0 0d 99 98 97 00"))).ToPcap();
        Assert.Empty(Services(noise));
    }

    [Theory]
    [MemberData(nameof(Upgrading))]
    public void TLS_is_seen_behind_the_upgrade(string name)
    {
        Greeting greeting = Greeting.Upgrading.Single(g => g.Name == name);
        foreach (int port in (ReadOnlySpan<int>)[greeting.UsualPort, OddPort])
        {
            foreach (int segment in (ReadOnlySpan<int>)[1460, 7, 1])
            {
                byte[] capture = greeting.ToCapture(port, thenTls: true, segment);
                TlsConnection connection = Assert.Single(Analysis.Records<TlsConnection>(capture));
                Assert.Equal("inner.example", connection.ServerName);
                Assert.NotNull(connection.Cipher);
                Assert.Equal([greeting.Protocol, "tls"], Services(capture));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Answered))]
    public void TLS_is_seen_when_the_answer_to_the_request_is_missing(string name)
    {
        Greeting greeting = Greeting.Upgrading.Single(g => g.Name == name);
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{greeting.UsualPort}", talk =>
        {
            foreach ((bool fromClient, byte[] bytes) in greeting.Turns[..^1])
            {
                _ = fromClient ? talk.Says(bytes) : talk.Replies(bytes);
            }

            talk.Says(Greeting.ClientHello);
        }).ToPcap();
        Assert.Equal("inner.example", Assert.Single(Analysis.Records<TlsConnection>(capture)).ServerName);
    }

    [Theory]
    [InlineData(25, "220 x ESMTP\r\n", "STARTTLS\r\n", "454 no\r\n")]
    [InlineData(143, "* OK ready\r\n", "x STARTTLS\r\n", "x NO no\r\n")]
    [InlineData(110, "+OK POP3\r\n", "STLS\r\n", "-ERR no\r\n")]
    [InlineData(21, "220 FTP\r\n", "AUTH TLS\r\n", "502 no\r\n")]
    public void A_refused_upgrade_changes_nothing(int port, string greeting, string request, string refusal)
    {
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{port}", t => t.Replies(greeting).Says(request).Replies(refusal).Says("QUIT\r\n").Replies(refusal)).ToPcap();
        Assert.Single(Services(capture));
        Assert.Empty(Analysis.Records<AnomalySeen>(capture));
    }

    [Theory]
    [InlineData("ssh", "OpenSSH_9.2p1 Debian-2", "PuTTY_Release_0.78")]
    [InlineData("smtp", "Postfix (Debian/GNU)", null)]
    [InlineData("imap", "Dovecot ready", null)]
    [InlineData("pop3", "Dovecot ready", null)]
    [InlineData("ftp", "vsFTPd 3.0.3", null)]
    [InlineData("vnc", "RFB 003.008", null)]
    [InlineData("mysql", "MySQL/8.0.36", null)]
    [InlineData("telnet", "Ubuntu 17.10", null)]
    [InlineData("irc", "UnrealIRCd-6.0", null)]
    [InlineData("rtsp", "Hipcam RealServer/V1.0", "VLC/3.0")]
    [InlineData("sip", "Asterisk PBX 18.1", "friendly-scanner")]
    [InlineData("redis", "Redis/7.0.5", null)]
    [InlineData("smtp quiet", null, null)]
    [InlineData("ftp quiet", null, null)]
    public void Software_is_told(string name, string? server, string? client)
    {
        Greeting greeting = Greeting.Plain.Single(g => g.Name == name);
        List<SoftwareSeen> records = Analysis.Records<SoftwareSeen>(greeting.ToCapture(OddPort));
        Assert.Equal(server, records.SingleOrDefault(r => r.Port == OddPort)?.Banner);
        Assert.Equal(client, records.SingleOrDefault(r => r.Port == 0)?.Banner);
    }

    [Fact]
    public void SIP_is_recognised_in_datagrams()
    {
        Greeting sip = Greeting.Plain.Single(g => g.Name == "sip");
        byte[] capture = Capture.New().Udp("192.0.2.5:5070", "198.51.100.9:5090", t => t.Says(sip.Turns[0].Bytes).Replies(sip.Turns[1].Bytes)).ToPcap();
        Assert.Equal(["sip"], Services(capture));
        Assert.Equal(2, Analysis.Records<SoftwareSeen>(capture).Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Damaged_conversations_are_survived(string name)
    {
        foreach (Greeting greeting in Greeting.Plain.Concat(Greeting.Upgrading).Where(g => g.Protocol == name))
        {
            int total = greeting.Turns.Sum(t => t.Bytes.Length);
            for (int at = 0; at < total; at++)
            {
                Play(greeting, at, (bytes, i) => bytes[..i]);
                Play(greeting, at, (bytes, i) => [.. bytes[..i], (byte)~bytes[i], .. bytes[(i + 1)..]]);
                Play(greeting, at, (bytes, i) => [.. bytes[..i], (byte)(bytes[i] ^ 1), .. bytes[(i + 1)..]]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Any_bytes_are_survived(string name)
    {
        IProtocol protocol = Greeting.Plain.First(g => g.Protocol == name).Spoken;
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Bool).Array[1, 8].Always(
            turns =>
            {
                var flow = new TlsTestFlow(protocol);
                foreach ((byte[] bytes, bool client) in turns)
                {
                    Direction direction = client ? Direction.ToResponder : Direction.ToOriginator;
                    protocol.Probe(direction, bytes);
                    flow.Feed(direction, bytes);
                }
            },
            iterations: 2000);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Every_beginning_of_a_greeting_may_still_become_it(string name)
    {
        Greeting greeting = Greeting.Plain.First(g => g.Protocol == name);
        (bool fromClient, byte[] bytes) = greeting.Turns[0];
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.NotEqual(Confidence.No, greeting.Spoken.Probe(fromClient ? Direction.ToResponder : Direction.ToOriginator, bytes.AsSpan(0, length)));
        }
    }

    private static IReadOnlyList<string> Services(byte[] capture) => Assert.Single(Analysis.Records<FlowEnded>(capture)).Services;

    private static void Play(Greeting greeting, int at, Func<byte[], int, byte[]> damage)
    {
        var flow = new TlsTestFlow(greeting.Spoken);
        foreach ((bool fromClient, byte[] bytes) in greeting.Turns)
        {
            bool isHere = at >= 0 && at < bytes.Length;
            ParseResult result = flow.Feed(fromClient ? Direction.ToResponder : Direction.ToOriginator, isHere ? damage(bytes, at) : bytes);
            if (result.Status is not (ParseStatus.Done or ParseStatus.NeedMore))
            {
                return;
            }

            at -= bytes.Length;
        }

        flow.Parser.OnGap(Direction.ToOriginator, 10);
        flow.Parser.OnEnd();
    }
}
