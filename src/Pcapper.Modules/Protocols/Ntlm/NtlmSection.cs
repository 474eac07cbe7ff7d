using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>Writes the NTLM section of the report.</summary>
internal static class NtlmSection
{
    public static void Write(NtlmState state, Section section)
    {
        long logins = state.Kinds.Total;
        if (logins == 0)
        {
            section.Headline("no NTLM login in this capture");
            return;
        }

        string kinds = string.Join(", ", Enum.GetValues<NtlmResponseKind>().Where(kind => state.Kinds[(int)kind] > 0)
            .Select(kind => $"{Units.Count(state.Kinds[(int)kind])} {NtlmNames.Kind(kind)}"));
        section.Headline($"{Units.Count(logins, "login")} ({kinds}), {Units.Count(state.Succeeded.Value)} let in, {Units.Count(state.Failed.Value)} refused");
        section.Fact("logins", "logins", logins)
            .Fact("let_in", "let in", state.Succeeded.Value)
            .Fact("refused", "refused", state.Failed.Value)
            .Fact("servers", "servers", state.Servers.Distinct);
        Accounts(state, section);
        Servers(state, section);
        Table carriers = section.Table("carriers", "Carried by", new Column("protocol", "protocol"), new Column("logins", "logins", CellKind.Integer));
        foreach ((TextKey carrier, Count count) in state.Carriers.Entries.OrderByDescending(entry => entry.Value.Value).ThenBy(entry => entry.Key))
        {
            carriers.Row(carrier.Text, count.Value);
        }
    }

    private static void Accounts(NtlmState state, Section section)
    {
        Table table = section.Table(
            "accounts", "Accounts", new Column("account", "account"), new Column("client", "client", CellKind.Address), new Column("server", "server", CellKind.Address),
            new Column("logins", "logins", CellKind.Integer), new Column("let_in", "let in", CellKind.Integer), new Column("refused", "refused", CellKind.Integer),
            new Column("kinds", "response", CellKind.Texts), new Column("workstations", "calls itself", CellKind.Texts), new Column("carriers", "over", CellKind.Texts),
            new Column("first", "first seen", CellKind.Time), new Column("frames", "frames", CellKind.Frames));
        table.Total = state.Accounts.Distinct;
        foreach ((Key2<PairKey, TextKey> key, NtlmAccountFacts facts) in state.Accounts.Entries.OrderByDescending(entry => entry.Value.Failed.Value)
            .ThenByDescending(entry => entry.Value.Kinds.Total).ThenBy(entry => entry.Key))
        {
            table.Row(
                key.Second.Text, key.First.From, key.First.To, facts.Kinds.Total, facts.Succeeded.Value, facts.Failed.Value,
                Cell.List(Enum.GetValues<NtlmResponseKind>().Where(kind => facts.Kinds[(int)kind] > 0).Select(NtlmNames.Kind)),
                Cell.List(facts.Workstations), Cell.List(facts.Carriers), facts.When.First, Cell.Frames(facts.Frames));
        }
    }

    private static void Servers(NtlmState state, Section section)
    {
        Table table = section.Table(
            "servers", "Servers, as they name themselves", new Column("server", "server", CellKind.Address), new Column("names", "name", CellKind.Texts),
            new Column("domains", "domain", CellKind.Texts), new Column("forests", "forest", CellKind.Texts), new Column("logins", "logins", CellKind.Integer));
        table.Total = state.Servers.Distinct;
        foreach ((AddressKey server, NtlmServerFacts facts) in state.Servers.Entries.OrderByDescending(entry => entry.Value.Logins.Value).ThenBy(entry => entry.Key))
        {
            table.Row(server.Address, Cell.List(facts.Names), Cell.List(facts.Domains), Cell.List(facts.Forests), facts.Logins.Value);
        }
    }
}
