using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>The tables of <c>--protocols</c>.</summary>
internal static class ProtocolTables
{
    private const int HierarchyShown = 15;

    public static void Write(ProtocolsState state, Section section, int? rows)
    {
        SortedDictionary<string, Node> tree = Tree(state);
        long packets = state.Paths.Entries.Sum(p => p.Value[ProtocolsState.PathPackets]);
        long bytes = state.Paths.Entries.Sum(p => p.Value[ProtocolsState.PathBytes]);
        section.Headline($"{Units.Count(packets, "packet")}, {Units.Bytes(bytes)}, {Units.Count(state.Services.Entries.Select(s => s.Key.Second.Text).Distinct(StringComparer.Ordinal).Count(), "protocol")} recognised by content");
        section.Fact("packets", "Packets", packets).Fact("bytes", "Bytes", Cell.Bytes(bytes));
        Table hierarchy = section.Table(
            "hierarchy", "hierarchy", new("path", "protocol"), new("packets", "packets", CellKind.Integer), new("share", "share", CellKind.Percent),
            new("bytes", "frame bytes", CellKind.Bytes), new("ip_bytes", "IP bytes", CellKind.Bytes), new("end_packets", "ends here", CellKind.Integer), new("flows", "flows", CellKind.Integer));
        hierarchy.Shown = rows ?? HierarchyShown;
        foreach ((string path, Node node) in tree)
        {
            hierarchy.Row(path, node.Packets, Cell.Percent(node.Packets, packets), node.Bytes == 0 ? Cell.None : Cell.Bytes(node.Bytes), node.IpBytes == 0 ? Cell.None : Cell.Bytes(node.IpBytes), node.EndPackets, node.Flows == 0 ? Cell.None : node.Flows);
        }

        OddPorts(state, section);
        Anomalies(state, section);
    }

    private static void OddPorts(ProtocolsState state, Section section)
    {
        if (state.Ports.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "odd_ports", "protocols on ports of others", new("protocol", "spoken"), new("port", "port", CellKind.Code), new("usual", "usual there"),
            new("flows", "flows", CellKind.Integer), new("bytes", "bytes", CellKind.Bytes), new("servers", "servers", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        foreach ((Key2<TextKey, NumberKey> key, PortUse use) in state.Ports.Entries.OrderByDescending(p => p.Value.Frames.Total).ThenBy(p => p.Key))
        {
            table.Row(
                key.First.Text, Cell.Code(key.Second.Value), ServicePorts.Usual((ushort)key.Second.Value), use.Frames.Total, Cell.Bytes(use.Bytes.Value),
                Cell.List(use.Responders.Keys.Take(4).Select(a => a.ToString())), Cell.Frames(use.Frames));
        }
    }

    private static void Anomalies(ProtocolsState state, Section section)
    {
        if (state.Anomalies.Count == 0)
        {
            section.Note("No packet or message broke the rules of its format.");
            return;
        }

        Table table = section.Table(
            "anomalies", "anomalies", new("protocol", "protocol"), new("rule", "broken rule"), new("count", "count", CellKind.Integer), new("frames", "frames", CellKind.Frames));
        foreach ((Key2<TextKey, TextKey> key, FrameSample frames) in state.Anomalies.Entries.OrderByDescending(a => a.Value.Total).ThenBy(a => a.Key))
        {
            table.Row(key.First.Text, key.Second.Text, frames.Total, Cell.Frames(frames));
        }
    }

    // Each prefix of a path is a row; application protocols hang below the path of their flows' first packet. Flows count IP bytes.
    private static SortedDictionary<string, Node> Tree(ProtocolsState state)
    {
        var tree = new SortedDictionary<string, Node>(StringComparer.Ordinal);
        foreach ((PathKey key, Counters counters) in state.Paths.Entries)
        {
            string path = "";
            foreach (string name in LayerNames.OfPath(key.Path))
            {
                path = path.Length == 0 ? name : $"{path}:{name}";
                Node node = At(tree, path);
                node.Packets += counters[ProtocolsState.PathPackets];
                node.Bytes += counters[ProtocolsState.PathBytes];
            }

            At(tree, path).EndPackets += counters[ProtocolsState.PathPackets];
        }

        foreach ((Key2<PathKey, TextKey> key, Counters counters) in state.Services.Entries)
        {
            string path = string.Join(':', LayerNames.OfPath(key.First.Path));
            Node parent = At(tree, path);
            parent.Flows += counters[ProtocolsState.Flows];
            parent.EndPackets = Math.Max(0, parent.EndPackets - counters[ProtocolsState.Packets]);
            foreach (string service in key.Second.Text.Split('/'))
            {
                path = $"{path}:{service}";
                Node node = At(tree, path);
                node.Flows += counters[ProtocolsState.Flows];
                node.Packets += counters[ProtocolsState.Packets];
                node.IpBytes += counters[ProtocolsState.Bytes];
            }

            At(tree, path).EndPackets += counters[ProtocolsState.Packets];
        }

        return tree;
    }

    private static Node At(SortedDictionary<string, Node> tree, string path)
    {
        if (!tree.TryGetValue(path, out Node? node))
        {
            node = new Node();
            tree.Add(path, node);
        }

        return node;
    }

    private sealed class Node
    {
        public long Packets { get; set; }

        public long Bytes { get; set; }

        public long IpBytes { get; set; }

        public long EndPackets { get; set; }

        public long Flows { get; set; }
    }
}
