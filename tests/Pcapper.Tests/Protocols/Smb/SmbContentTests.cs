using System.Security.Cryptography;
using Pcapper.Engine;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Protocols.Smb.SmbBytes;

namespace Pcapper.Tests.Protocols.Smb;

/// <summary>Contents of files over SMB 2.</summary>
public sealed class SmbContentTests
{
    private const int Size = 300_000;
    private const int Piece = 100_000;

    private static readonly byte[] s_content = RandomNumberGenerator.GetBytes(Size);
    private static readonly string s_hash = Convert.ToHexStringLower(SHA256.HashData(s_content));

    [Theory]
    [InlineData(1460)]
    [InlineData(50)]
    public void Large_reads_in_any_order_are_one_file(int segment)
    {
        FileTransfer file = Assert.Single(Files(c =>
        {
            Open(c.SegmentSize(segment));
            foreach (int i in (int[])[1, 0, 2])
            {
                c.Says(Framed(ReadRequest((ulong)(6 + i), i * Piece, Piece))).Replies(Framed(ReadResponse((ulong)(6 + i), s_content[(i * Piece)..((i + 1) * Piece)])));
            }

            c.Says(Framed(CloseRequest(9))).Replies(Framed(CloseResponse(9))).Closes();
        }));
        Assert.Equal(("smb", "a.bin", @"\\192.0.2.9\C$", Direction.ToOriginator), (file.Protocol, file.Name, file.Location, file.Direction));
        Assert.Equal((s_hash, (long)Size, true), (file.Sha256, file.SeenBytes, file.IsComplete));
    }

    [Fact]
    public void Large_writes_are_followed_and_what_comes_behind_them_is_read()
    {
        FileTransfer file = Assert.Single(Files(c =>
        {
            Open(c);
            for (int i = 0; i < 3; i++)
            {
                c.Says(Framed(WriteRequest((ulong)(6 + i), i * Piece, s_content[(i * Piece)..((i + 1) * Piece)]))).Replies(Framed(WriteResponse((ulong)(6 + i))));
            }

            c.Says(Framed(CloseRequest(9))).Replies(Framed(CloseResponse(9))).Closes();
        }));
        Assert.Equal((s_hash, Direction.ToResponder, true), (file.Sha256, file.Direction, file.IsComplete));
    }

    [Fact]
    public void What_is_lost_within_content_is_a_hole_and_the_next_message_is_found()
    {
        byte[] write = Framed(WriteRequest(6, 0, s_content[..Piece]));
        FileTransfer file = Assert.Single(Files(c => Open(c).Says(write[..20_000]).Says(write[20_000..30_000]).Lost(10_000).Says(write[30_000..]).Says(Framed(WriteRequest(7, Piece, s_content[Piece..])))
            .Says(Framed(CloseRequest(9))).Replies(Framed(CloseResponse(9))).Closes()));
        Assert.Equal((Size - 10_000L, 10_000L, false, null), (file.SeenBytes, file.MissingBytes, file.IsComplete, file.Sha256));
    }

    [Fact]
    public void A_file_of_which_a_part_is_read_is_not_complete()
    {
        FileTransfer file = Assert.Single(Files(c => Open(c).Says(Framed(ReadRequest(6, 0, Piece))).Replies(Framed(ReadResponse(6, s_content[..Piece]))).Closes()));
        Assert.Equal(((long)Size, Size - Piece, false), (file.TotalBytes, file.MissingBytes, file.IsComplete));
    }

    private static TcpConversation Open(TcpConversation c) => c
        .Says(Framed(NegotiateRequest())).Replies(Framed(NegotiateResponse())).Says(Framed(TreeRequest(4, @"\\192.0.2.9\C$"))).Replies(Framed(TreeResponse(4)))
        .Says(Framed(CreateRequest(5, "a.bin"))).Replies(Framed(CreateResponse(5, size: Size)));

    private static List<FileTransfer> Files(Action<TcpConversation> talk) => Analysis.Records<FileTransfer>(Capture.New().Tcp("192.0.2.1:49152", "192.0.2.9:445", talk).ToPcap());
}
