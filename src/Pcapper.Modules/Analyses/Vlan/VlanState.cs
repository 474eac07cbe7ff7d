using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Vlan;

/// <summary>VLANs, who is in several of them, and the protocols by which switches talk about them.</summary>
public sealed class VlanState : AnalyzerState
{
    /// <summary>Initializes a new instance of the <see cref="VlanState"/> class.</summary>
    public VlanState()
    {
        Stacks = Part(new PartMap<VlanKey, VlanUse>(cap: 8192));
        Senders = Part(new PartMap<MacKey, SenderVlans>(cap: 200_000));
        Trunking = Part(new PartMap<Key2<NumberKey, MacKey>, FrameSample>(cap: 8192));
        DoubleTags = Part(new PartMap<Key2<MacKey, VlanKey>, FrameSample>(cap: 8192));
        Untagged = Part(new Count());
        TaggedFrames = Part(new Count());
    }

    /// <summary>Gets what went on per tag stack.</summary>
    public PartMap<VlanKey, VlanUse> Stacks { get; }

    /// <summary>Gets the VLANs in which each link address sent.</summary>
    public PartMap<MacKey, SenderVlans> Senders { get; }

    /// <summary>Gets the frames of DTP, VTP and CDP per sender (<see cref="Layer"/> as a number).</summary>
    public PartMap<Key2<NumberKey, MacKey>, FrameSample> Trunking { get; }

    /// <summary>Gets the frames with two customer tags per sender and stack.</summary>
    public PartMap<Key2<MacKey, VlanKey>, FrameSample> DoubleTags { get; }

    /// <summary>Gets how many Ethernet frames have no tag.</summary>
    public Count Untagged { get; }

    /// <summary>Gets how many frames have one.</summary>
    public Count TaggedFrames { get; }
}
