using System.Security.Cryptography;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Quic;
using Pcapper.Modules.Protocols.Tls;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Tls;
using Xunit;
using static Pcapper.Tests.Protocols.Tls.TlsBytes;

namespace Pcapper.Tests.Protocols.Quic;

public sealed class QuicTests
{
    private const Direction Client = Direction.ToResponder;
    private const Direction Server = Direction.ToOriginator;

    // RFC 9001, appendix A, and RFC 9369, appendix A: this connection identifier, this ClientHello.
    private static readonly byte[] s_destination = Hex.Bytes("83 94 c8 f0 3e 51 57 08");

    private static readonly byte[] s_crypto = Hex.Bytes("""
        06 00 40f1
        010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47
        f06a2b69484c00000413011302010000c000000010000e00000b6578616d706c
        652e636f6dff01000100000a00080006001d0017001800100007000504616c70
        6e000500050100000000003300260024001d00209370b2c9caa47fbabaf4559f
        edba753de171fa71f50f1ce15d43e994ec74d748002b0003020304000d001000
        0e0403050306030203080408050806002d00020101001c000240010039003204
        08ffffffffffffffff05048000ffff07048000ffff0801100104800075300901
        100f088394c8f03e51570806048000ffff
        """);

    private static readonly byte[] s_server1 = Hex.Bytes("""
        cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a
        5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3
        dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84
        022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc4
        2158407dd074ee
        """);

    private static readonly byte[] s_server2 = Hex.Bytes("""
        dc6b3343cf0008f067a5502a4262b5004075d92faaf16f05d8a4398c47089698
        baeea26b91eb761d9b89237bbf87263017915358230035f7fd3945d88965cf17
        f9af6e16886c61bfc703106fbaf3cb4cfa52382dd16a393e42757507698075b2
        c984c707f0a0812d8cd5a6881eaf21ceda98f4bd23f6fe1a3e2c43edd9ce7ca8
        4bed8521e2e140
        """);

    [Theory]
    [InlineData(QuicVersions.V1)]
    [InlineData(QuicVersions.V2)]
    public void The_RFCs_connections_are_read(uint version)
    {
        byte[] client = Initial(version, s_destination, [], 2, s_crypto, 1162);
        Assert.Equal(Confidence.Certain, new QuicProtocol().Probe(Client, client));
        var flow = new TlsTestFlow(new QuicProtocol());
        flow.Datagram(Client, client);
        flow.Datagram(Server, version == QuicVersions.V1 ? s_server1 : s_server2);
        flow.Parser.OnEnd();

        TlsConnection connection = flow.Only<TlsConnection>();
        Assert.Equal("example.com", connection.ServerName);
        Assert.Equal("alpn", connection.OfferedProtocol);
        Assert.Equal("TLS_AES_128_GCM_SHA256", connection.Cipher);
        Assert.Equal(TlsVersions.Tls13, connection.Version);
        Assert.StartsWith("q13d0211an_", connection.Ja4, StringComparison.Ordinal);
        QuicConnection quic = flow.Only<QuicConnection>();
        Assert.Equal("8394c8f03e515708", quic.InitialDestinationId);
        Assert.Equal("f067a5502a4262b5", quic.ServerId);
        Assert.Equal("ISis", quic.History);
        Assert.Equal(version, quic.Version);
    }

    [Fact]
    public void The_protected_header_is_that_of_RFC_9001()
        => Assert.Equal(
            Hex.Bytes("c000000001088394c8f03e5157080000449e7b9aec34"), Initial(QuicVersions.V1, s_destination, [], 2, s_crypto, 1162)[..22]);

    [Fact]
    public void A_hello_over_several_packets_in_any_order_is_read()
    {
        byte[] message = s_crypto[4..];
        byte[] first = [6, 0, .. Varint16(100), .. message.AsSpan(0, 100)];
        byte[] second = [0, 1, 6, .. Varint16(100), .. Varint16(message.Length - 100), .. message.AsSpan(100)];
        var flow = new TlsTestFlow(new QuicProtocol());
        flow.Datagram(Client, [.. Initial(QuicVersions.V1, s_destination, [1], 1, second, 400), .. Initial(QuicVersions.V1, s_destination, [1], 2, first, 400)]);
        flow.Parser.OnEnd();
        Assert.Equal("example.com", flow.Only<TlsConnection>().ServerName);
        Assert.Equal("IIS", flow.Only<QuicConnection>().History);
    }

    [Fact]
    public void After_a_retry_the_keys_are_new()
    {
        byte[] other = [9, 9, 9, 9, 9, 9, 9, 9];
        var flow = new TlsTestFlow(new QuicProtocol());
        flow.Datagram(Client, Initial(QuicVersions.V1, s_destination, [1], 1, [1], 400));
        flow.Datagram(Server, [0xF0, 0, 0, 0, 1, 1, 1, 8, .. other, .. new byte[32]]);
        flow.Datagram(Client, Initial(QuicVersions.V1, other, [1], 2, s_crypto, 400));
        flow.Parser.OnEnd();
        Assert.Equal("example.com", flow.Only<TlsConnection>().ServerName);
        QuicConnection quic = flow.Only<QuicConnection>();
        Assert.True(quic.HadRetry);
        Assert.Equal("IrIS", quic.History);
    }

    [Fact]
    public void Random_datagrams_are_not_claimed()
        => Gen.Byte.Array[1, 80].Always(bytes =>
        {
            var reader = new Pcapper.Packets.WireReader(bytes);
            reader.U8();
            uint version = reader.U32();
            bool isPossible = QuicVersions.IsKnown(version) || QuicVersions.IsReserved(version) || version == 0;
            return isPossible || new QuicProtocol().Probe(Client, bytes) == Confidence.No;
        });

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Select(Gen.Byte.Array[0, 200], Gen.Byte).Always((bytes, first) =>
        {
            var flow = new TlsTestFlow(new QuicProtocol());
            flow.Datagram(Client, [(byte)(first | 0xC0), 0, 0, 0, 1, 8, .. s_destination, .. bytes]);
            flow.Datagram(Server, bytes);
            flow.Parser.OnEnd();
        }, iterations: 2000);

    [Fact]
    public void Any_frames_are_survived()
        => Gen.Byte.Array[0, 60].Always(frames =>
        {
            var flow = new TlsTestFlow(new QuicProtocol());
            flow.Datagram(Client, Initial(QuicVersions.V1, s_destination, [1], 1, frames, 100));
            flow.Parser.OnEnd();
        }, iterations: 2000);

    [Fact]
    public void Every_changed_byte_is_survived()
    {
        byte[] bytes = Initial(QuicVersions.V1, s_destination, [1], 1, s_crypto, 300);
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 0xFF;
            var flow = new TlsTestFlow(new QuicProtocol());
            flow.Datagram(Client, changed);
            flow.Parser.OnEnd();
            Assert.Empty(flow.Records.OfType<TlsConnection>());
        }
    }

    private static byte[] Varint16(int value) => U16(0x4000 | value);

    /// <summary>Protects an Initial packet of the client as RFC 9001, 5 says.</summary>
    private static byte[] Initial(uint version, byte[] destination, byte[] source, uint number, byte[] frames, int payloadLength)
    {
        byte[] payload = [.. frames, .. new byte[payloadLength - frames.Length]];
        byte first = version == QuicVersions.V2 ? (byte)0xD3 : (byte)0xC3;
        byte[] header =
        [
            first, (byte)(version >> 24), (byte)(version >> 16), (byte)(version >> 8), (byte)version, .. Sized8(destination), .. Sized8(source), 0,
            .. Varint16(payload.Length + 4 + 16), (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number,
        ];
        (byte[] key, byte[] iv, byte[] hp) = Keys(version, destination);
        for (int i = 0; i < 4; i++)
        {
            iv[^(i + 1)] ^= (byte)(number >> (8 * i));
        }

        byte[] sealedPayload = new byte[payload.Length];
        byte[] tag = new byte[16];
        using var gcm = new AesGcm(key, 16);
        gcm.Encrypt(iv, payload, sealedPayload, tag, header);
        using var aes = Aes.Create();
        aes.Key = hp;
        byte[] mask = aes.EncryptEcb(((byte[])[.. sealedPayload, .. tag]).AsSpan(0, 16), PaddingMode.None);
        header[0] ^= (byte)(mask[0] & 0x0F);
        for (int i = 0; i < 4; i++)
        {
            header[^(4 - i)] ^= mask[1 + i];
        }

        return [.. header, .. sealedPayload, .. tag];
    }

    private static (byte[] Key, byte[] Iv, byte[] Hp) Keys(uint version, byte[] destination)
    {
        byte[] salt = Convert.FromHexString(version == QuicVersions.V2 ? "0dede3def700a6db819381be6e269dcbf9bd2ed9" : "38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
        string prefix = version == QuicVersions.V2 ? "tls13 quicv2 " : "tls13 quic ";
        byte[] Expand(byte[] secret, string label, int length)
            => HKDF.Expand(HashAlgorithmName.SHA256, secret, length, [0, (byte)length, .. Sized8(Hex.Text(label)), 0]);
        byte[] client = Expand(HKDF.Extract(HashAlgorithmName.SHA256, destination, salt), "tls13 client in", 32);
        return (Expand(client, prefix + "key", 16), Expand(client, prefix + "iv", 12), Expand(client, prefix + "hp", 16));
    }
}
