using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>What one host asked.</summary>
public sealed class DnsClient : Group
{
    /// <summary>Initializes a new instance of the <see cref="DnsClient"/> class.</summary>
    public DnsClient()
        : base(9)
    {
        Queries = Part(new Count());
        Answered = Part(new Count());
        Names = Part(new Sketch());
        Refused = Part(new FrameSample());
        RefusedNames = Part(new Sketch());
        RefusedTimes = Part(new Extent());
        Generated = Part(new Texts(cap: 24));
        GeneratedNames = Part(new Sketch());
        GeneratedFrames = Part(new FrameSample());
    }

    /// <summary>Gets how many queries it sent.</summary>
    public Count Queries { get; }

    /// <summary>Gets how many of them were answered.</summary>
    public Count Answered { get; }

    /// <summary>Gets how many different names it asked for.</summary>
    public Sketch Names { get; }

    /// <summary>Gets the queries for names that do not exist (NXDOMAIN), look-up services left out.</summary>
    public FrameSample Refused { get; }

    /// <summary>Gets how many different names did not exist.</summary>
    public Sketch RefusedNames { get; }

    /// <summary>Gets when names that do not exist were asked for.</summary>
    public Extent RefusedTimes { get; }

    /// <summary>Gets registered domains that do not exist and look generated.</summary>
    public Texts Generated { get; }

    /// <summary>Gets how many different such domains there are.</summary>
    public Sketch GeneratedNames { get; }

    /// <summary>Gets the queries for them.</summary>
    public FrameSample GeneratedFrames { get; }
}
