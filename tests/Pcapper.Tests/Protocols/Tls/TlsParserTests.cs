using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Tls;
using Pcapper.Packets;
using Pcapper.Tests.Protocols.X509;
using Xunit;
using static Pcapper.Tests.Protocols.Tls.TlsBytes;

namespace Pcapper.Tests.Protocols.Tls;

public sealed class TlsParserTests
{
    private const Direction Client = Direction.ToResponder;
    private const Direction Server = Direction.ToOriginator;

    private static readonly byte[] s_hello = ClientHello(
        0x0303, [0x1301, 0xC02F], [ServerName("www.example.com"), Alpn("h2", "http/1.1"), Groups(29, 23), PointFormats(0), Versions(0x0304, 0x0303)]);

    private static readonly byte[] s_oldHello = ClientHello(0x0303, [0xC02F, 0x002F], [ServerName("www.example.com"), Groups(23)]);

    [Fact]
    public void A_handshake_of_TLS_1_3_is_established_once_both_sides_sent_data()
    {
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Client, Handshake(0x0301, 1, s_hello));
        flow.Feed(Server, [.. Handshake(0x0303, 2, ServerHello(0x0303, 0x1301, [Versions13(), KeyShare(29)])), .. ChangeCipherSpec(), .. Data()]);
        Assert.Empty(flow.Records.OfType<TlsConnection>());
        flow.Feed(Client, [.. ChangeCipherSpec(), .. Data()]);

        TlsConnection connection = flow.Only<TlsConnection>();
        Assert.Equal(TlsVersions.Tls13, connection.Version);
        Assert.Equal("TLS_AES_128_GCM_SHA256", connection.Cipher);
        Assert.Equal("x25519", connection.Group);
        Assert.Equal("www.example.com", connection.ServerName);
        Assert.Equal("h2", connection.OfferedProtocol);
        Assert.Equal("CsiI", connection.History);
        Assert.True(connection.IsEstablished);
        Assert.True(connection.HidesCertificates);
        Assert.Equal(new FrameRef(0, 1), connection.ClientFrame);
        Assert.Equal(new FrameRef(0, 2), connection.ServerFrame);
        NameSeen name = flow.Only<NameSeen>();
        Assert.Equal(("www.example.com", "203.0.113.9"), (name.Name, name.Address.ToString()));
    }

    [Fact]
    public void A_handshake_of_TLS_1_2_shows_certificates_and_curve()
    {
        byte[] certificate = TestCertificates.Make("CN=www.example.com", "www.example.com");
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Client, Handshake(0x0301, 1, s_oldHello));
        flow.Feed(Server, Record(22, 0x0303,
        [
            .. Message(2, ServerHello(0x0303, 0xC02F, [Alpn("h2")], new byte[32])),
            .. Message(11, Certificates(certificate)),
            .. Message(12, [3, 0, 23, 1, 0]),   // named curve secp256r1
            .. Message(14, []),
        ]));
        flow.Feed(Client, [.. Handshake(0x0303, 16, new byte[66]), .. ChangeCipherSpec(), .. Record(22, 0x0303, new byte[40])]);
        flow.Feed(Server, [.. ChangeCipherSpec(), .. Record(22, 0x0303, new byte[40]), .. Data()]);

        TlsConnection connection = flow.Only<TlsConnection>();
        Assert.Equal("CsxknGIi", connection.History);
        Assert.Equal("secp256r1", connection.Group);
        Assert.Equal("h2", connection.ApplicationProtocol);
        Assert.Equal("CN=www.example.com", connection.Subject);
        Assert.True(connection.NameMatches);
        Assert.True(connection.IsEstablished);
        Assert.False(connection.IsResumed);
        CertificateSeen seen = flow.Only<CertificateSeen>();
        Assert.Equal(certificate, seen.Der.ToArray());
        Assert.Equal((0, 1, false, "www.example.com"), (seen.Position, seen.ChainLength, seen.IsClient, seen.ServerName));
    }

    [Fact]
    public void An_echoed_session_is_a_resumption()
    {
        byte[] session = [.. Enumerable.Repeat((byte)7, 32)];
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Client, Handshake(0x0301, 1, ClientHello(0x0303, [0x002F], [], session)));
        flow.Feed(Server, [.. Handshake(0x0303, 2, ServerHello(0x0303, 0x002F, [], session)), .. ChangeCipherSpec()]);
        flow.Feed(Client, ChangeCipherSpec());
        Assert.True(flow.Only<TlsConnection>().IsResumed);
    }

    [Fact]
    public void A_hello_retry_keeps_the_first_hello_and_reads_on()
    {
        byte[] retry = Convert.FromHexString("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C");
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Client, Handshake(0x0301, 1, s_hello));
        flow.Feed(Server, [.. Handshake(0x0303, 2, ServerHello(0x0303, 0x1301, [Versions13(), KeyShareGroup(23)], random: retry)), .. ChangeCipherSpec()]);
        flow.Feed(Client, [.. ChangeCipherSpec(), .. Handshake(0x0303, 1, s_hello)]);
        flow.Feed(Server, [.. Handshake(0x0303, 2, ServerHello(0x0303, 0x1301, [Versions13(), KeyShare(23)])), .. Data()]);
        flow.Feed(Client, Data());

        TlsConnection connection = flow.Only<TlsConnection>();
        Assert.True(connection.HadRetry);
        Assert.Equal("CjiICs", connection.History);
        Assert.Equal("secp256r1", connection.Group);
        Assert.Equal(new FrameRef(0, 2), connection.ServerFrame);
    }

    [Fact]
    public void A_hello_may_be_cut_into_records_and_chunks()
    {
        byte[] message = Message(1, s_hello);
        byte[] bytes = [.. message.Chunk(10).SelectMany(part => Record(22, 0x0301, part))];
        var flow = new TlsTestFlow(new TlsProtocol());
        int start = 0;
        int needed = 1;
        for (int end = 1; end <= bytes.Length; end++)
        {
            if (end - start < needed)
            {
                continue;
            }

            ParseResult result = flow.One(Client, bytes.AsSpan(start..end));
            needed = result.Status == ParseStatus.NeedMore ? (int)result.Bytes : 1;
            start += result.Status == ParseStatus.Done ? (int)result.Bytes : 0;
        }

        flow.Parser.OnEnd();
        TlsConnection connection = flow.Only<TlsConnection>();
        Assert.Equal("www.example.com", connection.ServerName);
        Assert.Null(connection.Version);
        Assert.Equal("C", connection.History);
    }

    [Fact]
    public void Application_data_are_passed_over_unseen()
    {
        var flow = new TlsTestFlow(new TlsProtocol());
        Assert.Equal(ParseResult.Done(5 + 16000), flow.One(Client, [23, 3, 3, .. U16(16000), 1, 2, 3]));
    }

    [Fact]
    public void An_alert_is_stated_and_kept()
    {
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Client, Handshake(0x0301, 1, s_hello));
        flow.Feed(Server, Record(21, 0x0303, [2, 70]));
        flow.Parser.OnEnd();
        TlsAlert alert = flow.Only<TlsAlert>();
        Assert.Equal((true, (byte)70, false), (alert.IsFatal, alert.Description, alert.IsFromClient));
        Assert.Equal("protocol_version", flow.Only<TlsConnection>().LastAlert);
    }

    [Fact]
    public void A_draft_of_TLS_1_3_is_named()
    {
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Server, Handshake(0x0303, 2, ServerHello(0x0303, 0x1301, [Extension(43, 0x7F, 28)])));
        flow.Parser.OnEnd();
        TlsConnection connection = flow.Only<TlsConnection>();
        Assert.Equal("TLSv13-draft28", TlsVersions.Name(connection.Version!.Value));
        Assert.Equal("s", connection.History);
        Assert.Equal(Client, connection.ClientDirection);
    }

    [Fact]
    public void The_client_is_who_sends_the_client_hello()
    {
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Server, Handshake(0x0301, 1, s_hello));
        flow.Parser.OnEnd();
        TlsConnection connection = flow.Only<TlsConnection>();
        Assert.Equal("203.0.113.9", connection.Client.ToString());
        Assert.Equal((ushort)49152, connection.ServerPort);
    }

    [Fact]
    public void An_SSL_2_hello_may_lead_to_TLS()
    {
        byte[] message = [1, 3, 1, .. U16(6), .. U16(0), .. U16(16), 0, 0, 0x2F, 1, 0, 0x80, .. new byte[16]];
        byte[] bytes = [(byte)(0x80 | (message.Length >> 8)), (byte)message.Length, .. message];
        Assert.Equal(Confidence.Certain, new TlsProtocol().Probe(Client, bytes));
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Client, bytes);
        flow.Feed(Server, Handshake(0x0301, 2, ServerHello(0x0301, 0x002F, [])));
        flow.Parser.OnEnd();
        TlsConnection connection = flow.Only<TlsConnection>();
        Assert.Equal(TlsVersions.Tls10, connection.Version);
        Assert.Null(connection.Ja3);
        Assert.NotNull(connection.Ja3s);
    }

    [Fact]
    public void An_SSL_2_server_hello_shows_version_cipher_and_certificate()
    {
        byte[] certificate = TestCertificates.Make("CN=old.example");
        byte[] message = [4, 0, 1, 0, 2, .. U16(certificate.Length), .. U16(3), .. U16(16), .. certificate, 1, 0, 0x80, .. new byte[16]];
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Server, [(byte)(0x80 | (message.Length >> 8)), (byte)message.Length, .. message]);
        flow.Parser.OnEnd();
        TlsConnection connection = flow.Only<TlsConnection>();
        Assert.Equal("SSLv2", TlsVersions.Name(connection.Version!.Value));
        Assert.Equal("SSL_CK_RC4_128_WITH_MD5", connection.Cipher);
        Assert.Equal("CN=old.example", connection.Subject);
    }

    [Fact]
    public void A_heartbeat_that_asks_for_more_than_it_sends_is_told()
    {
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Client, Handshake(0x0301, 1, s_oldHello));
        flow.Feed(Client, Record(24, 0x0302, [1, 0x40, 0x00]));
        flow.Feed(Server, Record(24, 0x0302, [2, 0x40, 0x00, .. new byte[1000]]));
        TlsHeartbeat[] heartbeats = [.. flow.Records.OfType<TlsHeartbeat>()];
        Assert.True(heartbeats[0].IsRequest && heartbeats[0].ClaimsTooMuch);
        Assert.Equal((false, 1003, 3), (heartbeats[1].IsRequest, heartbeats[1].RecordLength, heartbeats[1].OtherLength));
    }

    [Fact]
    public void After_a_gap_parsing_goes_on_at_a_record()
    {
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Client, Handshake(0x0301, 1, s_oldHello));
        flow.Feed(Server, Handshake(0x0303, 2, ServerHello(0x0303, 0xC02F, [])));
        Assert.True(flow.Parser.OnGap(Server, 1000));
        flow.Feed(Server, [.. new byte[50], .. Handshake(0x0303, 14, []), .. ChangeCipherSpec()]);
        flow.Feed(Client, ChangeCipherSpec());
        Assert.Equal("CsniI", flow.Only<TlsConnection>().History);
    }

    [Fact]
    public void Garbage_behind_a_hello_is_malformed_but_the_hello_is_stated()
    {
        var flow = new TlsTestFlow(new TlsProtocol());
        flow.Feed(Client, Handshake(0x0301, 1, s_hello));
        Assert.Equal(ParseStatus.Malformed, flow.Feed(Client, "GET / HTTP/1.1\r\n"u8).Status);
        Assert.Equal("www.example.com", flow.Only<TlsConnection>().ServerName);
    }

    [Fact]
    public void A_message_that_announces_too_much_is_malformed()
    {
        var flow = new TlsTestFlow(new TlsProtocol());
        ParseResult result = flow.Feed(Client, Record(22, 0x0301, [1, .. U24(HandshakeBuffer.MaxMessage + 1), 3, 3]));
        Assert.Equal(ParseStatus.Malformed, result.Status);
    }

    [Fact]
    public void Every_prefix_of_a_hello_asks_for_more()
    {
        byte[] bytes = Handshake(0x0301, 1, s_hello);
        for (int length = 1; length < bytes.Length; length++)
        {
            var flow = new TlsTestFlow(new TlsProtocol());
            ParseResult result = flow.One(Client, bytes.AsSpan(0, length));
            Assert.Equal(ParseStatus.NeedMore, result.Status);
            Assert.InRange(result.Bytes, length + 1, bytes.Length);
            Assert.Empty(flow.Records);
            Assert.NotEqual(Confidence.No, new TlsProtocol().Probe(Client, bytes.AsSpan(0, length)));
        }

        Assert.Equal(Confidence.Certain, new TlsProtocol().Probe(Client, bytes));
    }

    [Fact]
    public void Every_changed_byte_is_survived()
    {
        byte[] bytes = Record(22, 0x0303,
        [
            .. Message(1, s_hello), .. Message(2, ServerHello(0x0303, 0xC02F, [Alpn("h2")], new byte[32])),
            .. Message(11, Certificates(TestCertificates.Make("CN=a"))), .. Message(12, [3, 0, 23, 1, 0]),
        ]);
        for (int at = 0; at < bytes.Length; at++)
        {
            foreach (byte value in (byte[])[0, 1, 0x7F, 0x80, 0xFF])
            {
                byte[] changed = [.. bytes];
                changed[at] = value;
                var flow = new TlsTestFlow(new TlsProtocol());
                flow.Feed(Client, changed);
                flow.Parser.OnEnd();
            }
        }
    }

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Select(Gen.Byte.Array[0, 300], Gen.Bool, Gen.Byte[19, 26]).Always((bytes, asRecord, type) =>
        {
            var flow = new TlsTestFlow(new TlsProtocol());
            byte[] given = asRecord ? Record(type, 0x0303, bytes) : bytes;
            new TlsProtocol().Probe(Client, given);
            flow.Feed(Client, given);
            flow.Parser.OnGap(Client, 5);
            flow.Feed(Client, given);
            flow.Parser.OnEnd();
        });

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("\u0016\u0003")]
    public void Other_protocols_are_not_claimed(string text)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(text);
        Confidence expected = text[0] == '\u0016' ? Confidence.Undecided : Confidence.No;
        Assert.Equal(expected, new TlsProtocol().Probe(Client, bytes));
    }

    private static byte[] Versions13() => Extension(43, 3, 4);

    private static byte[] KeyShare(ushort group) => Extension(51, [.. U16(group), .. Sized16(new byte[32])]);

    private static byte[] KeyShareGroup(ushort group) => Extension(51, U16(group));
}
