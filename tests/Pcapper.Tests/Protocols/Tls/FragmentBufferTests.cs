using CsCheck;
using Pcapper.Modules.Protocols.Tls;
using Xunit;

namespace Pcapper.Tests.Protocols.Tls;

public sealed class FragmentBufferTests
{
    [Fact]
    public void A_piece_far_from_the_start_costs_what_it_has()
    {
        var warm = new FragmentBuffer(128 * 1024);
        warm.TryAdd(1000, [1]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var buffer = new FragmentBuffer(128 * 1024);
        Assert.True(buffer.TryAdd((128 * 1024) - 1, [1]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512);
    }

    [Fact]
    public void Many_pieces_from_the_end_make_the_whole()
    {
        byte[] whole = [.. Enumerable.Range(0, 2000).Select(i => (byte)i)];
        var buffer = new FragmentBuffer(2000);
        for (int at = 1999; at >= 0; at--)
        {
            Assert.True(buffer.TryAdd(at, whole.AsSpan(at, 1)));
        }

        Assert.Equal(whole, buffer.Contiguous.ToArray());
    }

    [Fact]
    public void Too_many_holes_are_refused()
    {
        var buffer = new FragmentBuffer(2000);
        Assert.Contains(Enumerable.Range(1, 200), i => !buffer.TryAdd(i * 2, [1]));
    }

    [Fact]
    public void Pieces_in_any_order_make_the_whole()
        => Gen.Select(Gen.Byte.Array[1, 100], Gen.Int[1, 20].Array[1, 30], Gen.Int).Always((whole, lengths, seed) =>
        {
            var pieces = new List<(int Offset, int Length)>();
            for (int at = 0, i = 0; at < whole.Length; at += lengths[i % lengths.Length], i++)
            {
                pieces.Add((at, Math.Min(lengths[i % lengths.Length] + 2, whole.Length - at)));
            }

            (int Offset, int Length)[] shuffled = [.. pieces];
            new Random(seed).Shuffle(shuffled);
            var buffer = new FragmentBuffer(1000);
            foreach ((int offset, int length) in shuffled)
            {
                buffer.TryAdd(offset, whole.AsSpan(offset, length));
            }

            return buffer.Contiguous.SequenceEqual(whole);
        });

    [Fact]
    public void The_first_to_arrive_wins()
    {
        var buffer = new FragmentBuffer(10);
        buffer.TryAdd(2, [7, 7]);
        buffer.TryAdd(0, [1, 2, 3, 4, 5]);
        Assert.Equal([1, 2, 7, 7, 5], buffer.Contiguous.ToArray());
    }

    [Fact]
    public void Nothing_beyond_the_limit_is_taken()
    {
        var buffer = new FragmentBuffer(10);
        Assert.False(buffer.TryAdd(8, [1, 2, 3]));
        Assert.False(buffer.TryAdd(-1, [1]));
        Assert.True(buffer.TryAdd(8, [1, 2]));
        Assert.True(buffer.Contiguous.IsEmpty);
    }
}
