using System.Security.Cryptography;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Files;

/// <summary>Files under way: hashes, holes, order, bounds.</summary>
public sealed class CarriedFileTests
{
    private static readonly Gen<(int Size, int[] Cuts, int Seed)> s_split = Gen.Select(
        Gen.OneOf(Gen.Int[1, 100], Gen.Int[16_000, 17_000], Gen.Int[40_000, 200_000], Gen.Int[1_100_000, 1_300_000]), Gen.Int[0, 1_300_000].Array[0, 30], Gen.Int);

    [Fact]
    public void Pieces_in_any_order_have_the_hashes_of_the_whole()
        => s_split.Always(split => Assert.Equal(Hash(Content(split.Size)), Written(split, new MemoryFileStore()).File.Sha256), iterations: 300);

    [Fact]
    public void Contents_that_are_kept_are_the_whole() => s_split.Always(
        split =>
        {
            (FileTransfer file, MemoryFileStore store) = Written(split, new MemoryFileStore { KeepsContents = true });
            Assert.Equal(Hash(Content(split.Size)), file.Sha256);
            Assert.Equal(Content(split.Size), store.Offered.Single().Content);
        },
        iterations: 200);

    [Fact]
    public void All_three_hashes_are_of_the_content()
    {
        FileTransfer file = One(f => f.Append("abc"u8, default, default));
        Assert.Equal("900150983cd24fb0d6963f7d28e17f72", file.Md5);
        Assert.Equal("a9993e364706816aba3e25717850c26c9cd0d89d", file.Sha1);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", file.Sha256);
        Assert.Equal((3L, 0L, true), (file.SeenBytes, file.MissingBytes, file.IsComplete));
    }

    [Fact]
    public void A_hole_makes_a_file_incomplete_and_is_counted()
    {
        FileTransfer file = One(f =>
        {
            f.Append("abc"u8, default, default);
            f.Gap(10);
            f.Append("def"u8, default, default);
        });
        Assert.Equal((6L, 10L, false), (file.SeenBytes, file.MissingBytes, file.IsComplete));
        Assert.Null(file.Sha256);
        Assert.Equal("abc"u8.ToArray(), file.Head.ToArray());
    }

    [Fact]
    public void A_hole_at_the_end_counts_too()
    {
        FileTransfer file = One(f =>
        {
            f.Append("abc"u8, default, default);
            f.Gap(10);
        });
        Assert.Equal((10L, false), (file.MissingBytes, file.IsComplete));
        file = One(f =>
        {
            f.TotalBytes = 5;
            f.Append("abc"u8, default, default);
        });
        Assert.Equal((2L, false), (file.MissingBytes, file.IsComplete));
    }

    [Fact]
    public void Of_bytes_that_come_twice_the_first_count_unless_the_later_replace_them()
    {
        FileTransfer file = One(f =>
        {
            f.WriteAt(0, "abc"u8, default, default);
            f.WriteAt(1, "xyz"u8, default, default);
        });
        Assert.Equal((Hash("abcz"u8), 4L), (file.Sha256, file.SeenBytes));
        file = One(f =>
        {
            f.WriteAt(0, "abc"u8, default, default);
            f.WriteAt(1, "xyz"u8, default, default, replaces: true);
        });
        Assert.Equal((Hash("axyz"u8), 4L), (file.Sha256, file.SeenBytes));
    }

    [Fact]
    public void What_is_replaced_behind_the_hash_makes_it_unknown_unless_contents_are_kept()
    {
        static void Write(CarriedFile file)
        {
            file.WriteAt(0, new byte[50_000], default, default);
            file.WriteAt(20_000, "x"u8, default, default, replaces: true);
        }

        Assert.Null(One(Write).Sha256);
        byte[] expected = new byte[50_000];
        expected[20_000] = (byte)'x';
        var store = new MemoryFileStore { KeepsContents = true };
        Assert.Equal(Hash(expected), One(Write, store).Sha256);
        Assert.Equal(expected, store.Offered.Single().Content);
    }

    [Fact]
    public void What_does_not_fit_in_memory_without_a_store_makes_the_hash_unknown_not_wrong()
    {
        static void Write(CarriedFile file)
        {
            byte[] content = Content((2 * Limits.FileMemory) + 10);
            file.WriteAt(10, content.AsSpan(10), default, default);
            file.WriteAt(0, content.AsSpan(0, 10), default, default);
        }

        FileTransfer file = One(Write, new MemoryFileStore { HasRoom = false });
        Assert.True(file.IsComplete);
        Assert.Null(file.Sha256);
        Assert.NotNull(One(Write, new MemoryFileStore()).Sha256);
    }

    [Fact]
    public void More_stretches_than_are_known_apart_are_only_counted()
    {
        FileTransfer file = One(f =>
        {
            for (int i = 0; i < Limits.FileRanges + 10; i++)
            {
                f.WriteAt(i * 2, "x"u8, default, default);
            }
        });
        Assert.Equal(Limits.FileRanges + 10, file.SeenBytes);
        Assert.False(file.IsComplete);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(Limits.FileEnd)]
    public void Bytes_behind_any_end_are_only_counted(long offset)
    {
        FileTransfer file = One(f => f.WriteAt(offset, "abc"u8, default, default));
        Assert.Equal((3L, false), (file.SeenBytes, file.IsComplete));
        Assert.Null(file.Sha256);
    }

    [Fact]
    public void A_sparse_file_of_a_gigabyte_costs_a_few_bytes()
    {
        var store = new MemoryFileStore();
        FileTransfer file = One(f => f.WriteAt(1L << 30, "x"u8, default, default), store);
        Assert.Equal((1L, 1L << 30, false), (file.SeenBytes, file.MissingBytes, file.IsComplete));
        Assert.Equal(0, store.Spools);
    }

    [Fact]
    public void Of_more_files_than_may_be_under_way_the_bytes_are_counted()
    {
        var flow = new FileFlow(new MemoryFileStore());
        List<CarriedFile> files = [.. Enumerable.Range(0, Limits.FilesUnderWay + 1).Select(_ => flow.Files.Open(Direction.ToResponder, default, default)!)];
        files.ForEach(f => f.Append("abc"u8, default, default));
        files.ForEach(f => f.End(isWhole: true));
        Assert.Equal((3L, false, null), (flow.All<FileTransfer>()[^1].SeenBytes, flow.All<FileTransfer>()[^1].IsComplete, flow.All<FileTransfer>()[^1].Sha256));
        Assert.True(flow.All<FileTransfer>()[0].IsComplete);
        Assert.Equal(Limits.FilesUnderWay + 1, flow.All<FileTransfer>().Select(f => f.Id).Distinct().Count());
    }

    [Fact]
    public void Files_left_open_end_with_the_flow_in_the_order_in_which_they_began()
    {
        var flow = new FileFlow(new MemoryFileStore());
        foreach (string name in (string[])["b", "a", "c"])
        {
            CarriedFile file = flow.Files.Open(Direction.ToResponder, default, default)!;
            file.Name = name;
            file.Append("x"u8, default, default);
        }

        flow.Files.End();
        flow.Files.End();
        Assert.Equal(["b", "a", "c"], flow.All<FileTransfer>().Select(f => f.Name));
        Assert.All(flow.All<FileTransfer>(), f => Assert.False(f.IsComplete));
    }

    [Fact]
    public void What_was_not_at_hand_counts_as_seen_and_makes_the_hash_unknown()
    {
        var store = new MemoryFileStore { KeepsContents = true };
        FileTransfer file = One(
            f =>
            {
                f.WriteAt(0, "abc"u8, default, default);
                f.Skip(3, 10);
                f.WriteAt(13, "def"u8, default, default);
            },
            store);
        Assert.Equal((16L, 0L, true, null), (file.SeenBytes, file.MissingBytes, file.IsComplete, file.Sha256));
        Assert.Equal("abc"u8.ToArray(), file.Head.ToArray());
        Assert.Null(store.Offered.Single().Content);
    }

    [Fact]
    public void Nobody_pays_for_what_nobody_wants()
    {
        var bus = new RecordBus();
        Assert.Null(new FlowFiles(new FileFlow(null), bus, "test").Open(Direction.ToResponder, default, default));
    }

    private static byte[] Content(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)((i * 31) + (i >> 8) + (i >> 16)))];

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static FileTransfer One(Action<CarriedFile> write, MemoryFileStore? store = null)
    {
        var flow = new FileFlow(store);
        CarriedFile file = flow.Files.Open(Direction.ToResponder, default, default)!;
        write(file);
        file.End(isWhole: true);
        return flow.Only<FileTransfer>();
    }

    // Cuts a content into pieces and writes them in any order.
    private static (FileTransfer File, MemoryFileStore Store) Written((int Size, int[] Cuts, int Seed) split, MemoryFileStore store)
    {
        byte[] content = Content(split.Size);
        int[] cuts = [0, .. split.Cuts.Select(c => c % split.Size).Order(), split.Size];
        (int Start, int End)[] pieces = [.. cuts.Zip(cuts.Skip(1))];
        new Random(split.Seed).Shuffle(pieces);
        return (One(
            file =>
            {
                foreach ((int start, int end) in pieces)
                {
                    file.WriteAt(start, content.AsSpan(start, end - start), default, default);
                }
            },
            store), store);
    }

    private sealed class FileFlow : RecordingFlow
    {
        public FileFlow(MemoryFileStore? store)
            : base("10.0.0.5", 49152, "10.0.0.9", 80, IpProtocol.Tcp, store)
            => Files = new FlowFiles(this, Bus, "test");

        public FlowFiles Files { get; }
    }
}
