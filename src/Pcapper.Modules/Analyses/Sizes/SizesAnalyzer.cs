using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Sizes;

/// <summary><c>--sizes</c>: the distribution of frame lengths, what was cut or fragmented, and the segment sizes that hosts announce.</summary>
public sealed class SizesAnalyzer : Analyzer<SizesState>, IPacketConsumer
{
    private const int EthernetLongest = 1522;

    private readonly TimeSeries?[] _bursts = new TimeSeries?[SizesState.Classes];

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new("sizes", "--sizes", "Sizes", "frame lengths, bursts, fragments, segment sizes", 1, []);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus) => bus.SubscribePackets(this);

    /// <inheritdoc/>
    public void Consume(in Packet packet, Flow? flow)
    {
        int length = packet.Frame.OriginalLength;
        State.Sizes.Add(length);
        State.PerTransport[(long)packet.Last].Add(length);
        int index = SizesState.ClassOf(length);
        (_bursts[index] ??= State.Bursts[index]).Add(packet.Frame.Time);
        State.Extent.Add(packet.Frame.Time, packet.Frame.Ref);
        if (packet.Frame.Bytes.Length < length)
        {
            State.Truncated.Add(packet.Frame.Ref);
        }

        if (packet.IsFragment)
        {
            State.Fragments.Add(packet.Frame.Ref);
        }

        if (length > EthernetLongest)
        {
            State.Oversized.Add(packet.Frame.Ref);
        }

        if ((packet.Flags & TcpFlags.Syn) != 0 && packet.Last == Layer.Tcp && TcpOptions.Read(packet.Options).MaximumSegmentSize is ushort size)
        {
            State.SegmentSizes[size].Add(packet.Frame.Ref);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(SizesState state, Conclusions conclusions)
    {
        Section section = conclusions.Section;
        Histogram sizes = state.Sizes;
        section.Headline($"{Units.Count(sizes.Total, "frame")}, {Units.Bytes(sizes.Sum)}; mean {sizes.Mean}, shortest {sizes.Minimum}, longest {sizes.Maximum} bytes");
        section.Fact("frames", "Frames", sizes.Total).Fact("bytes", "Bytes", Cell.Bytes(sizes.Sum)).Fact("mean", "Mean", sizes.Mean)
            .Fact("minimum", "Shortest", sizes.Minimum).Fact("maximum", "Longest", sizes.Maximum)
            .Fact("truncated", "Cut by snap length", state.Truncated.Total).Fact("fragments", "IP fragments", state.Fragments.Total)
            .Fact("oversized", "Longer than Ethernet", state.Oversized.Total);
        WriteClasses(state, section);
        WriteTransports(state, section);
        WriteSegmentSizes(state, section);
        if (state.Oversized.Total > 0)
        {
            section.Note("Frames longer than 1,522 bytes are jumbo frames, or were captured on a host whose network card cuts segments (offload).");
        }
    }

    private static void WriteClasses(SizesState state, Section section)
    {
        Table table = section.Table(
            "classes", "lengths", new("bytes", "bytes"), new("frames", "frames", CellKind.Integer), new("share", "share", CellKind.Percent),
            new("per_second", "per second", CellKind.Number), new("burst", "most in a burst", CellKind.Integer),
            new("burst_seconds", "seconds", CellKind.Integer), new("burst_start", "burst began", CellKind.Time));
        table.Shown = SizesState.Classes;
        double seconds = Math.Max(state.Extent.Duration / (double)Timestamp.PerSecond, 1);
        foreach ((NumberKey index, TimeSeries series) in state.Bursts.Entries)
        {
            long count = 0;
            int peak = 0;
            for (int i = 0; i < series.Length; i++)
            {
                count += series.Amounts[i];
                peak = series.Amounts[i] > series.Amounts[peak] ? i : peak;
            }

            table.Row(
                SizesState.Name((int)index.Value), count, Cell.Percent(count, state.Sizes.Total), Cell.Number(count / seconds),
                series.Amounts[peak], series.BucketSeconds, series.StartOf(peak));
        }

    }

    private static void WriteTransports(SizesState state, Section section)
    {
        Table table = section.Table(
            "transports", "by last layer", new("layer", "layer"), new("frames", "frames", CellKind.Integer), new("bytes", "bytes", CellKind.Bytes),
            new("mean", "mean", CellKind.Integer), new("median", "median", CellKind.Integer), new("minimum", "shortest", CellKind.Integer), new("maximum", "longest", CellKind.Integer));
        foreach ((NumberKey layer, Histogram sizes) in state.PerTransport.Entries.OrderByDescending(t => t.Value.Total).ThenBy(t => t.Key))
        {
            table.Row(LayerNames.Of((Layer)layer.Value), sizes.Total, Cell.Bytes(sizes.Sum), sizes.Mean, sizes.Quantile(50), sizes.Minimum, sizes.Maximum);
        }
    }

    // Less than Ethernet's 1,460 hints at a tunnel or a clamped path (RFC 9293, 3.7.1: MTU less 40).
    private static void WriteSegmentSizes(SizesState state, Section section)
    {
        if (state.SegmentSizes.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "segment_sizes", "maximum segment sizes announced", new("mss", "MSS", CellKind.Integer), new("syns", "SYNs", CellKind.Integer),
            new("hint", "hint"), new("frames", "frames", CellKind.Frames));
        foreach ((NumberKey size, FrameSample frames) in state.SegmentSizes.Entries.OrderByDescending(s => s.Value.Total).ThenBy(s => s.Key))
        {
            string hint = size.Value switch
            {
                1460 => "Ethernet, IPv4",
                1440 => "Ethernet, IPv6",
                1452 or 1432 => "PPPoE",
                8960 or 8940 => "jumbo frames",
                65495 or 65475 => "loopback",
                536 => "default of RFC 9293",
                > 1300 and < 1460 => "path with a tunnel, or clamped",
                _ => "",
            };
            table.Row(size.Value, frames.Total, hint, Cell.Frames(frames));
        }
    }
}
