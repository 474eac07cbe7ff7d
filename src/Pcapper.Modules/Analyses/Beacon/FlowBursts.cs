using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>
/// Tells when the originator of a long flow speaks again after a silence: the beats of a client that keeps one connection open. It looks at
/// each flow alone, so that it does not matter who reads which.
/// </summary>
internal sealed class FlowBursts
{
    // Short flows are beats themselves: nothing is kept of them.
    private const long LongFlow = 10 * Timestamp.PerSecond;

    private readonly Dictionary<Flow, (FrameRef First, Timestamp Last)> _spoke = new(ReferenceEqualityComparer.Instance);

    /// <summary>Tells whether a packet breaks the silence of its flow's originator.</summary>
    public bool IsBurst(in Packet packet, Flow flow)
    {
        if (packet.PayloadLength <= 0 || flow.LatestDirection != Direction.ToResponder || packet.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp))
        {
            return false;
        }

        Timestamp now = packet.Frame.Time;
        if (now - flow.First < LongFlow || (packet.Protocol == IpProtocol.Tcp && flow.LatestSegment is not (SegmentKind.New or SegmentKind.OutOfOrder)))
        {
            return false;
        }

        // Flow objects are used again for other flows, which begin with another frame.
        FrameRef first = flow.Id.First;
        bool isBurst = !_spoke.TryGetValue(flow, out (FrameRef First, Timestamp Last) before) || before.First != first || now - before.Last >= Rhythm.Silence;
        _spoke[flow] = (first, now);
        return isBurst;
    }
}
