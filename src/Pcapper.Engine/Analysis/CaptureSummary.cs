using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>What one capture amounted to, and how good it is.</summary>
public sealed record CaptureSummary
{
    private const int FewOneSided = 2;

    /// <summary>Gets its index in this run, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Gets its path as the user wrote it, raw.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the file's format: <c>pcapng</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Gets the size of the file in bytes as stored.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets the SHA-256 of the file in hexadecimal, if it was computed.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Gets the frames.</summary>
    public long Frames { get; init; }

    /// <summary>Gets the bytes of the frames as they were on the wire.</summary>
    public long DataBytes { get; init; }

    /// <summary>Gets the earliest time, or null if there is no frame.</summary>
    public Timestamp? First { get; init; }

    /// <summary>Gets the latest time, or null if there is no frame.</summary>
    public Timestamp? Last { get; init; }

    /// <summary>Gets the most bits in one second.</summary>
    public long PeakBitsPerSecond { get; init; }

    /// <summary>Gets the interfaces.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces { get; init; } = [];

    /// <summary>Gets the comments of the file, raw.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Gets what is wrong with the file, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Gets the frames that the capturing host says it dropped.</summary>
    public long Dropped { get; init; }

    /// <summary>Gets the frames cut by the snap length.</summary>
    public long Truncated { get; init; }

    /// <summary>Gets the frames that are older than the one before them.</summary>
    public long StepsBack { get; init; }

    /// <summary>Gets the nanoseconds of the longest step back in time.</summary>
    public long LongestStepBack { get; init; }

    /// <summary>Gets the nanoseconds of the longest time without a frame.</summary>
    public long LongestGap { get; init; }

    /// <summary>Gets the flows.</summary>
    public long Flows { get; init; }

    /// <summary>Gets the TCP flows of which only one direction was captured.</summary>
    public long OneSidedFlows { get; init; }

    /// <summary>Gets the TCP bytes that were sent but not captured.</summary>
    public long MissingBytes { get; init; }

    /// <summary>Gets the TCP bytes that were sent, captured or not.</summary>
    public long TotalBytes { get; init; }

    /// <summary>Gets the share of TCP bytes that is missing, 0 to 1.</summary>
    public double MissingShare => TotalBytes <= 0 ? 0 : Math.Clamp((double)MissingBytes / TotalBytes, 0, 1);

    /// <summary>Gets the verdict on the capture's quality, from its worst number: what is missing limits what can be concluded.</summary>
    public CaptureQuality Quality => Problem is not null || Worst >= 0.05 ? CaptureQuality.Poor
        : Worst >= 0.01 ? CaptureQuality.Fair
        : CaptureQuality.Good;

    /// <summary>Gets the share of flows of which the capture has one direction only, 0 to 1; a few say nothing of the others.</summary>
    public double OneSidedShare => OneSidedFlows <= FewOneSided ? 0 : Share(OneSidedFlows, Flows);

    /// <summary>Gets by how many percent findings that rest on the absence of packets are less sure: packets may be missing that were there.</summary>
    public int Doubt => Lost >= 0.05 || OneSidedShare >= 0.25 ? 25 : Lost >= 0.01 || OneSidedShare >= 0.05 ? 10 : 0;

    private double Lost => Math.Max(Share(Dropped, Frames), MissingShare);

    // One-sided flows count for a fifth: scans and closed ports leave some in every good capture.
    private double Worst => Math.Max(
        Math.Max(Share(Dropped, Frames), Share(Truncated, Frames)),
        Math.Max(MissingShare, OneSidedShare / 5));

    private static double Share(long part, long whole) => whole <= 0 ? 0 : (double)part / whole;
}
