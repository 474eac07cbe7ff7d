using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>The section of <c>--ldap</c>.</summary>
internal static class LdapTables
{
    public static void Write(LdapState state, Section section)
    {
        long Total(LdapTotal total) => state.Totals[(int)total];
        if (state.Totals.Total == 0)
        {
            section.Headline("no LDAP");
            return;
        }

        section.Headline(
            $"{Units.Count(Total(LdapTotal.Binds), "bind")}, {Units.Count(Total(LdapTotal.Searches), "search", "searches")} with {Units.Count(Total(LdapTotal.Entries), "entry", "entries")}, "
            + $"{Units.Count(Total(LdapTotal.Changes), "change")}, {Units.Count(Total(LdapTotal.Pings), "domain controller ping")}"
            + (Total(LdapTotal.Sealed) > 0 ? $"; {Units.Count(Total(LdapTotal.Sealed), "encrypted message")} not read ({Units.Bytes(Total(LdapTotal.SealedBytes))})" : ""));
        section.Fact("binds", "Binds", Total(LdapTotal.Binds)).Fact("searches", "Searches", Total(LdapTotal.Searches)).Fact("pings", "CLDAP searches", Total(LdapTotal.Pings))
            .Fact("entries", "Entries", Total(LdapTotal.Entries)).Fact("entry_bytes", "Entry bytes", Cell.Bytes(Total(LdapTotal.EntryBytes)))
            .Fact("changes", "Changes", Total(LdapTotal.Changes)).Fact("others", "Other operations", Total(LdapTotal.Others))
            .Fact("sealed", "Encrypted messages", Total(LdapTotal.Sealed)).Fact("signed", "Signed messages", Total(LdapTotal.Signed)).Fact("tls", "Turned to TLS", Total(LdapTotal.Tls));
        Servers(state, section);
        Binds(state, section);
        Clients(state, section);
        Filters(state, section);
        Changes(state, section);
        section.Detail(detail => Results(state, detail));
    }

    private static void Servers(LdapState state, Section section)
    {
        Table table = section.Table(
            "servers", "directory servers", new("server", "server", CellKind.Address), new("names", "names", CellKind.Texts), new("domains", "domain", CellKind.Texts), new("forests", "forest", CellKind.Texts),
            new("sites", "site", CellKind.Texts), new("netbios", "NetBIOS", CellKind.Texts), new("software", "software", CellKind.Texts), new("clients", "clients", CellKind.Integer),
            new("operations", "operations", CellKind.Integer), new("sealed", "encrypted", CellKind.Integer), new("tls", "TLS", CellKind.Integer));
        table.Total = state.Servers.Distinct;
        foreach ((AddressKey address, LdapServer server) in state.Servers.Entries.OrderByDescending(s => s.Value.Operations.Value + s.Value.Sealed.Value).ThenBy(s => s.Key))
        {
            table.Row(
                address.Address, Cell.List(server.Names), Cell.List(server.Domains), Cell.List(server.Forests), Cell.List(server.Sites), Cell.List(server.Netbios), Cell.List(server.Software),
                server.Clients.Distinct, server.Operations.Value, server.Sealed.Value, server.Tls.Value);
        }
    }

    private static void Binds(LdapState state, Section section)
    {
        if (state.Binds.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "binds", "binds", new("client", "client", CellKind.Address), new("server", "server", CellKind.Address), new("mechanism", "mechanism"), new("name", "name"),
            new("count", "count", CellKind.Integer), new("succeeded", "succeeded", CellKind.Integer), new("refused", "refused", CellKind.Integer), new("passwords", "password readable", CellKind.Integer),
            new("frames", "frames", CellKind.Frames));
        table.Total = state.Binds.Distinct;
        foreach ((Key3<PairKey, TextKey, TextKey> key, LdapBind bind) in state.Binds.Entries.OrderByDescending(b => b.Value.Frames.Total).ThenBy(b => b.Key))
        {
            table.Row(
                key.First.From, key.First.To, key.Second.Text, key.Third.Text.Length == 0 && key.Second.Text == "simple" ? "(anonymous)" : key.Third.Text,
                bind.Frames.Total, bind.Tries.Accepted.Value, bind.Tries.Refused.Total, bind.Passwords.Total, Cell.Frames(bind.Frames));
        }
    }

    private static void Clients(LdapState state, Section section)
    {
        if (state.Clients.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "searchers", "who searched", new("client", "client", CellKind.Address), new("server", "server", CellKind.Address), new("searches", "searches", CellKind.Integer), new("filters", "filters", CellKind.Integer),
            new("deep", "whole subtrees", CellKind.Integer), new("entries", "entries", CellKind.Integer), new("bytes", "bytes", CellKind.Bytes), new("first_seen", "first seen", CellKind.Time));
        table.Total = state.Clients.Distinct;
        table.Shown = 5;
        foreach ((PairKey pair, LdapClient client) in state.Clients.Entries.OrderByDescending(c => c.Value.Entries.Value).ThenByDescending(c => c.Value.Searches.Total).ThenBy(c => c.Key))
        {
            table.Row(pair.From, pair.To, client.Searches.Total, client.Filters.Distinct, client.Deep.Value, client.Entries.Value, Cell.Bytes(client.Bytes.Value), client.When.First);
        }
    }

    private static void Filters(LdapState state, Section section)
    {
        if (state.Filters.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "filters", "searches", new("filter", "filter"), new("client", "client", CellKind.Address), new("bases", "starting at", CellKind.Texts), new("count", "count", CellKind.Integer),
            new("entries", "entries", CellKind.Integer), new("attributes", "attributes", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        table.Total = state.Filters.Distinct;
        foreach ((Key2<PairKey, TextKey> key, LdapFilterUse use) in state.Filters.Entries.OrderByDescending(f => f.Value.Entries.Value).ThenByDescending(f => f.Value.Frames.Total).ThenBy(f => f.Key))
        {
            table.Row(key.Second.Text, key.First.From, Cell.List(use.Bases), use.Frames.Total, use.Entries.Value, Cell.List(use.Attributes), Cell.Frames(use.Frames));
        }
    }

    private static void Changes(LdapState state, Section section)
    {
        if (state.Changes.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "changes", "changes", new("client", "client", CellKind.Address), new("server", "server", CellKind.Address), new("operation", "operation"), new("attribute", "attribute"),
            new("count", "count", CellKind.Integer), new("succeeded", "succeeded", CellKind.Integer), new("objects", "entries", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        table.Total = state.Changes.Distinct;
        foreach ((Key3<PairKey, NumberKey, TextKey> key, LdapChange change) in state.Changes.Entries.OrderByDescending(c => c.Value.Frames.Total).ThenBy(c => c.Key))
        {
            table.Row(
                key.First.From, key.First.To, LdapNames.Operation((LdapOperationKind)key.Second.Value), key.Third.Text, change.Frames.Total, change.Succeeded.Value,
                Cell.List(change.Objects), Cell.Frames(change.Frames));
        }
    }

    private static void Results(LdapState state, Section section)
    {
        Table table = section.Table(
            "results", "results", new("operation", "operation"), new("code", "code", CellKind.Code), new("result", "result"), new("count", "count", CellKind.Integer), new("frames", "frames", CellKind.Frames));
        foreach ((Key2<NumberKey, NumberKey> key, FrameSample frames) in state.Results.Entries.OrderByDescending(r => r.Value.Total).ThenBy(r => r.Key))
        {
            table.Row(LdapNames.Operation((LdapOperationKind)key.First.Value), Cell.Code(key.Second.Value), LdapNames.Result((int)key.Second.Value), frames.Total, Cell.Frames(frames));
        }
    }
}
