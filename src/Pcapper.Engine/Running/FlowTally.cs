namespace Pcapper.Engine;

/// <summary>Counts the flows of each capture, for the judgement of its quality.</summary>
internal sealed class FlowTally(int captures) : IFlowCounter
{
    private readonly Totals[] _captures = new Totals[captures];

    /// <summary>Gets the totals of a capture.</summary>
    public Totals this[int capture] => _captures[capture];

    /// <inheritdoc/>
    public void Count(in FlowCounts flow)
    {
        ref Totals totals = ref _captures[flow.Capture];
        totals.Flows++;
        totals.Bytes += flow.PayloadBytes;
        totals.Missing += flow.ToResponder.MissedBytes + flow.ToOriginator.MissedBytes;
        if (IsOneSided(flow))
        {
            totals.OneSided++;
        }
    }

    /// <summary>Adds another shard's counts.</summary>
    public void Merge(FlowTally other)
    {
        for (int i = 0; i < _captures.Length; i++)
        {
            _captures[i].Flows += other._captures[i].Flows;
            _captures[i].OneSided += other._captures[i].OneSided;
            _captures[i].Bytes += other._captures[i].Bytes;
            _captures[i].Missing += other._captures[i].Missing;
        }
    }

    // A TCP side that acknowledges or sends data has a peer, whose packets must have been somewhere.
    private static bool IsOneSided(in FlowCounts flow) => flow.Protocol == Packets.IpProtocol.Tcp
        && ((flow.ToResponder.Packets == 0 && flow.ToOriginator.PayloadBytes > 0) || (flow.ToOriginator.Packets == 0 && flow.ToResponder.PayloadBytes > 0));

    /// <summary>What was counted.</summary>
    public struct Totals
    {
        /// <summary>Flows.</summary>
        public long Flows;

        /// <summary>TCP flows of which the capture has one direction only.</summary>
        public long OneSided;

        /// <summary>Payload bytes, missing ones included.</summary>
        public long Bytes;

        /// <summary>Payload bytes that are missing.</summary>
        public long Missing;
    }
}
