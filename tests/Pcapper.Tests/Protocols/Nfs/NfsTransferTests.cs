using Pcapper.Engine;
using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Tests.Building;
using Xunit;
using static Pcapper.Tests.Protocols.OncRpc.RpcBytes;

namespace Pcapper.Tests.Protocols.Nfs;

/// <summary>Files that are read and written piece by piece.</summary>
public sealed class NfsTransferTests
{
    private readonly ParserFlow _flow = new(new RpcProtocol());
    private uint _xid;

    [Fact]
    public void Pieces_of_version_3_in_any_order_are_one_file()
    {
        LookUp("report.pdf", 5);
        Read(5, 700, new byte[300], isEnd: true);
        Read(5, 0, [.. Hex.Text("%PDF-1.7"), .. new byte[692]], isEnd: false);
        FileTransfer file = Assert.Single(Ended());
        Assert.Equal(("nfs", "report.pdf", "application/pdf", 1000L, 1000L, true), (file.Protocol, file.Name, file.SniffedType, file.SeenBytes, file.TotalBytes, file.IsComplete));
        Assert.Equal(Direction.ToOriginator, file.Direction);
        Assert.Equal(Hash([.. Hex.Text("%PDF-1.7"), .. new byte[992]]), file.Sha256);
    }

    [Fact]
    public void What_is_not_all_there_is_not_complete()
    {
        Read(5, 0, new byte[300], isEnd: false);
        Read(5, 600, new byte[100], isEnd: true);
        FileTransfer file = Assert.Single(Ended());
        Assert.Equal((400L, 700L, false), (file.SeenBytes, file.TotalBytes, file.IsComplete));
        Assert.Null(file.Name);
    }

    [Fact]
    public void A_file_that_is_read_again_is_two()
    {
        Read(5, 0, new byte[300], isEnd: true);
        Read(5, 0, new byte[300], isEnd: true);
        Assert.Equal([true, true], Ended().Select(file => file.IsComplete));
    }

    [Fact]
    public void Writes_count_what_the_server_took_refused_ones_do_not()
    {
        LookUp("notes.txt", 6);
        Write(6, 0, Hex.Text("hello"));
        Do(3, 7, [.. Handle(6), .. U8(5), .. U4(9), .. U4(2), .. Opaque(new byte[9])], U4(28));
        FileTransfer file = Assert.Single(Ended());
        Assert.Equal(("notes.txt", 5L, true, Direction.ToResponder), (file.Name, file.SeenBytes, file.IsComplete, file.Direction));
        Assert.Equal(Hash(Hex.Text("hello")), file.Sha256);
    }

    [Fact]
    public void Pieces_of_a_mebibyte_that_are_under_way_at_once_are_hashed()
    {
        const int Piece = 1024 * 1024;
        var big = new ParserFlow(new RpcProtocol());
        byte[] content = [.. Enumerable.Range(0, 3 * Piece).Select(i => (byte)(i * 7 >> 3))];
        uint xid = 0;
        for (int i = 0; i < 3; i++)
        {
            big.Says(Call(++xid, NfsProgram, 3, 7, [.. Handle(6), .. U8((ulong)(i * Piece)), .. U4(Piece), .. U4(2), .. Opaque(content[(i * Piece)..((i + 1) * Piece)])]));
        }

        for (uint answered = 1; answered <= xid; answered++)
        {
            big.Replies(Reply(answered, [.. U4(0), .. U4(0), .. U4(0), .. U4(Piece)]));
        }

        big.Parser.OnEnd();
        FileTransfer file = big.Only<FileTransfer>();
        Assert.Equal((3L * Piece, Hash(content)), (file.SeenBytes, file.Sha256));
    }

    [Fact]
    public void A_version_4_file_ends_when_it_is_closed()
    {
        // PUTFH, READ; PUTFH, CLOSE
        Do(4, 1, [.. Str("tag"), .. U4(1), .. U4(2), .. U4(22), .. Handle(9), .. U4(25), .. new byte[16], .. U8(0), .. U4(100)],
            [.. U4(0), .. Str("tag"), .. U4(2), .. U4(22), .. U4(0), .. U4(25), .. U4(0), .. U4(1), .. Opaque(new byte[77])]);
        Assert.Empty(_flow.All<FileTransfer>());
        Do(4, 1, [.. Str("tag"), .. U4(1), .. U4(2), .. U4(22), .. Handle(9), .. U4(4), .. U4(1), .. new byte[16]],
            [.. U4(0), .. Str("tag"), .. U4(2), .. U4(22), .. U4(0), .. U4(4), .. U4(0), .. new byte[16]]);
        FileTransfer file = _flow.Only<FileTransfer>();
        Assert.Equal((77L, 77L, true, Hash(new byte[77])), (file.SeenBytes, file.TotalBytes, file.IsComplete, file.Sha256));
    }

    [Fact]
    public void Version_2_offsets_have_32_bits()
    {
        byte[] handle = [.. Enumerable.Repeat((byte)3, 32)];
        Do(2, 6, [.. handle, .. U4(0), .. U4(3), .. U4(0)], [.. U4(0), .. new byte[68], .. Opaque(Hex.Text("abc"))]);
        Do(2, 6, [.. handle, .. U4(3), .. U4(3), .. U4(0)], [.. U4(0), .. new byte[68], .. Opaque(Hex.Text("def"))]);
        FileTransfer file = Assert.Single(Ended());
        Assert.Equal((6L, "text/plain"), (file.SeenBytes, file.SniffedType));
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));

    private List<FileTransfer> Ended()
    {
        _flow.Parser.OnEnd();
        return [.. _flow.All<FileTransfer>()];
    }

    private void LookUp(string name, byte handle) => Do(3, 3, [.. Handle(1), .. Str(name)], [.. U4(0), .. Handle(handle), .. U4(0)]);

    private void Read(byte handle, ulong offset, byte[] data, bool isEnd)
        => Do(3, 6, [.. Handle(handle), .. U8(offset), .. U4(4096)], [.. U4(0), .. U4(0), .. U4((uint)data.Length), .. U4(isEnd ? 1u : 0), .. Opaque(data)]);

    private void Write(byte handle, ulong offset, byte[] data)
        => Do(3, 7, [.. Handle(handle), .. U8(offset), .. U4((uint)data.Length), .. U4(2), .. Opaque(data)], [.. U4(0), .. U4(0), .. U4(0), .. U4((uint)data.Length)]);

    private void Do(uint version, uint procedure, byte[] arguments, byte[] results)
    {
        _flow.Says(Call(++_xid, NfsProgram, version, procedure, arguments));
        _flow.Replies(Reply(_xid, results));
    }
}
