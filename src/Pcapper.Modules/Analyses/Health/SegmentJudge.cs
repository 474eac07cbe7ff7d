using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>Judges TCP segments by what their connection did before, and states those about which there is something to say.</summary>
internal sealed class SegmentJudge : IPacketConsumer
{
    private readonly Emitter<SegmentSeen> _segments;

    private SegmentJudge(Emitter<SegmentSeen> segments) => _segments = segments;

    /// <summary>Makes one if anybody wants to know.</summary>
    public static IPacketConsumer? Create(RecordBus bus) => bus.Emitter<SegmentSeen>() is { IsWanted: true } segments ? new SegmentJudge(segments) : null;

    /// <inheritdoc/>
    public void Consume(in Packet packet, Flow? flow)
    {
        if (flow is null || packet.Protocol != IpProtocol.Tcp || !packet.HasPorts)
        {
            return;
        }

        if (flow.Companion is not SegmentHistory history)
        {
            flow.Companion = history = new SegmentHistory();
        }

        SegmentNotes notes = history.Take(packet, flow.LatestDirection, out long? ackTime);
        if (notes == SegmentNotes.None && ackTime is null)
        {
            return;
        }

        _segments.Emit(new SegmentSeen
        {
            Flow = flow.Id,
            Frame = packet.Frame.Ref,
            Time = packet.Frame.Time,
            Direction = flow.LatestDirection,
            Notes = notes,
            AckTime = ackTime,
        });
    }
}
