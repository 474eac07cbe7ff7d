using System.Buffers;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests;

public sealed class PartTests
{
    [Fact]
    public void Frame_samples_keep_the_ten_smallest()
    {
        var sample = new FrameSample();
        for (int i = 30; i > 0; i--)
        {
            sample.Add(new FrameRef(0, i));
        }

        Assert.Equal(30, sample.Total);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), sample.ToList().Select(frame => frame.Number));
    }

    [Fact]
    public void Quantiles_are_within_six_percent()
        => Gen.Long[1, 1L << 40].List[1, 300].Always(values =>
        {
            var histogram = new Histogram();
            values.ForEach(value => histogram.Add(value));
            values.Sort();
            foreach (int percent in (int[])[0, 5, 50, 95, 99, 100])
            {
                long exact = values[Math.Max(1, ((values.Count * percent) + 99) / 100) - 1];
                Assert.InRange(histogram.Quantile(percent), exact * 0.87, exact * 1.13);
            }

            Assert.Equal(values[^1], histogram.Quantile(100));
            Assert.Equal(values.Sum(), histogram.Sum);
        });

    [Fact]
    public void Every_value_is_within_the_bounds_of_its_bucket()
        => Gen.OneOf(Gen.Long[0, 1000], Gen.Long[0, long.MaxValue]).Always(value =>
        {
            var histogram = new Histogram();
            histogram.Add(value);
            (long from, long to, long count) = Assert.Single(histogram.Buckets);
            return from <= value && value <= to && count == 1;
        });

    [Fact]
    public void Declared_bounds_are_the_largest_values_of_their_buckets()
    {
        var histogram = new Histogram(63, 127, 1518);
        foreach (int value in (int[])[1, 63, 64, 1518, 1519, 9000])
        {
            histogram.Add(value);
        }

        Assert.Equal([(1, 63, 2), (64, 127, 1), (128, 1518, 1), (1519, 9000, 2)], histogram.Buckets);
    }

    [Fact]
    public void Time_series_get_coarser_when_they_get_longer()
    {
        var series = new TimeSeries();
        for (int i = 0; i < 10_000; i++)
        {
            series.Add(Timestamp.FromSeconds(1_000_000 + i), 2);
        }

        Assert.Equal(4, series.BucketSeconds);
        Assert.Equal(2500, series.Length);
        Assert.Equal(Timestamp.FromSeconds(1_000_000), series.Start);
        Assert.All(series.Amounts.ToArray(), amount => Assert.Equal(8, amount));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(512)]
    [InlineData(1000)]
    [InlineData(20_000)]
    [InlineData(300_000)]
    public void Sketches_are_close(int count)
    {
        var sketch = new Sketch();
        for (int i = 0; i < count; i++)
        {
            sketch.Add(new NumberKey(i));
            sketch.Add(new NumberKey(i / 2));
        }

        Assert.InRange(sketch.Estimate, count * 0.95, count * 1.05);
        Assert.Equal(count <= 512, sketch.IsExact);
    }

    [Fact]
    public void An_activity_counts_peers_and_frames_like_a_sketch_and_a_sample()
        => Gen.Select(Gen.Int[0, 4], Gen.Int[1, 4]).List[0, 8].Always(events =>
        {
            var activity = new Activity();
            var peers = new Sketch();
            var frames = new FrameSample();
            foreach ((int peer, int frame) in events)
            {
                activity.AddPeer(new NumberKey(peer));
                peers.Add(new NumberKey(peer));
                activity.AddFrame(new FrameRef(0, frame));
                frames.Add(new FrameRef(0, frame));
            }

            Assert.Equal(peers.Estimate, activity.Peers);
            Assert.Equal(frames.Total, activity.FrameCount);
            Assert.Equal(frames.ToList(), activity.Frames.ToList());
        });

    [Fact]
    public void A_full_map_is_a_sample_that_says_so()
    {
        var map = new PartMap<AddressKey, Count>(cap: 1000);
        for (uint i = 0; i < 20_000; i++)
        {
            map[IpAddress.FromIPv4(i % 10_000)].Add();
        }

        Assert.Equal(1000, map.Count);
        Assert.False(map.IsComplete);
        Assert.InRange(map.Distinct, 9_500, 10_500);
        Assert.All(map.Entries, entry => Assert.Equal(2, entry.Value.Value));
        Assert.Equal(map.Entries.Select(entry => entry.Key.Address).Order(), map.Entries.Select(entry => entry.Key.Address));
    }

    [Fact]
    public void A_map_that_is_not_full_is_exact()
    {
        var map = new PartMap<TextKey, Count>();
        map["a"].Add();
        map["b"].Add();
        map["a"].Add();
        Assert.Equal((2, 2, true), (map.Count, map.Distinct, map.IsComplete));
        Assert.Equal(2, map.Find("a")!.Value);
        Assert.Null(map.Find("c"));
    }

    [Fact]
    public void A_million_look_ups_do_not_allocate()
    {
        var map = new PartMap<PairKey, Count>();
        var key = new PairKey(IpAddress.Parse("192.0.2.1"), IpAddress.Parse("192.0.2.2"));
        long warm = Look(map, key);
        Assert.InRange(Look(map, key), 0, Math.Max(warm, 10_000));
        Assert.InRange(Look(map, key), 0, 10_000);

        // The run-time itself may allocate a little while it compiles; a look-up may not.
        static long Look(PartMap<PairKey, Count> map, PairKey key)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000_000; i++)
            {
                map[key].Add();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Long_texts_stay_different()
    {
        var texts = new Texts(10);
        texts.Add(new string('a', 300) + "1");
        texts.Add(new string('a', 300) + "2");
        texts.Add(null);
        Assert.Equal(2, texts.Values.Count);
        Assert.All(texts.Values, text => Assert.Equal(256, text.Length));
    }

    [Fact]
    public void The_first_of_times_is_the_smallest()
    {
        var extent = new Extent();
        extent.Add(new Timestamp(5), new FrameRef(0, 3));
        extent.Add(new Timestamp(5), new FrameRef(0, 2));
        extent.Add(new Timestamp(9), new FrameRef(0, 1));
        Assert.Equal((2, 1, 4), (extent.FirstFrame.Number, extent.LastFrame.Number, extent.Duration));
    }

    [Fact]
    public void Any_bytes_read_as_anything_without_throwing()
        => Gen.Byte.Array[0, 100].Always(bytes =>
        {
            var reader = new StateReader(bytes);
            while (!reader.Failed)
            {
                reader.Number();
                reader.Text();
                reader.Address();
                reader.Mac();
                reader.Flag();
                reader.Frame();
                reader.Bytes();
                reader.Fixed64();
            }

            return reader.Number() == 0 && reader.Text().Length == 0 && reader.Remaining == 0;
        });

    [Fact]
    public void What_was_written_is_read()
        => Gen.Select(Gen.Long, Gen.ULong, Gen.String, Gen.ULong, Gen.ULong, Gen.Byte.Array[0, 20]).Always((number, unsigned, text, high, low, some) =>
        {
            var bytes = new ArrayBufferWriter<byte>();
            var writer = new StateWriter(bytes);
            writer.Number(number);
            writer.Unsigned(unsigned);
            writer.Text(text);
            writer.Text("\ud800");
            writer.Address(new IpAddress(high, low));
            writer.Mac(new MacAddress(low >> 16));
            writer.Bytes(some);
            writer.Fixed64(high);
            var reader = new StateReader(bytes.WrittenSpan);
            return reader.Number() == number && reader.Unsigned() == unsigned && reader.Text() == text && reader.Text() == "\ud800"
                && reader.Address() == new IpAddress(high, low) && reader.Mac().Value == low >> 16 && reader.Bytes().SequenceEqual(some)
                && reader.Fixed64() == high && !reader.Failed && reader.Remaining == 0;
        });
}
