namespace Pcapper.Packets;

/// <summary>What is known of the pieces of one datagram.</summary>
public readonly record struct FragmentFacts
{
    /// <summary>Gets how many pieces arrived, those that brought nothing new included.</summary>
    public int Pieces { get; init; }

    /// <summary>Gets the bytes of all those IP packets, headers included.</summary>
    public long IpBytes { get; init; }

    /// <summary>Gets the frame of the piece that arrived first.</summary>
    public FrameRef First { get; init; }

    /// <summary>Gets when the first piece arrived.</summary>
    public Timestamp FirstTime { get; init; }

    /// <summary>Gets the rules that the pieces break together.</summary>
    public Anomalies Anomalies { get; init; }
}
