using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>What came to one host.</summary>
public sealed class IcmpTarget : Group
{
    /// <summary>Initializes a new instance of the <see cref="IcmpTarget"/> class.</summary>
    public IcmpTarget()
        : base(5)
    {
        Frames = Part(new FrameSample());
        Bytes = Part(new Count());
        Senders = Part(new Sketch());
        Rate = Part(new TimeSeries());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the messages.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the payload bytes.</summary>
    public Count Bytes { get; }

    /// <summary>Gets how many hosts sent them.</summary>
    public Sketch Senders { get; }

    /// <summary>Gets the messages over time.</summary>
    public TimeSeries Rate { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
