using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>How fast a server answers in one protocol.</summary>
public sealed class ResponseFacts : Group
{
    /// <summary>From how many nanoseconds on an answer is remembered as slow.</summary>
    public const long Slow = 100_000_000;

    /// <summary>Initializes a new instance of the <see cref="ResponseFacts"/> class.</summary>
    public ResponseFacts()
        : base(4)
    {
        Times = Part(new Histogram());
        Unanswered = Part(new Count());
        SlowFrames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the times from request to response in nanoseconds.</summary>
    public Histogram Times { get; }

    /// <summary>Gets the requests without response.</summary>
    public Count Unanswered { get; }

    /// <summary>Gets the frames of slow responses.</summary>
    public FrameSample SlowFrames { get; }

    /// <summary>Gets when there were any.</summary>
    public Extent Extent { get; }

    /// <summary>Adds a response.</summary>
    public void Add(long nanoseconds, FrameRef frame, Timestamp time)
    {
        Times.Add(nanoseconds);
        if (nanoseconds >= Slow)
        {
            SlowFrames.Add(frame);
            Extent.Add(time, frame);
        }
    }
}
