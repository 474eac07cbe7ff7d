using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Writes the SMB section of the report.</summary>
internal static class SmbSection
{
    public static void Write(SmbState state, Section section)
    {
        long Total(SmbTotal total) => state.Totals[(int)total];

        if (Total(SmbTotal.Connections) == 0 && Total(SmbTotal.Calls) == 0)
        {
            section.Headline("no SMB or DCE/RPC in this capture");
            return;
        }

        section.Headline(
            $"{Units.Count(Total(SmbTotal.Connections), "connection")} to {Units.Count(state.Servers.Distinct, "server")}, {Units.Count(state.Shares.Distinct, "share use")}, " +
            $"{Units.Count(Total(SmbTotal.Opened), "file")} opened ({Units.Bytes(Total(SmbTotal.ReadBytes))} read, {Units.Bytes(Total(SmbTotal.WrittenBytes))} written), {Units.Count(Total(SmbTotal.Pipes), "pipe")}, {Units.Count(Total(SmbTotal.Calls), "remote call")}");
        section.Fact("connections", "connections", Total(SmbTotal.Connections))
            .Fact("logins", "sessions set up", Total(SmbTotal.Logins))
            .Fact("refused", "sessions refused", Total(SmbTotal.Refused))
            .Fact("opened", "files opened", Total(SmbTotal.Opened))
            .Fact("pipes", "pipes opened", Total(SmbTotal.Pipes))
            .Fact("read_bytes", "read from files", Cell.Bytes(Total(SmbTotal.ReadBytes)))
            .Fact("written_bytes", "written to files", Cell.Bytes(Total(SmbTotal.WrittenBytes)))
            .Fact("calls", "remote calls", Total(SmbTotal.Calls))
            .Fact("encrypted", "messages encrypted by SMB 3", Total(SmbTotal.Encrypted))
            .Fact("compressed", "compressed messages", Total(SmbTotal.Compressed));
        Files(state, section);
        Calls(state, section);
        Shares(state, section);
        Logins(state, section);
        Servers(state, section);
        Statuses(state, section);
        section.Detail(more =>
        {
            Table commands = more.Table("commands", "Commands", new Column("command", "command"), new Column("requests", "requests", CellKind.Integer));
            foreach ((TextKey command, Count count) in state.Commands.Entries.OrderByDescending(entry => entry.Value.Value).ThenBy(entry => entry.Key))
            {
                commands.Row(command.Text, count.Value);
            }
        });
        if (Total(SmbTotal.Encrypted) > 0)
        {
            section.Note($"{Units.Count(Total(SmbTotal.Encrypted), "message")} encrypted by SMB 3: their shares, files and calls cannot be seen in a capture.");
        }
    }

    // What was written comes first, then what moved most.
    private static void Files(SmbState state, Section section)
    {
        Table table = section.Table(
            "files", "Files and pipes", new Column("name", "name"), new Column("share", "share"), new Column("client", "client", CellKind.Address), new Column("written", "written", CellKind.Bytes),
            new Column("read", "read", CellKind.Bytes), new Column("opened", "opened", CellKind.Integer), new Column("accounts", "account", CellKind.Texts), new Column("types", "content", CellKind.Texts),
            new Column("failed", "refused", CellKind.Integer), new Column("deleted", "deleted", CellKind.Integer), new Column("renamed", "renamed", CellKind.Integer),
            new Column("server", "server", CellKind.Address), new Column("first", "first seen", CellKind.Time), new Column("frames", "frames", CellKind.Frames));
        table.Total = state.Files.Distinct;
        foreach ((Key3<PairKey, TextKey, TextKey> key, SmbFileFacts facts) in state.Files.Entries
            .OrderByDescending(entry => entry.Key.Second.Text.EndsWith("IPC$", StringComparison.OrdinalIgnoreCase) ? 0 : entry.Value.WrittenBytes.Value)
            .ThenByDescending(entry => entry.Key.Second.Text.EndsWith("IPC$", StringComparison.OrdinalIgnoreCase) ? 0 : entry.Value.ReadBytes.Value).ThenBy(entry => entry.Key))
        {
            table.Row(
                key.Third.Text.Length == 0 ? "(root of the share)" : key.Third.Text, key.Second.Text, key.First.From, Cell.Bytes(facts.WrittenBytes.Value), Cell.Bytes(facts.ReadBytes.Value),
                facts.Actions[(int)SmbFileAction.Open], Cell.List(facts.Accounts), Cell.List(facts.Types), NoneIfZero(facts.Failed.Value), NoneIfZero(facts.Actions[(int)SmbFileAction.Delete]),
                NoneIfZero(facts.Actions[(int)SmbFileAction.Rename]), key.First.To, facts.When.First, Cell.Frames(facts.Frames));
        }
    }

    private static void Calls(SmbState state, Section section)
    {
        Table table = section.Table(
            "calls", "Remote procedure calls", new Column("interface", "interface"), new Column("operation", "operation"), new Column("client", "client", CellKind.Address),
            new Column("server", "server", CellKind.Address), new Column("calls", "calls", CellKind.Integer), new Column("details", "arguments", CellKind.Texts),
            new Column("accounts", "account", CellKind.Texts), new Column("faults", "failed", CellKind.Integer), new Column("pipes", "over", CellKind.Texts), new Column("first", "first seen", CellKind.Time), new Column("frames", "frames", CellKind.Frames));
        table.Total = state.Calls.Distinct;
        var unseen = new SmbUnseenInterfaces(state);
        foreach ((Key3<PairKey, TextKey, NumberKey> key, SmbCallFacts facts) in state.Calls.Entries
            .OrderByDescending(entry => entry.Value.Details.Values.Count > 0).ThenByDescending(entry => entry.Value.Frames.Total).ThenBy(entry => entry.Key))
        {
            string? guessed = key.Second.Text.Length == 0 ? unseen.Find(key.First, facts) : null;
            table.Row(
                guessed is null ? DceRpcNames.Interface(key.Second.Text) : $"{DceRpcNames.Interface(guessed)} (told by its operations)",
                DceRpcNames.Operation(guessed ?? key.Second.Text, (int)Math.Clamp(key.Third.Value, 0, ushort.MaxValue)), key.First.From, key.First.To,
                facts.Frames.Total, facts.Details.Values.Count == 0 && facts.Sealed.Value > 0 ? Cell.List("(encrypted)") : Cell.List(facts.Details), Cell.List(facts.Accounts), NoneIfZero(facts.Faults.Value), Cell.List(facts.Pipes), facts.When.First, Cell.Frames(facts.Frames));
        }
    }

    private static void Shares(SmbState state, Section section)
    {
        Table table = section.Table(
            "shares", "Shares", new Column("share", "share"), new Column("client", "client", CellKind.Address), new Column("server", "server", CellKind.Address),
            new Column("connected", "connected", CellKind.Integer), new Column("refused", "refused", CellKind.Integer), new Column("accounts", "account", CellKind.Texts), new Column("first", "first seen", CellKind.Time));
        table.Total = state.Shares.Distinct;
        foreach ((Key2<PairKey, TextKey> key, SmbShareFacts facts) in state.Shares.Entries.OrderByDescending(entry => entry.Value.Frames.Total).ThenBy(entry => entry.Key))
        {
            table.Row(key.Second.Text, key.First.From, key.First.To, facts.Connected.Value, NoneIfZero(facts.Refused.Value), Cell.List(facts.Accounts), facts.When.First);
        }
    }

    private static void Logins(SmbState state, Section section)
    {
        Table table = section.Table(
            "sessions", "Sessions", new Column("account", "account"), new Column("client", "client", CellKind.Address), new Column("server", "server", CellKind.Address),
            new Column("sessions", "tries", CellKind.Integer), new Column("mechanisms", "by", CellKind.Texts), new Column("statuses", "status", CellKind.Texts), new Column("first", "first seen", CellKind.Time));
        table.Total = state.Logins.Distinct;
        foreach ((Key2<PairKey, TextKey> key, SmbLoginFacts facts) in state.Logins.Entries.OrderByDescending(entry => entry.Value.Tries.Refused.Total).ThenByDescending(entry => entry.Value.Frames.Total).ThenBy(entry => entry.Key))
        {
            table.Row(
                key.Second.Text, key.First.From, key.First.To, facts.Frames.Total, Cell.List(facts.Mechanisms),
                Cell.List(facts.Statuses.Entries.OrderBy(entry => entry.Key).Select(entry => SmbStatus.Name((uint)entry.Key.Value))), facts.When.First);
        }
    }

    private static void Servers(SmbState state, Section section)
    {
        Table table = section.Table(
            "servers", "Servers", new Column("server", "server", CellKind.Address), new Column("dialects", "dialects", CellKind.Texts), new Column("signing", "requires signing", CellKind.Boolean),
            new Column("clients", "clients", CellKind.Integer), new Column("systems", "system", CellKind.Texts), new Column("ids", "identifier", CellKind.Texts), new Column("first", "first seen", CellKind.Time));
        table.Total = state.Servers.Distinct;
        foreach ((AddressKey server, SmbServerFacts facts) in state.Servers.Entries.Where(entry => entry.Value.Frames.Total > 0).OrderByDescending(entry => entry.Value.Frames.Total).ThenBy(entry => entry.Key))
        {
            table.Row(
                server.Address, Cell.List(facts.Dialects.Entries.Select(entry => entry.Key.Text).Order(StringComparer.Ordinal)), facts.Unsigned.Total == 0, facts.Clients.Distinct,
                Cell.List(facts.Systems), Cell.List(facts.Ids), facts.When.First);
        }
    }

    private static void Statuses(SmbState state, Section section)
    {
        Table table = section.Table("statuses", "Refusals", new Column("status", "status"), new Column("count", "count", CellKind.Integer), new Column("frames", "first of each connection", CellKind.Frames));
        table.Total = state.Statuses.Distinct;
        foreach ((NumberKey status, SmbStatusFacts facts) in state.Statuses.Entries.OrderByDescending(entry => entry.Value.Count.Value).ThenBy(entry => entry.Key))
        {
            table.Row(SmbStatus.Name((uint)status.Value), facts.Count.Value, Cell.Frames(facts.Frames));
        }
    }

    private static Cell NoneIfZero(long count) => count == 0 ? Cell.None : count;
}
