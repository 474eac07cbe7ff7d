using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>The section of <c>--nfs</c>.</summary>
internal static class NfsTables
{
    private const int Highest = 8;

    public static void Write(NfsState state, Section section)
    {
        if (state.Servers.Count == 0)
        {
            section.Headline(state.Portmap.Value == 0 ? "no NFS" : $"no NFS; {Units.Count(state.Portmap.Value, "portmap call")}");
            return;
        }

        long read = state.Clients.Entries.Sum(c => c.Value.ReadBytes.Value);
        long written = state.Clients.Entries.Sum(c => c.Value.WrittenBytes.Value);
        section.Headline(
            $"{Units.Count(state.Calls.Value, "call")} to {Units.Count(state.Servers.Distinct, "server")}; {Units.Bytes(read)} read, {Units.Bytes(written)} written"
            + (state.Unanswered.Value > 0 ? $"; {Units.Count(state.Unanswered.Value)} unanswered" : ""));
        Servers(state, section);
        Clients(state, section);
        Files(state, section);
        Operations(state, section);
        Errors(state, section);
    }

    private static void Servers(NfsState state, Section section)
    {
        Table table = section.Table(
            "servers", "servers", new("server", "server", CellKind.Address), new("versions", "versions", CellKind.Texts), new("clients", "clients", CellKind.Integer),
            new("exports", "exports", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        table.Total = state.Servers.Distinct;
        foreach ((AddressKey address, NfsServer server) in state.Servers.Entries.OrderByDescending(s => s.Value.Frames.Total).ThenBy(s => s.Key))
        {
            table.Row(address.Address, Versions(server.Versions), Cell.Distinct(server.Clients), Cell.List(server.Exports), Cell.Frames(server.Frames));
        }
    }

    private static void Clients(NfsState state, Section section)
    {
        Table table = section.Table(
            "clients", "clients", new("client", "client", CellKind.Address), new("server", "server", CellKind.Address), new("credentials", "as", CellKind.Texts),
            new("mounts", "mounted", CellKind.Texts), new("calls", "calls", CellKind.Integer), new("read", "read", CellKind.Bytes), new("written", "written", CellKind.Bytes),
            new("denied", "denied", CellKind.Integer), new("first_seen", "first seen", CellKind.Time));
        table.Total = state.Clients.Distinct;
        foreach ((PairKey pair, NfsClient client) in state.Clients.Entries.OrderByDescending(c => c.Value.ReadBytes.Value + c.Value.WrittenBytes.Value).ThenByDescending(c => c.Value.Calls.Value).ThenBy(c => c.Key))
        {
            table.Row(
                pair.From, pair.To, Cell.List(client.Credentials), Cell.List(client.Mounts), client.Calls.Value, Cell.Bytes(client.ReadBytes.Value),
                Cell.Bytes(client.WrittenBytes.Value), client.Denied.Total, client.Extent.First);
        }
    }

    private static void Files(NfsState state, Section section)
    {
        Table table = section.Table(
            "files", "files and directories", new("server", "server", CellKind.Address), new("path", "path"), new("operations", "operations", CellKind.Texts),
            new("read", "read", CellKind.Bytes), new("written", "written", CellKind.Bytes), new("clients", "clients", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        table.Total = state.Files.Distinct;
        foreach ((Key2<AddressKey, TextKey> key, NfsFile file) in state.Files.Entries.OrderByDescending(f => f.Value.ReadBytes.Value + f.Value.WrittenBytes.Value).ThenBy(f => f.Key))
        {
            table.Row(
                key.First.Address, key.Second.Text, Cell.List(file.Operations), Cell.Bytes(file.ReadBytes.Value), Cell.Bytes(file.WrittenBytes.Value),
                Cell.List([.. file.Clients.Keys.Select(c => c.ToString()), .. file.Clients.IsComplete ? Array.Empty<string>() : ["…"]]), Cell.Frames(file.Frames));
        }
    }

    private static void Operations(NfsState state, Section section)
    {
        Table table = section.Table(
            "operations", "operations", new("operation", "operation"), new("count", "count", CellKind.Integer), new("failed", "failed", CellKind.Integer),
            new("read", "read", CellKind.Bytes), new("written", "written", CellKind.Bytes));
        foreach ((TextKey name, Counters counters) in state.Operations.Entries.OrderByDescending(o => o.Value[0]).ThenBy(o => o.Key))
        {
            table.Row(name.Text, counters[0], counters[1], Cell.Bytes(counters[2]), Cell.Bytes(counters[3]));
        }
    }

    private static void Errors(NfsState state, Section section)
    {
        Table table = section.Table(
            "errors", "errors", new("operation", "operation"), new("status", "status"), new("count", "count", CellKind.Integer), new("frames", "frames", CellKind.Frames));
        foreach ((Key2<TextKey, NumberKey> key, FrameSample frames) in state.Errors.Entries.OrderByDescending(e => e.Value.Total).ThenBy(e => e.Key))
        {
            table.Row(key.First.Text, NfsNames.Status((uint)key.Second.Value), frames.Total, Cell.Frames(frames));
        }
    }

    private static Cell Versions(Bits versions)
        => Cell.List(Enumerable.Range(0, Highest + 1).Where(v => versions[v]).Select(v => string.Create(CultureInfo.InvariantCulture, $"NFSv{v}")));
}
