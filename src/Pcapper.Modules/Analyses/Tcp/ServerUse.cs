using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Tcp;

/// <summary>How connections to one server went.</summary>
public sealed class ServerUse : Group
{
    /// <summary>Index of connections that were established.</summary>
    public const int Established = 0;

    /// <summary>Index of attempts that were refused.</summary>
    public const int Refused = 1;

    /// <summary>Index of attempts that were not answered.</summary>
    public const int Unanswered = 2;

    /// <summary>Index of attempts that were answered but not completed.</summary>
    public const int HalfOpen = 3;

    /// <summary>Index of handshake times that were measured.</summary>
    public const int Timed = 4;

    /// <summary>Index of their sum in nanoseconds.</summary>
    public const int TimeSum = 5;

    /// <summary>Initializes a new instance of the <see cref="ServerUse"/> class.</summary>
    public ServerUse()
        : base(4)
    {
        Counts = Part(new Counters(6));
        Originators = Part(new Sketch());
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the counters.</summary>
    public Counters Counts { get; }

    /// <summary>Gets how many hosts tried.</summary>
    public Sketch Originators { get; }

    /// <summary>Gets the first frames of flows that were not completed.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
