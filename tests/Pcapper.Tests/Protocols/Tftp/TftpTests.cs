using System.Security.Cryptography;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Tftp;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Tftp;

/// <summary>Files by TFTP.</summary>
public sealed class TftpTests
{
    private const string Client = "10.0.0.5:49152";

    [Fact]
    public void A_file_that_is_read_comes_from_the_servers_new_port()
    {
        byte[] content = RandomNumberGenerator.GetBytes(1100);
        FileTransfer file = Assert.Single(Files(Request(1, "pxelinux.0", "octet"), [.. Blocks(content, 512)]));
        Assert.Equal(("tftp", "pxelinux.0", "tftp://10.0.0.9/pxelinux.0", 1100L, true), (file.Protocol, file.Name, file.Location, file.SeenBytes, file.IsComplete));
        Assert.Equal((Hash(content), "10.0.0.9"), (file.Sha256, file.Sender.ToString()));
    }

    [Fact]
    public void Blocks_again_and_in_any_order_are_one_file()
    {
        byte[] content = RandomNumberGenerator.GetBytes(2000);
        byte[][] blocks = [.. Blocks(content, 512)];
        Assert.Equal(Hash(content), Assert.Single(Files(Request(1, "a", "octet"), blocks[0], blocks[0], blocks[2], blocks[1], blocks[2], blocks[3], blocks[3])).Sha256);
    }

    [Fact]
    public void Block_numbers_start_anew()
    {
        byte[] content = RandomNumberGenerator.GetBytes((8 * 66_000) + 3);
        Assert.Equal(Hash(content), Assert.Single(Files(Request(1, "a", "octet", "blksize", "8"), [Options("blksize", "8"), .. Blocks(content, 8)])).Sha256);
    }

    [Fact]
    public void The_size_of_blocks_and_of_the_file_are_negotiated()
    {
        byte[] content = RandomNumberGenerator.GetBytes(3000);
        FileTransfer cut = Assert.Single(Files(Request(1, "a", "octet", "blksize", "1428", "tsize", "0"), [Options("blksize", "1428", "tsize", "3000"), .. Blocks(content, 1428).Take(2)]));
        Assert.Equal((2856L, 3000L, 144L, false), (cut.SeenBytes, cut.TotalBytes, cut.MissingBytes, cut.IsComplete));
    }

    [Fact]
    public void A_lost_block_makes_the_file_incomplete()
    {
        byte[][] blocks = [.. Blocks(new byte[1500], 512)];
        FileTransfer file = Assert.Single(Files(Request(1, "a", "octet"), blocks[0], blocks[2]));
        Assert.Equal((988L, 512L, false), (file.SeenBytes, file.MissingBytes, file.IsComplete));
    }

    [Fact]
    public void A_file_whose_size_is_a_multiple_of_the_blocks_ends_with_an_empty_one()
        => Assert.Equal((1024L, true), Assert.Single(Files(Request(1, "a", "octet"), [.. Blocks(new byte[1024], 512)])) is var file ? (file.SeenBytes, file.IsComplete) : default);

    [Fact]
    public void Netascii_is_decoded()
        => Assert.Equal(Hash("a\nb\rc\n"u8), Assert.Single(Files(Request(1, "a", "NetASCII"), [.. Blocks("a\r\nb\r\0c\r\n"u8.ToArray(), 512)])).Sha256);

    [Fact]
    public void A_file_that_is_written_goes_to_the_server()
    {
        byte[] capture = Capture.New().Udp(Client, "10.0.0.9:69", udp => udp.Says(Request(2, "up.cfg", "octet")))
            .Udp("10.0.0.9:2000", Client, udp => udp.Says([0, 4, 0, 0]).Replies([0, 3, 0, 1, (byte)'x']).Says([0, 4, 0, 1])).ToPcap();
        FileTransfer file = Assert.Single(Analysis.Records<FileTransfer>(capture));
        Assert.Equal(("up.cfg", "10.0.0.9", true), (file.Name, file.Receiver.ToString(), file.IsComplete));
        TftpRequest request = Assert.Single(Analysis.Records<TftpRequest>(capture));
        Assert.Equal(("up.cfg", "octet", true), (request.FileName, request.Mode, request.IsWrite));
    }

    [Fact]
    public void An_error_ends_the_transfer()
    {
        FileTransfer file = Assert.Single(Files(Request(1, "a", "octet"), Blocks(new byte[1024], 512).First(), [0, 5, 0, 0, (byte)'x', 0]));
        Assert.False(file.IsComplete);
    }

    [Theory]
    [InlineData("00 01 61 00 6f 63 74 65 74 00", "Certain")]
    [InlineData("00 02 61 00 4d 41 49 4c 00", "Certain")]
    [InlineData("00 01 61 00 62 6f 6f 00", "No")]
    [InlineData("00 03 00 01 61", "No")]
    [InlineData("00 01", "No")]
    [InlineData("00 01 61 01 00 6f 63 74 65 74 00", "No")]
    public void Only_requests_are_recognised(string bytes, string confidence)
        => Assert.Equal(confidence, new TftpProtocol().Probe(Direction.ToResponder, Hex.Bytes(bytes)).ToString());

    [Fact]
    public void Any_bytes_are_survived() => Gen.Byte.Array[0, 600].List[1, 8].Always(datagrams =>
    {
        var flow = new Announcing();
        flow.Says(Request(1, "a", datagrams.Count % 2 == 0 ? "octet" : "netascii"));
        datagrams.ForEach(datagram => flow.Says(datagram));
        datagrams.ForEach(datagram => flow.Says([0, (byte)(datagram.Length % 7), .. datagram]));
        flow.Parser.OnEnd();
    });

    [Fact]
    public void Every_prefix_of_a_request_is_survived()
    {
        byte[] request = Request(1, "a", "octet", "tsize", "0");
        for (int length = 0; length < request.Length; length++)
        {
            var flow = new Announcing();
            Assert.Equal(length >= 10 ? ParseStatus.Done : ParseStatus.Malformed, flow.Says(request.AsSpan(0, length)));
        }
    }

    private static List<FileTransfer> Files(byte[] request, params byte[][] answers) => Analysis.Records<FileTransfer>(Capture.New()
        .Udp(Client, "10.0.0.9:69", udp => udp.Says(request))
        .Udp("10.0.0.9:2000", Client, udp =>
        {
            foreach (byte[] answer in answers)
            {
                udp.Says(answer);
            }
        }).ToPcap());

    private static byte[] Request(byte operation, params string[] texts) => [0, operation, .. texts.SelectMany(t => (byte[])[.. Hex.Text(t), 0])];

    private static byte[] Options(params string[] texts) => Request(6, texts);

    private static IEnumerable<byte[]> Blocks(byte[] content, int size)
    {
        for (int i = 0; i <= content.Length / size; i++)
        {
            yield return [0, 3, (byte)((i + 1) >> 8), (byte)(i + 1), .. content.AsSpan(i * size, Math.Min(size, content.Length - (i * size)))];
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // A server that answers from the port that it was asked at.
    private sealed class Announcing : RecordingFlow
    {
        public Announcing()
            : base("10.0.0.5", 49152, "10.0.0.9", 69, IpProtocol.Udp)
            => Parser = new TftpParser(this, Bus);

        public TftpParser Parser { get; }

        public override void Expect(Expectation expectation) => Assert.Equal(("tftp", IpProtocol.Udp), (expectation.Protocol, expectation.Transport));

        public ParseStatus Says(ReadOnlySpan<byte> bytes) => Show(Parser, Direction.ToOriginator, bytes, isDatagram: true, default).Status;
    }
}
