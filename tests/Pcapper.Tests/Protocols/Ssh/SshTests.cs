using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ssh;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Ssh;

public sealed class SshTests
{
    private const string ClientLists = "curve25519-sha256,diffie-hellman-group-exchange-sha256|ssh-ed25519,rsa-sha2-512|aes256-ctr,aes128-ctr|aes128-cbc|hmac-sha2-256|hmac-sha1|none|zlib|x|y";
    private const string ServerLists = "curve25519-sha256|rsa-sha2-512,ssh-ed25519|aes128-ctr,aes256-ctr|aes192-ctr|hmac-sha1,hmac-sha2-256|hmac-md5|none|none|x|y";

    private static readonly byte[] s_key = [.. Text("ssh-ed25519"), .. Text(new string('k', 32))];

    [Fact]
    public void A_connection_is_told_with_what_both_agree_on()
    {
        SshConnection told = Assert.Single(Analysis.Records<SshConnection>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:2022", Talk).ToPcap()));
        Assert.Equal(("SSH-2.0-OpenSSH_8.4", "SSH-2.0-OpenSSH_9.2p1 Debian-2", 2), (told.ClientId, told.ServerId, told.Version));
        Assert.Equal(("curve25519-sha256", "ssh-ed25519", "aes256-ctr", "hmac-sha2-256", "none"), (told.KeyExchange, told.HostKeyAlgorithm, told.Cipher, told.Mac, told.Compression));
        Assert.Equal(Md5("curve25519-sha256,diffie-hellman-group-exchange-sha256;aes256-ctr,aes128-ctr;hmac-sha2-256;none"), told.Hassh);
        Assert.Equal(Md5("curve25519-sha256;aes192-ctr;hmac-md5;none"), told.HasshServer);
        Assert.Equal("SHA256:" + Convert.ToBase64String(SHA256.HashData(s_key)).TrimEnd('='), told.HostKeyFingerprint);
        Assert.Equal(4, told.Frame.Number);
    }

    [Fact]
    public void Segments_of_one_byte_tell_the_same()
    {
        byte[] whole = Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:22", Talk).ToPcap();
        byte[] cut = Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:22", t => Talk(t.WithoutAcknowledgments().SegmentSize(1))).ToPcap();
        Assert.Equal(Analysis.Records<SshConnection>(whole).Single() with { Time = default }, Analysis.Records<SshConnection>(cut).Single() with { Time = default });
    }

    [Fact]
    public void In_a_group_exchange_the_group_is_no_key()
    {
        const string Lists = "diffie-hellman-group-exchange-sha256|ssh-rsa|a|a|b|b|none|none||";
        byte[] group = Packet([31, .. Text(Encoding.Latin1.GetString(s_key)), .. Text("\u0005")]);
        SshConnection told = Assert.Single(Analysis.Records<SshConnection>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:22", t => t
            .Replies("SSH-2.0-a\r\n").Says("SSH-2.0-b\r\n").Says(KexInit(Lists)).Replies(KexInit(Lists)).Replies(group)).ToPcap()));
        Assert.Null(told.HostKeyFingerprint);
        told = Assert.Single(Analysis.Records<SshConnection>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:22", t => t
            .Replies("SSH-2.0-a\r\n").Says("SSH-2.0-b\r\n").Says(KexInit(Lists)).Replies(KexInit(Lists)).Replies(group).Replies(Packet([33, .. Key()]))).ToPcap()));
        Assert.NotNull(told.HostKeyFingerprint);
    }

    [Fact]
    public void One_line_is_enough_for_a_row()
    {
        SshConnection told = Assert.Single(Analysis.Records<SshConnection>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:22", t => t.Replies("SSH-1.99-Cisco-1.25\r\n")).ToPcap()));
        Assert.Equal((null, "SSH-1.99-Cisco-1.25", null), (told.ClientId, told.ServerId, told.Version));
    }

    [Fact]
    public void The_first_version_is_not_read_further()
    {
        SshConnection told = Assert.Single(Analysis.Records<SshConnection>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:22", t => t
            .Replies("SSH-1.5-x\n").Says("SSH-1.5-y\n").Replies([0, 0, 0, 1, 2, 3])).ToPcap()));
        Assert.Equal((1, null), (told.Version, told.Hassh));
    }

    [Fact]
    public void Bytes_lost_in_one_direction_leave_the_other()
    {
        SshConnection told = Assert.Single(Analysis.Records<SshConnection>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:22", t => t
            .Replies("SSH-2.0-a\r\n").Says("SSH-2.0-b\r\n").Says(KexInit(ClientLists)[..40]).Lost(10).Says([1, 2, 3]).Replies(KexInit(ServerLists)).Closes()).ToPcap()));
        Assert.Null(told.Hassh);
        Assert.NotNull(told.HasshServer);
    }

    [Fact]
    public void Every_prefix_of_a_packet_asks_for_more()
    {
        byte[] packet = KexInit(ClientLists);
        for (int length = 0; length < packet.Length; length++)
        {
            var flow = new ParserFlow((f, bus) => new SshProtocol().CreateParser(f, bus), 22);
            flow.Says("SSH-2.0-b\r\n"u8);
            ParseResult result = flow.Says(packet.AsSpan(0, length));
            Assert.Equal(ParseStatus.NeedMore, result.Status);
            Assert.InRange(result.Bytes, length + 1, packet.Length);
        }
    }

    [Theory]
    [InlineData("00 00 00 04 02 00 00 00 00")]
    [InlineData("00 01 00 00 02 00 00 00 00")]
    [InlineData("00 00 00 06 05 14 00 00 00 00")]
    public void A_packet_has_a_possible_length(string hex)
    {
        var flow = new ParserFlow((f, bus) => new SshProtocol().CreateParser(f, bus), 22);
        flow.Says("SSH-2.0-b\r\n"u8);
        Assert.Equal(ParseStatus.Malformed, flow.Says(Hex.Bytes(hex)).Status);
    }

    [Fact]
    public void Any_bytes_are_survived() => Gen.Byte.Array[0, 300].Always(bytes =>
    {
        var flow = new ParserFlow((f, bus) => new SshProtocol().CreateParser(f, bus), 22);
        flow.Replies("SSH-2.0-b\r\n"u8);
        ParseResult first = flow.Replies(Packet(bytes.Length == 0 ? [20] : bytes));
        ParseResult result = flow.Replies(bytes);
        flow.Parser.OnEnd();
        return first.Status == ParseStatus.Done && (result.Status != ParseStatus.Done || result.Bytes > 0);
    });

    private static void Talk(TcpConversation t) => t
        .Replies("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n").Says("SSH-2.0-OpenSSH_8.4\r\n")
        .Says(KexInit(ClientLists)).Replies(KexInit(ServerLists)).Says(Packet([30, .. Text(new string('q', 32))])).Replies(Packet([31, .. Key()])).Replies(Packet([21])).Says(Packet([21]))
        .Says([1, 2, 3, 4, 5, 6, 7, 8]).Replies([8, 7, 6, 5, 4, 3, 2, 1]).Closes();

    private static byte[] Key() => [.. Text(Encoding.Latin1.GetString(s_key)), .. Text("f"), .. Text("signature")];

    private static byte[] KexInit(string lists) => Packet([20, .. new byte[16], .. lists.Split('|').SelectMany(Text), 0, 0, 0, 0, 0]);

    private static byte[] Packet(byte[] payload)
    {
        const int Padding = 6;
        return [.. Number(payload.Length + Padding + 1), Padding, .. payload, .. new byte[Padding]];
    }

    private static byte[] Text(string text) => [.. Number(text.Length), .. Encoding.Latin1.GetBytes(text)];

    private static byte[] Number(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

#pragma warning disable CA5351 // The fingerprint is defined with MD5; nothing is protected by it.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351
}
