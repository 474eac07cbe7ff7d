using Pcapper.Engine;
using Pcapper.Modules.Data;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Vlan;

/// <summary>The tables of <c>--vlan</c>.</summary>
internal static class VlanTables
{
    public static void Write(VlanState state, Section section)
    {
        if (state.Stacks.Count == 0)
        {
            section.Headline("no tagged frames");
            section.Fact("tagged_frames", "Tagged frames", 0);
            Trunking(state, section);
            return;
        }

        section.Headline($"{Units.Count(state.TaggedFrames.Value, "tagged frame")} in {Units.Count(state.Stacks.Count, "VLAN")}, {Units.Count(state.Untagged.Value, "frame")} without a tag");
        section.Fact("tagged_frames", "Tagged frames", state.TaggedFrames.Value).Fact("untagged_frames", "Untagged frames", state.Untagged.Value);
        Table table = section.Table(
            "vlans", "VLANs", new("vlan", "tags"), new("frames", "frames", CellKind.Integer), new("bytes", "bytes", CellKind.Bytes),
            new("macs", "senders", CellKind.Integer), new("hosts", "addresses", CellKind.Integer), new("priorities", "priorities", CellKind.Texts),
            new("kind", "kind"), new("first", "first", CellKind.Time), new("last", "last", CellKind.Time));
        foreach ((VlanKey key, VlanUse use) in state.Stacks.Entries.OrderByDescending(s => s.Value.Frames.Total).ThenBy(s => s.Key))
        {
            string kind = use.ServiceTags.Value > 0 ? "802.1ad" : key.Count > 1 ? "stacked 802.1Q" : key.Id(0) == 0 ? "priority only" : "802.1Q";
            table.Row(
                key.ToString(), use.Frames.Total, Cell.Bytes(use.Bytes.Value), use.Macs.Distinct, use.Hosts.Distinct,
                Cell.List(Enumerable.Range(0, 8).Where(p => use.Priorities[p] > 0).Select(p => p.ToString(System.Globalization.CultureInfo.InvariantCulture))),
                kind, use.Extent.First, use.Extent.Last);
        }

        Several(state, section);
        Trunking(state, section);
    }

    private static void Several(VlanState state, Section section)
    {
        List<KeyValuePair<MacKey, SenderVlans>> several = [.. state.Senders.Entries.Where(s => s.Value.Vlans.Distinct > 1)];
        if (several.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "several", "link addresses in several VLANs (routers, trunks, hosts with tagged interfaces)", new("mac", "link address", CellKind.Address), new("vendor", "vendor"),
            new("vlans", "VLANs", CellKind.Texts), new("addresses", "addresses", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        foreach ((MacKey mac, SenderVlans sender) in several)
        {
            table.Row(
                mac.Address, MacVendors.Of(mac.Address), Cell.List(sender.Vlans.Keys.Select(v => v.ToString())),
                Cell.List(sender.Hosts.Keys.Select(h => h.ToString())), Cell.Frames(sender.Frames));
        }
    }

    private static void Trunking(VlanState state, Section section)
    {
        if (state.Trunking.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "switch_protocols", "switch protocols", new("protocol", "protocol"), new("mac", "sender", CellKind.Address), new("vendor", "vendor"),
            new("frame_count", "frames", CellKind.Integer), new("frames", "which", CellKind.Frames));
        foreach ((Key2<NumberKey, MacKey> key, FrameSample frames) in state.Trunking.Entries)
        {
            table.Row(LayerNames.Of((Layer)key.First.Value), key.Second.Address, MacVendors.Of(key.Second.Address), frames.Total, Cell.Frames(frames));
        }
    }
}
