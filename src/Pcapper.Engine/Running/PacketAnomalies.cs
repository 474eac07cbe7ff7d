using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Turns the decoder's flags into records.</summary>
internal static class PacketAnomalies
{
    private static readonly (Anomalies Flag, string Rule)[] s_rules =
    [
        (Anomalies.ShortHeader, "header too short"),
        (Anomalies.BadLength, "length fields disagree"),
        (Anomalies.BadVersion, "impossible version"),
        (Anomalies.TooManyTunnels, "too many tunnels"),
        (Anomalies.TooManyVlanTags, "too many VLAN tags"),
        (Anomalies.TooManyExtensionHeaders, "too many IPv6 extension headers"),
        (Anomalies.BadOptions, "malformed options"),
        (Anomalies.BadFlags, "impossible TCP flags"),
        (Anomalies.SameAddress, "source and destination are the same"),
        (Anomalies.FragmentOverlap, "fragments overlap"),
        (Anomalies.FragmentTooLong, "fragment beyond the largest datagram"),
        (Anomalies.TooManyFragments, "too many fragments"),
        (Anomalies.TinyFragment, "first fragment too small"),
    ];

    public static void Report(in Packet packet, Flow? flow, Emitter<AnomalySeen> emitter)
    {
        FlowId id = flow?.Id ?? new FlowId(
            new FlowKey(packet.Source, packet.SourcePort, packet.Destination, packet.DestinationPort, packet.Protocol, packet.Tunnel.Canonical), packet.Frame.Ref);
        foreach ((Anomalies flag, string rule) in s_rules)
        {
            if ((packet.Anomalies & flag) != 0)
            {
                emitter.Emit(new AnomalySeen { Flow = id, Frame = packet.Frame.Ref, Time = packet.Frame.Time, Protocol = LayerNames.Of(packet.Last), Rule = rule });
            }
        }
    }
}
