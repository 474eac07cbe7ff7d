using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Vlan;

/// <summary><c>--vlan</c>: VLANs by their whole tag stack, who is in several, VLAN hopping, switch protocols from where they do not belong.</summary>
public sealed class VlanAnalyzer : Analyzer<VlanState>, IPacketConsumer
{
    /// <summary>A host sends frames with two customer tags.</summary>
    public static readonly FindingType DoubleTag = new("vlan.double-tag", "Double-tagged frames (VLAN hopping)", Severity.High, "T1599")
    {
        Unless = "the capture was taken on a link where a provider stacks customer tags (then all hosts' frames have two)",
    };

    /// <summary>A host negotiates a trunk.</summary>
    public static readonly FindingType Dtp = new("vlan.dtp", "Trunk negotiation (DTP) seen", Severity.Low, "T1599")
    {
        Unless = "the sender is a switch and the capture was taken on a trunk; on access ports DTP should be off",
    };

    /// <summary>VLAN configuration is announced.</summary>
    public static readonly FindingType Vtp = new("vlan.vtp", "VLAN configuration (VTP) announced", Severity.Low, "T1599")
    {
        Unless = "the capture was taken between switches of one VTP domain",
    };

    private VlanKey _lastKey = new(-1, 0);
    private VlanUse? _lastUse;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new("vlan", "--vlan", "VLAN", "VLAN tags, hosts in several VLANs, hopping", 1, [DoubleTag, Dtp, Vtp]);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus) => bus.SubscribePackets(this);

    /// <inheritdoc/>
    public void Consume(in Packet packet, Flow? flow)
    {
        if (packet.Last is Layer.Dtp or Layer.Vtp or Layer.Cdp)
        {
            State.Trunking[new((long)packet.Last, packet.SourceMac)].Add(packet.Frame.Ref);
        }

        if (packet.Vlans.Count == 0)
        {
            if (packet.HasMac)
            {
                State.Untagged.Add();
            }

            return;
        }

        State.TaggedFrames.Add();
        VlanKey key = VlanKey.Of(packet.Vlans);
        if (_lastUse is null || key != _lastKey)
        {
            _lastKey = key;
            _lastUse = State.Stacks[key];
        }

        Count(packet, _lastUse);
        if (packet.HasMac)
        {
            CountSender(packet, key);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(VlanState state, Conclusions conclusions)
    {
        VlanTables.Write(state, conclusions.Section);
        ConcludeDoubleTags(state, conclusions);
        foreach ((Key2<NumberKey, MacKey> key, FrameSample frames) in state.Trunking.Entries.Where(t => (Layer)t.Key.First.Value != Layer.Cdp))
        {
            var layer = (Layer)key.First.Value;
            conclusions.Add(new Finding
            {
                Type = layer == Layer.Dtp ? Dtp : Vtp,
                Subject = key.Second.Address.ToString(),
                Summary = $"{Units.Count(frames.Total, "frame")} of {LayerNames.Of(layer).ToUpperInvariant()} from this link address",
                Count = frames.Total,
                DisplayFilter = Filter.FromMac(key.Second.Address).And(LayerNames.Of(layer)),
            }.WithEvidence(frames));
        }
    }

    private static void Count(in Packet packet, VlanUse use)
    {
        use.Frames.Add(packet.Frame.Ref);
        use.Bytes.Add(packet.Frame.OriginalLength);
        use.Priorities[packet.Vlans.Priority(0)]++;
        use.Extent.Add(packet.Frame.Time, packet.Frame.Ref);
        if (packet.Vlans.DropEligible(0))
        {
            use.DropEligible.Add();
        }

        if (packet.Vlans.IsServiceTag(0))
        {
            use.ServiceTags.Add();
        }

        if (packet.HasMac)
        {
            use.Macs.Add(packet.SourceMac);
        }

        if (packet.HasIp && packet.Tunnel.IsNone)
        {
            use.Hosts.Add(packet.Source);
        }
    }

    private void CountSender(in Packet packet, VlanKey key)
    {
        SenderVlans sender = State.Senders[packet.SourceMac];
        sender.Vlans.Add(key.Id(0));
        sender.Frames.Add(packet.Frame.Ref);
        if (packet.HasIp && packet.Tunnel.IsNone)
        {
            sender.Hosts.Add(packet.Source);
        }

        if (packet.Vlans.Count >= 2 && !packet.Vlans.IsServiceTag(0))
        {
            State.DoubleTags[new(packet.SourceMac, key)].Add(packet.Frame.Ref);
        }
    }

    // Where every tagged frame has two tags, the link stacks them; one host alone does it on purpose.
    private static void ConcludeDoubleTags(VlanState state, Conclusions conclusions)
    {
        const int LinkShare = 2;
        long doubled = state.DoubleTags.Entries.Sum(d => d.Value.Total);
        if (doubled == 0 || doubled * LinkShare > state.TaggedFrames.Value + state.Untagged.Value)
        {
            return;
        }

        foreach ((Key2<MacKey, VlanKey> key, FrameSample frames) in state.DoubleTags.Entries)
        {
            conclusions.Add(new Finding
            {
                Type = DoubleTag,
                Subject = $"{key.First.Address} into VLAN {key.Second.Id(key.Second.Count - 1)}",
                Summary = $"{Units.Count(frames.Total, "frame")} with customer tags {key.Second}, where other frames of this capture have at most one",
                Confidence = 75,
                Count = frames.Total,
                DisplayFilter = Filter.FromMac(key.First.Address).And($"vlan.id == {key.Second.Id(0)} && vlan.id == {key.Second.Id(1)}"),
            }.WithEvidence(frames));
        }
    }
}
