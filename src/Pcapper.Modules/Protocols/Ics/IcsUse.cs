using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>What one client does with one server.</summary>
internal sealed class IcsUse : Group
{
    private const int MostStations = 256;

    /// <summary>Initializes a new instance of the <see cref="IcsUse"/> class.</summary>
    public IcsUse()
        : base(17)
    {
        Requests = Part(new Count());
        Answers = Part(new Count());
        Refused = Part(new Count());
        Reports = Part(new Count());
        Asked = Part(new FrameSample());
        Ports = Part(new Smallest<NumberKey>(4));
        Stations = Part(new KeySet<NumberKey>(MostStations));
        All = Part(new Extent());
        Reads = Part(new FrameSample());
        ReadTimes = Part(new Extent());
        Commands = Part(new FrameSample());
        CommandTimes = Part(new Extent());
        ResponseTimes = Part(new Histogram());
        CommandGap = Part(new Maximum());
        InFlight = Part(new Maximum());
        Unusual = Part(new Count());
        Unasked = Part(new Count());
    }

    /// <summary>Gets the requests.</summary>
    public Count Requests { get; }

    /// <summary>Gets the frames of the requests.</summary>
    public FrameSample Asked { get; }

    /// <summary>Gets the answers to requests, refusals among them.</summary>
    public Count Answers { get; }

    /// <summary>Gets the refusals.</summary>
    public Count Refused { get; }

    /// <summary>Gets what the server reported by itself.</summary>
    public Count Reports { get; }

    /// <summary>Gets the server's ports, the smallest few.</summary>
    public Smallest<NumberKey> Ports { get; }

    /// <summary>Gets the units or stations addressed.</summary>
    public KeySet<NumberKey> Stations { get; }

    /// <summary>Gets when there were requests.</summary>
    public Extent All { get; }

    /// <summary>Gets the requests that read.</summary>
    public FrameSample Reads { get; }

    /// <summary>Gets when it read.</summary>
    public Extent ReadTimes { get; }

    /// <summary>Gets the requests that command: writes, restarts, programs.</summary>
    public FrameSample Commands { get; }

    /// <summary>Gets when it commanded.</summary>
    public Extent CommandTimes { get; }

    /// <summary>Gets the response times in nanoseconds.</summary>
    public Histogram ResponseTimes { get; }

    /// <summary>Gets the longest time between two commands of a flow, in nanoseconds.</summary>
    public Maximum CommandGap { get; }

    /// <summary>Gets the most requests of a flow that waited for an answer at a time.</summary>
    public Maximum InFlight { get; }

    /// <summary>Gets the messages that Wireshark does not dissect by itself.</summary>
    public Count Unusual { get; }

    /// <summary>Gets the answers whose request is not in the capture.</summary>
    public Count Unasked { get; }
}
