using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Evidence;

/// <summary>Which frames go to which finding: those it cites, and those of the flows that they belong to.</summary>
internal sealed class EvidencePlan
{
    private readonly Dictionary<FrameRef, List<int>> _cited = [];
    private readonly Dictionary<FlowName, List<int>> _flows = [];

    /// <summary>Initializes a new instance of the <see cref="EvidencePlan"/> class.</summary>
    public EvidencePlan(IReadOnlyList<Finding> findings)
    {
        for (int i = 0; i < findings.Count; i++)
        {
            foreach (FrameRef frame in findings[i].Evidence)
            {
                Add(_cited, frame, i);
            }
        }
    }

    /// <summary>Tells whether any finding cites a frame.</summary>
    public bool IsCited(FrameRef frame) => _cited.ContainsKey(frame);

    /// <summary>Gets which findings cite a frame.</summary>
    public IReadOnlyList<int> Citing(FrameRef frame) => _cited.TryGetValue(frame, out List<int>? findings) ? findings : [];

    /// <summary>Gets which findings are about the flow that a packet belongs to.</summary>
    public IReadOnlyList<int> About(in Packet packet) => packet.HasIp && _flows.TryGetValue(FlowName.Of(packet), out List<int>? findings) ? findings : [];

    /// <summary>Takes a packet that is cited: its flow belongs to the evidence.</summary>
    public void Learn(in Packet packet)
    {
        // Pieces have no ports: what they belong to is not known by them alone.
        if (packet.HasIp && !packet.IsFragment)
        {
            foreach (int finding in Citing(packet.Frame.Ref))
            {
                Add(_flows, FlowName.Of(packet), finding);
            }
        }
    }

    private static void Add<TKey>(Dictionary<TKey, List<int>> map, TKey key, int finding)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out List<int>? findings))
        {
            map.Add(key, findings = []);
        }

        if (!findings.Contains(finding))
        {
            findings.Add(finding);
        }
    }

    // Both directions alike.
    private readonly record struct FlowName(int Capture, IpAddress Low, ushort LowPort, IpAddress High, ushort HighPort, IpProtocol Protocol)
    {
        public static FlowName Of(in Packet packet)
        {
            bool isTurned = (packet.Source, packet.SourcePort).CompareTo((packet.Destination, packet.DestinationPort)) > 0;
            return isTurned
                ? new FlowName(packet.Frame.Ref.Capture, packet.Destination, packet.DestinationPort, packet.Source, packet.SourcePort, packet.Protocol)
                : new FlowName(packet.Frame.Ref.Capture, packet.Source, packet.SourcePort, packet.Destination, packet.DestinationPort, packet.Protocol);
        }
    }
}
