using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Tls;
using Xunit;
using static Pcapper.Tests.Protocols.Tls.TlsBytes;

namespace Pcapper.Tests.Protocols.Tls;

public sealed class DtlsParserTests
{
    private const Direction Client = Direction.ToResponder;
    private const Direction Server = Direction.ToOriginator;

    private static readonly byte[] s_hello = ClientHello(0xFEFD, [0xC02B], [ServerName("iot.example")], cookie: []);

    [Fact]
    public void A_handshake_is_read_over_a_cookie_exchange()
    {
        var flow = new TlsTestFlow(new DtlsProtocol());
        byte[] first = DtlsHandshake(1, 0, s_hello);
        Assert.Equal(Confidence.Certain, new DtlsProtocol().Probe(Client, first));
        flow.Datagram(Client, first);
        flow.Datagram(Client, first);
        flow.Datagram(Server, DtlsHandshake(3, 0, [0xFE, 0xFF, 4, 1, 2, 3, 4]));
        flow.Datagram(Client, DtlsHandshake(1, 1, s_hello));
        flow.Datagram(Server, [.. DtlsHandshake(2, 1, ServerHello(0xFEFD, 0xC02B, [])), .. DtlsHandshake(14, 2, [])]);
        flow.Datagram(Client, [.. DtlsHandshake(16, 2, new byte[66]), .. DtlsRecord(20, 0, [1]), .. DtlsRecord(22, 1, new byte[40])]);
        flow.Datagram(Server, [.. DtlsRecord(20, 0, [1]), .. DtlsRecord(22, 1, new byte[40])]);

        TlsConnection connection = flow.Only<TlsConnection>();
        Assert.Equal("DTLSv12", TlsVersions.Name(connection.Version!.Value));
        Assert.Equal("iot.example", connection.ServerName);
        Assert.Equal("CvCsnGIi", connection.History);
        Assert.True(connection.IsEstablished);
        Assert.StartsWith("dd2d", connection.Ja4, StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_are_put_together_in_any_order()
    {
        var flow = new TlsTestFlow(new DtlsProtocol());
        int half = s_hello.Length / 2;
        flow.Datagram(Client, DtlsRecord(22, 0, DtlsPiece(1, 0, s_hello, half - 3, s_hello.Length - half + 3)));
        flow.Datagram(Client, DtlsRecord(22, 0, DtlsPiece(1, 0, s_hello, 0, half)));
        flow.Parser.OnEnd();
        Assert.Equal("iot.example", flow.Only<TlsConnection>().ServerName);
    }

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Select(Gen.Byte.Array[0, 200], Gen.Bool).Always((bytes, asRecord) =>
        {
            byte[] given = asRecord ? DtlsRecord(22, 0, bytes) : bytes;
            new DtlsProtocol().Probe(Client, given);
            var flow = new TlsTestFlow(new DtlsProtocol());
            flow.Datagram(Client, given);
            flow.Parser.OnEnd();
        });

    [Fact]
    public void Every_changed_byte_is_survived()
    {
        byte[] bytes = DtlsHandshake(1, 0, s_hello);
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 0xFF;
            var flow = new TlsTestFlow(new DtlsProtocol());
            flow.Datagram(Client, changed);
            flow.Parser.OnEnd();
        }
    }
}
