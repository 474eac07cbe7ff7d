namespace Pcapper.Engine;

/// <summary>What one direction of a flow amounted to.</summary>
public readonly record struct DirectionTotals
{
    /// <summary>Gets the packets.</summary>
    public required long Packets { get; init; }

    /// <summary>Gets the bytes of the IP packets, headers included.</summary>
    public required long IpBytes { get; init; }

    /// <summary>Gets the payload bytes: TCP by sequence numbers, so without retransmissions; others the sum.</summary>
    public required long PayloadBytes { get; init; }

    /// <summary>Gets the payload bytes that are missing from the capture.</summary>
    public long MissedBytes { get; init; }

    /// <summary>Gets the TCP segments whose data had been sent before.</summary>
    public long Retransmitted { get; init; }

    /// <summary>Gets the TCP segments that came after later data but were not sent before.</summary>
    public long OutOfOrder { get; init; }

    /// <summary>Gets the keep-alive probes.</summary>
    public long KeepAlives { get; init; }

    /// <summary>Gets how often the sender closed its receive window.</summary>
    public long ZeroWindows { get; init; }

    /// <summary>Gets the overlaps of TCP data with different bytes.</summary>
    public long Conflicts { get; init; }

    /// <summary>Gets the TCP segments with data sent before, of a stream that is read, that came too late to compare all of it.</summary>
    public long NotCompared { get; init; }
}
