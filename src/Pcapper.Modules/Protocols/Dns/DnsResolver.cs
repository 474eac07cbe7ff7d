using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>What one server was asked and answered.</summary>
public sealed class DnsResolver : Group
{
    /// <summary>Initializes a new instance of the <see cref="DnsResolver"/> class.</summary>
    public DnsResolver()
        : base(5)
    {
        Queries = Part(new Count());
        Rcodes = Part(new Counters());
        Times = Part(new Histogram());
        Clients = Part(new Sketch());
        Frames = Part(new FrameSample());
    }

    /// <summary>Gets how many queries it got.</summary>
    public Count Queries { get; }

    /// <summary>Gets how many responses it gave, per response code.</summary>
    public Counters Rcodes { get; }

    /// <summary>Gets the nanoseconds it took.</summary>
    public Histogram Times { get; }

    /// <summary>Gets how many hosts asked it.</summary>
    public Sketch Clients { get; }

    /// <summary>Gets the first frames with it.</summary>
    public FrameSample Frames { get; }
}
