using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>How regularly a request comes.</summary>
internal sealed class IcsPoll : Group
{
    /// <summary>Initializes a new instance of the <see cref="IcsPoll"/> class.</summary>
    public IcsPoll()
        : base(3)
    {
        Requests = Part(new Count());
        Intervals = Part(new Histogram());
        Times = Part(new Extent());
    }

    /// <summary>Gets how often it came.</summary>
    public Count Requests { get; }

    /// <summary>Gets the times between, within flows, in nanoseconds.</summary>
    public Histogram Intervals { get; }

    /// <summary>Gets when.</summary>
    public Extent Times { get; }
}
