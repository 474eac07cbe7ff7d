namespace Pcapper.Modules.Analyses.Tcp;

/// <summary>Indexes of the counters of <see cref="TcpState"/>.</summary>
public static class TcpCounts
{
    /// <summary>Flows.</summary>
    public const int Flows = 0;

    /// <summary>Segments.</summary>
    public const int Segments = 1;

    /// <summary>Segments whose data had been sent before.</summary>
    public const int Retransmitted = 2;

    /// <summary>Segments that came after later data.</summary>
    public const int OutOfOrder = 3;

    /// <summary>Keep-alive probes.</summary>
    public const int KeepAlives = 4;

    /// <summary>Times that a receive window was closed.</summary>
    public const int ZeroWindows = 5;

    /// <summary>Payload bytes that are missing from the capture.</summary>
    public const int MissedBytes = 6;

    /// <summary>Flows that one side reset.</summary>
    public const int Resets = 7;

    /// <summary>Overlaps with different bytes.</summary>
    public const int Conflicts = 8;

    /// <summary>Segments with data sent before that came too late to compare all of it.</summary>
    public const int NotCompared = 9;

    /// <summary>How many there are.</summary>
    public const int Count = 10;
}
