using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Sizes;

/// <summary>How large frames are, in all and per transport, and when each size came in bursts.</summary>
public sealed class SizesState : AnalyzerState
{
    // The largest length in each of the ten classes that the original tool has.
    private static readonly long[] s_bounds = [19, 39, 79, 159, 319, 639, 1279, 2559, 5119];

    /// <summary>Initializes a new instance of the <see cref="SizesState"/> class.</summary>
    public SizesState()
    {
        Sizes = Part(new Histogram(s_bounds));
        PerTransport = Part(new PartMap<NumberKey, Histogram>(cap: 64, () => new Histogram(s_bounds)));
        Bursts = Part(new PartMap<NumberKey, TimeSeries>(cap: 64));
        Truncated = Part(new FrameSample());
        Fragments = Part(new FrameSample());
        Oversized = Part(new FrameSample());
        SegmentSizes = Part(new PartMap<NumberKey, FrameSample>(cap: 1024));
        Extent = Part(new Extent());
    }

    /// <summary>Gets how many classes there are.</summary>
    public static int Classes => s_bounds.Length + 1;

    /// <summary>Gets the lengths of all frames on the wire.</summary>
    public Histogram Sizes { get; }

    /// <summary>Gets the lengths per innermost transport (<see cref="Layer"/> as a number).</summary>
    public PartMap<NumberKey, Histogram> PerTransport { get; }

    /// <summary>Gets the frames over time per size class.</summary>
    public PartMap<NumberKey, TimeSeries> Bursts { get; }

    /// <summary>Gets the frames that were cut by the snap length.</summary>
    public FrameSample Truncated { get; }

    /// <summary>Gets the IP fragments.</summary>
    public FrameSample Fragments { get; }

    /// <summary>Gets the frames longer than Ethernet's: jumbo frames, or segmentation offload on the capturing host.</summary>
    public FrameSample Oversized { get; }

    /// <summary>Gets the SYNs per announced maximum segment size.</summary>
    public PartMap<NumberKey, FrameSample> SegmentSizes { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }

    /// <summary>Gets the class of a length.</summary>
    public static int ClassOf(int length)
    {
        int at = Array.BinarySearch(s_bounds, length);
        return at < 0 ? ~at : at;
    }

    /// <summary>Names a class: <c>40-79</c>.</summary>
    public static string Name(int index) => (index == 0 ? 0 : s_bounds[index - 1] + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)
        + (index == s_bounds.Length ? "+" : "-" + s_bounds[index].ToString(System.Globalization.CultureInfo.InvariantCulture));
}
