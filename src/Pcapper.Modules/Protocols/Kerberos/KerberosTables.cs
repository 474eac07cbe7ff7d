using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>The section of <c>--kerberos</c>.</summary>
internal static class KerberosTables
{
    private const int MostShownHosts = 6;

    public static void Write(KerberosState state, Section section)
    {
        long Total(KerberosTotal total) => state.Totals[(int)total];
        if (state.Totals.Total == 0)
        {
            section.Headline("no Kerberos");
            return;
        }

        section.Headline(
            $"{Units.Count(Total(KerberosTotal.As), "request")} for first tickets, {Units.Count(Total(KerberosTotal.Tgs))} for services: {Units.Count(Total(KerberosTotal.Issued), "ticket")} issued, "
            + $"{Units.Count(Total(KerberosTotal.Refused))} refused; {Units.Count(Total(KerberosTotal.Ap), "ticket")} shown to services");
        section.Fact("as", "AS requests", Total(KerberosTotal.As)).Fact("tgs", "TGS requests", Total(KerberosTotal.Tgs)).Fact("ap", "AP requests", Total(KerberosTotal.Ap))
            .Fact("issued", "Tickets issued", Total(KerberosTotal.Issued)).Fact("refused", "Refused", Total(KerberosTotal.Refused))
            .Fact("unanswered", "Unanswered", Total(KerberosTotal.Unanswered)).Fact("password_changes", "Password changes", Total(KerberosTotal.PasswordChanges));
        Realms(state, section);
        Principals(state, section);
        Services(state, section);
        Errors(state, section);
        Encryptions(state, section);
        Delegations(state, section);
        section.Detail(detail => Accesses(state, detail));
    }

    private static void Realms(KerberosState state, Section section)
    {
        Table realms = section.Table(
            "realms", "realms", new("realm", "realm"), new("kdcs", "KDCs", CellKind.Texts), new("clients", "clients", CellKind.Integer), new("requests", "requests", CellKind.Integer),
            new("aes", "AES TGTs", CellKind.Integer), new("older", "older TGTs", CellKind.Integer), new("first_seen", "first seen", CellKind.Time));
        realms.Total = state.Realms.Distinct;
        foreach ((TextKey name, KerberosRealm realm) in state.Realms.Entries.OrderByDescending(r => r.Value.Requests.Value).ThenBy(r => r.Key))
        {
            realms.Row(name.Text, Hosts(realm.Servers), realm.Clients.Distinct, realm.Requests.Value, realm.AesTickets.Value, realm.OtherTickets.Value, realm.When.First);
        }

        Table servers = section.Table(
            "kdcs", "key distribution centers", new("kdc", "KDC", CellKind.Address), new("realms", "realms", CellKind.Texts), new("clients", "clients", CellKind.Integer),
            new("requests", "requests", CellKind.Integer), new("issued", "issued", CellKind.Integer), new("refused", "refused", CellKind.Integer), new("unanswered", "unanswered", CellKind.Integer));
        servers.Total = state.Servers.Distinct;
        servers.Shown = 5;
        foreach ((AddressKey address, KerberosServer server) in state.Servers.Entries.OrderByDescending(s => s.Value.Requests.Value).ThenBy(s => s.Key))
        {
            servers.Row(address.Address, Cell.List(server.Realms), server.Clients.Distinct, server.Requests.Value, server.Issued.Value, server.Refused.Value, server.Unanswered.Value);
        }
    }

    private static void Principals(KerberosState state, Section section)
    {
        Table table = section.Table(
            "principals", "principals", new("client", "client", CellKind.Address), new("principal", "principal"), new("requests", "requests", CellKind.Integer), new("issued", "issued", CellKind.Integer),
            new("unknown", "unknown", CellKind.Integer), new("wrong", "wrong secret", CellKind.Integer), new("locked", "locked", CellKind.Integer), new("proofs", "proved by", CellKind.Texts), new("frames", "issued in frames", CellKind.Frames));
        table.Total = state.Users.Distinct;
        foreach ((Key2<AddressKey, TextKey> key, KerberosUser user) in state.Users.Entries.OrderByDescending(u => u.Value.Requests.Value).ThenBy(u => u.Key))
        {
            table.Row(key.First.Address, key.Second.Text, user.Requests.Value, user.Issued.Total, user.Unknown.Total, user.Wrong.Total, user.Locked.Total, Cell.List(user.Proofs), Cell.Frames(user.Issued));
        }
    }

    private static void Services(KerberosState state, Section section)
    {
        Table table = section.Table(
            "services", "services asked for", new("client", "client", CellKind.Address), new("service", "service"), new("issued", "issued", CellKind.Integer), new("refused", "refused", CellKind.Integer),
            new("encryptions", "tickets in", CellKind.Texts), new("principals", "for", CellKind.Texts), new("first_seen", "first seen", CellKind.Time));
        table.Total = state.Services.Distinct;
        foreach ((Key2<AddressKey, TextKey> key, KerberosServiceUse use) in state.Services.Entries.OrderByDescending(s => s.Value.Issued.Total + s.Value.Refused.Total).ThenBy(s => s.Key))
        {
            table.Row(key.First.Address, key.Second.Text, use.Issued.Total, use.Refused.Total, Cell.List(use.Encryptions), Cell.List(use.Clients), use.When.IsEmpty ? Cell.None : use.When.First);
        }
    }

    private static void Errors(KerberosState state, Section section)
    {
        if (state.Errors.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "errors", "refusals", new("code", "code", CellKind.Code), new("name", "name"), new("count", "count", CellKind.Integer), new("clients", "clients", CellKind.Texts),
            new("about", "about", CellKind.Texts), new("texts", "text", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        foreach ((NumberKey code, KerberosErrorFacts facts) in state.Errors.Entries.OrderByDescending(e => e.Value.Frames.Total).ThenBy(e => e.Key))
        {
            table.Row(Cell.Code(code.Value), KerberosNames.Error((int)code.Value), facts.Frames.Total, Hosts(facts.Clients), Cell.List(facts.About), Cell.List(facts.Texts), Cell.Frames(facts.Frames));
        }
    }

    private static void Encryptions(KerberosState state, Section section)
    {
        Table table = section.Table(
            "encryption_types", "encryption types", new("number", "number", CellKind.Code), new("name", "name"), new("offered", "offered", CellKind.Integer),
            new("tickets", "tickets", CellKind.Integer), new("replies", "replies", CellKind.Integer));
        foreach ((NumberKey number, Counters counters) in state.Encryptions.Entries.OrderByDescending(e => e.Value[1] + e.Value[2]).ThenByDescending(e => e.Value[0]).ThenBy(e => e.Key))
        {
            table.Row(Cell.Code(number.Value), KerberosNames.Encryption((int)number.Value), counters[0], counters[1], counters[2]);
        }
    }

    private static void Delegations(KerberosState state, Section section)
    {
        if (state.Delegations.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "delegation", "tickets in a user's name", new("client", "client", CellKind.Address), new("user", "user"), new("self", "to itself", CellKind.Integer),
            new("proxied", "to others", CellKind.Integer), new("requesters", "asked by", CellKind.Texts), new("services", "services", CellKind.Texts), new("first_seen", "first seen", CellKind.Time));
        table.Total = state.Delegations.Distinct;
        foreach ((Key2<AddressKey, TextKey> key, KerberosDelegation delegation) in state.Delegations.Entries)
        {
            table.Row(key.First.Address, key.Second.Text, delegation.Self.Total, delegation.Proxied.Total, Cell.List(delegation.Requesters), Cell.List(delegation.Services), delegation.When.First);
        }
    }

    private static void Accesses(KerberosState state, Section section)
    {
        Table table = section.Table(
            "accesses", "tickets shown to services", new("client", "client", CellKind.Address), new("server", "server", CellKind.Address), new("service", "service"), new("count", "count", CellKind.Integer),
            new("refused", "refused", CellKind.Integer), new("carriers", "over", CellKind.Texts), new("encryptions", "tickets in", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        table.Total = state.Accesses.Distinct;
        foreach ((Key2<PairKey, TextKey> key, KerberosAccess access) in state.Accesses.Entries.OrderByDescending(a => a.Value.Frames.Total).ThenBy(a => a.Key))
        {
            table.Row(key.First.From, key.First.To, key.Second.Text, access.Frames.Total, access.Refused.Value, Cell.List(access.Carriers), Cell.List(access.Encryptions), Cell.Frames(access.Frames));
        }
    }

    private static Cell Hosts(KeySet<AddressKey> hosts)
    {
        IReadOnlyList<AddressKey> kept = hosts.Keys;
        return Cell.List([.. kept.Take(MostShownHosts).Select(h => h.ToString()), .. kept.Count > MostShownHosts ? ["…"] : Array.Empty<string>()]);
    }
}
