using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Tcp;

/// <summary>How connections to one server went: the peers are the hosts that tried, the frames the first of flows that were not completed.</summary>
public sealed class ServerUse : Activity
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
}
