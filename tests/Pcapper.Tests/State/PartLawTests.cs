using CsCheck;
using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests;

public sealed class PartLawTests
{
    private static readonly Gen<FrameRef> s_frame = Gen.Select(Gen.Int[0, 2], Gen.Long[1, 60], (capture, number) => new FrameRef(capture, number));
    private static readonly Gen<Timestamp> s_time = Gen.OneOf(
        Gen.Long[0, 1000].Select(n => Timestamp.FromSeconds(1_770_000_000 + n)),
        Gen.Long.Select(n => new Timestamp(n)));

    private static readonly Gen<string> s_text = Gen.OneOf(Gen.Int[0, 30].Select(i => $"text {i}"), Gen.String[0, 300]);
    private static readonly Gen<IpAddress> s_address = Gen.OneOf(
        Gen.UInt[0x0A00_0000, 0x0A00_0020].Select(IpAddress.FromIPv4),
        Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new IpAddress(high, low)));

    [Fact]
    public void Count() => Laws.HoldPart(() => new Count(), Gen.Long, (part, n) => part.Add(n));

    [Fact]
    public void Counters()
        => Laws.HoldPart(() => new Counters(3), Gen.Select(Gen.Int[0, 9], Gen.Long[-5, 5]), (part, item) => part[item.Item1] += item.Item2);

    [Fact]
    public void Bits() => Laws.HoldPart(() => new Bits(), Gen.Int[-3, 70], (part, bit) => part.Add(bit));

    [Fact]
    public void Extent()
        => Laws.HoldPart(() => new Extent(), Gen.Select(s_time, s_frame), (part, item) => part.Add(item.Item1, item.Item2));

    [Fact]
    public void FrameSample() => Laws.HoldPart(() => new FrameSample(), s_frame, (part, frame) => part.Add(frame));

    [Fact]
    public void Maximum()
        => Laws.HoldPart(() => new Maximum(), Gen.Select(Gen.Long[-4, 4], s_frame), (part, item) => part.Add(item.Item1, item.Item2));

    [Fact]
    public void Minimum()
        => Laws.HoldPart(() => new Minimum(), Gen.Select(Gen.Long[-4, 4], s_frame), (part, item) => part.Add(item.Item1, item.Item2));

    [Fact]
    public void Histogram()
        => Laws.HoldPart(() => new Histogram(), Gen.OneOf(Gen.Long[-10, 1000], Gen.Long), (part, value) => part.Add(value));

    [Fact]
    public void Histogram_with_bounds()
        => Laws.HoldPart(() => new Histogram(0, 10, 100), Gen.OneOf(Gen.Long[-10, 200], Gen.Long), (part, value) => part.Add(value, 2));

    [Fact]
    public void TimeSeries() => Laws.HoldPart(() => new TimeSeries(), s_time, (part, time) => part.Add(time, 3));

    [Fact]
    public void TimeSeries_of_one_day()
        => Laws.HoldPart(() => new TimeSeries(), Gen.Long[-40_000, 40_000].Select(s => Timestamp.FromSeconds(s)), (part, time) => part.Add(time));

    [Fact]
    public void Times() => Laws.HoldPart(() => new Times(), s_time, (part, time) => part.Add(time));

    [Fact]
    public void Times_over_the_cap()
        => Laws.HoldPart(
            () => new Times(), Gen.Long[0, 100_000].Array[200, 300].Select(all => all), (part, all) => Array.ForEach(all, n => part.Add(new Timestamp(n))),
            most: 100, iterations: 10);

    [Fact]
    public void Texts() => Laws.HoldPart(() => new Texts(5), s_text, (part, text) => part.Add(text));

    [Fact]
    public void Sketch() => Laws.HoldPart(() => new Sketch(), Gen.ULong[0, 150], (part, hash) => part.Add(hash));

    [Fact]
    public void Sketch_of_more_than_it_counts_exactly()
        => Laws.HoldPart(
            () => new Sketch(), Gen.ULong[0, 5], (part, block) =>
            {
                for (ulong i = 0; i < 200; i++)
                {
                    part.Add((block * 200) + i);
                }
            },
            iterations: 20);

    [Fact]
    public void Activity()
        => Laws.HoldPart(() => new Activity(), Gen.Select(Gen.Int[0, 7], s_time, s_frame), (part, item) =>
        {
            part[item.Item1] += 3;
            part.Add(item.Item2, item.Item2);
            if (item.Item1 != 2)
            {
                part.AddPeer(new NumberKey(item.Item1 / 3));
                part.AddFrame(item.Item3);
            }
        });

    [Fact]
    public void Smallest()
        => Laws.HoldPart(() => new Smallest<NumberKey>(4), Gen.Long[0, 60], (part, n) => part.Add(n));

    [Fact]
    public void Smallest_of_hardly_more_than_fit()
        => Laws.HoldPart(() => new Smallest<NumberKey>(4), Gen.Long[0, 4], (part, n) => part.Add(n), most: 60);

    [Fact]
    public void KeySet_of_addresses()
        => Laws.HoldPart(() => new KeySet<AddressKey>(), s_address, (part, address) => part.Add(address));

    [Fact]
    public void KeySet_over_the_cap()
        => Laws.HoldPart(() => new KeySet<NumberKey>(cap: 8), Gen.Long[0, 30], (part, n) => part.Add(n));

    [Fact]
    public void PartMap_of_pairs()
        => Laws.HoldPart(
            () => new PartMap<PairKey, FrameSample>(), Gen.Select(s_address, s_address, s_frame), (part, item) => part[new PairKey(item.Item1, item.Item2)].Add(item.Item3));

    [Fact]
    public void PartMap_of_endpoints()
        => Laws.HoldPart(
            () => new PartMap<EndpointKey, Count>(), Gen.Select(s_address, Gen.UShort), (part, item) => part[new EndpointKey(item.Item1, item.Item2, IpProtocol.Tcp)].Add());

    [Fact]
    public void PartMap_over_the_cap()
        => Laws.HoldPart(() => new PartMap<TextKey, Count>(cap: 8), Gen.Int[0, 30].Select(i => $"k{i}"), (part, key) => part[key].Add(), iterations: 1000);

    [Fact]
    public void PartMap_of_maps()
        => Laws.HoldPart(
            () => new PartMap<MacKey, PartMap<Key2<NumberKey, TextKey>, Texts>>(8, () => new PartMap<Key2<NumberKey, TextKey>, Texts>(4, () => new Texts(2))),
            Gen.Select(Gen.ULong[0, 12], Gen.Long[0, 3], s_text, Gen.Int[0, 5]),
            (part, item) => part[new MacAddress(item.Item1)][new Key2<NumberKey, TextKey>(item.Item2, item.Item3)].Add($"{item.Item4}"));

    [Fact]
    public void Group()
        => Laws.HoldPart(
            () => new PartMap<Key3<NumberKey, NumberKey, NumberKey>, Host>(cap: 16),
            Gen.Select(Gen.Long[0, 3], Gen.Long[0, 3], Gen.Long[0, 3], s_text),
            (part, item) => part[new Key3<NumberKey, NumberKey, NumberKey>(item.Item1, item.Item2, item.Item3)].Add(item.Item4));

    private sealed class Host : Group
    {
        public Host()
            : base(2)
        {
            Names = Part(new Texts(3));
            Seen = Part(new Count());
        }

        public Texts Names { get; }

        public Count Seen { get; }

        public void Add(string name)
        {
            Names.Add(name);
            Seen.Add();
        }
    }
}
