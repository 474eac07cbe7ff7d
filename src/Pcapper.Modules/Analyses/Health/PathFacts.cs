using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>What TCP segments from one host to another went through.</summary>
public sealed class PathFacts : Group
{
    /// <summary>Index of the segments in the sums; the notes of segments follow, by the number of their bit.</summary>
    public const int Segments = 0;

    /// <summary>Index of the bytes that are missing.</summary>
    public const int Missing = 16;

    /// <summary>Index of the payload bytes.</summary>
    public const int Bytes = 17;

    private const int Sums = 18;

    /// <summary>Initializes a new instance of the <see cref="PathFacts"/> class.</summary>
    public PathFacts()
        : base(6)
    {
        Totals = Part(new Counters(Sums));
        Handshakes = Part(new Histogram());
        AckTimes = Part(new Histogram());
        Retransmitted = Part(new FrameSample());
        Closed = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the sums.</summary>
    public Counters Totals { get; }

    /// <summary>Gets the times from SYN to SYN-ACK of connections that the sender opened, in nanoseconds.</summary>
    public Histogram Handshakes { get; }

    /// <summary>Gets the times from bytes that were sent to their acknowledgment, in nanoseconds.</summary>
    public Histogram AckTimes { get; }

    /// <summary>Gets the frames that were sent again.</summary>
    public FrameSample Retransmitted { get; }

    /// <summary>Gets the frames in which the sender says that it takes no more.</summary>
    public FrameSample Closed { get; }

    /// <summary>Gets when either happened.</summary>
    public Extent Extent { get; }

    /// <summary>Gets how many segments had a note.</summary>
    public long Of(SegmentNotes note) => Totals[IndexOf(note)];

    /// <summary>Notes a segment.</summary>
    public void Add(SegmentSeen segment)
    {
        for (int bits = (int)segment.Notes; bits != 0; bits &= bits - 1)
        {
            Totals[IndexOf((SegmentNotes)bits)]++;
        }

        if ((segment.Notes & SegmentNotes.Retransmission) != 0)
        {
            Retransmitted.Add(segment.Frame);
            Extent.Add(segment.Time, segment.Frame);
        }

        if ((segment.Notes & SegmentNotes.ZeroWindow) != 0)
        {
            Closed.Add(segment.Frame);
            Extent.Add(segment.Time, segment.Frame);
        }
    }

    internal static int IndexOf(SegmentNotes note) => 1 + System.Numerics.BitOperations.TrailingZeroCount((int)note);
}
