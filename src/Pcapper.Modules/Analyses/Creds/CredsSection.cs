using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>Writes the section of credentials.</summary>
internal static class CredsSection
{
    private const int ShownSecrets = 50;

    // Passwords are shorter; tokens are cut on a terminal, in the other forms of the report they are whole.
    private const int WholeSecret = 64;

    public static void Write(CredsState state, Section section)
    {
        IReadOnlyList<KeyValuePair<CredentialKey, CredentialFacts>> secrets = state.Secrets.Entries;
        long responses = state.Responses.Distinct + state.LongResponses.Distinct;
        if (secrets.Count == 0 && responses == 0)
        {
            section.Headline("no credential in the clear in this capture");
            return;
        }

        long Of(CredentialKind kind) => secrets.Count(entry => entry.Key.Kind == kind);
        section.Headline($"{Units.Count(Of(CredentialKind.Password), "password")}, {Units.Count(Of(CredentialKind.Token), "token")}, "
            + $"{Units.Count(Of(CredentialKind.Community), "SNMP community", "SNMP communities")}, {Units.Count(responses, "response")} to guess a password from");
        section.Fact("passwords", "passwords", Of(CredentialKind.Password))
            .Fact("tokens", "tokens", Of(CredentialKind.Token))
            .Fact("communities", "SNMP communities", Of(CredentialKind.Community))
            .Fact("responses", "responses", responses);
        Secrets(state, secrets, section);
        Responses(state, responses, section);
        Kinds(state, section);
    }

    private static void Secrets(CredsState state, IReadOnlyList<KeyValuePair<CredentialKey, CredentialFacts>> secrets, Section section)
    {
        Table table = section.Table(
            "secrets", "Secrets that can be read", new Column("protocol", "protocol"), new Column("user", "user"), new Column("secret", "secret") { AtLeast = WholeSecret }, new Column("kind", "kind"), new Column("scheme", "scheme"),
            new Column("realm", "for"), new Column("server", "server", CellKind.Address), new Column("port", "port", CellKind.Code), new Column("client", "client", CellKind.Address),
            new Column("count", "times", CellKind.Integer), new Column("let_in", "let in", CellKind.Integer), new Column("refused", "refused", CellKind.Integer),
            new Column("first", "first seen", CellKind.Time), new Column("frames", "frames", CellKind.Frames));
        table.Shown = ShownSecrets;
        table.Total = state.Secrets.Distinct;
        foreach ((CredentialKey key, CredentialFacts facts) in secrets.OrderBy(entry => entry.Key.Kind).ThenByDescending(entry => entry.Value[CredentialFacts.Succeeded] > 0).ThenBy(entry => entry.Key).Take(table.Room))
        {
            table.Row(
                key.Protocol.Text, Given(key.User.Text), Cell.Secret(key.Text.Secret), Name(key.Kind), key.Scheme.Text, Given(key.Realm.Text), key.Server.Address, Cell.Code(key.Server.Port), key.Client.Address,
                facts.FrameCount, facts[CredentialFacts.Succeeded], facts[CredentialFacts.Failed], facts.First, Cell.Frames(facts.Frames));
        }
    }

    private static void Responses(CredsState state, long total, Section section)
    {
        Table table = section.Table(
            "responses", "Responses that a password can be guessed from", new Column("protocols", "protocol", CellKind.Texts), new Column("users", "user", CellKind.Texts),
            new Column("realms", "for", CellKind.Texts), new Column("schemes", "scheme", CellKind.Texts), new Column("hashcat", "hashcat", CellKind.Code), new Column("response", "response"),
            new Column("servers", "server", CellKind.Texts), new Column("clients", "client", CellKind.Texts), new Column("count", "times", CellKind.Integer), new Column("let_in", "let in", CellKind.Integer),
            new Column("refused", "refused", CellKind.Integer), new Column("first", "first seen", CellKind.Time), new Column("frames", "frames", CellKind.Frames));
        table.Total = total;
        foreach ((ResponseKey key, ResponseFacts facts) in state.Responses.Entries.Concat(state.LongResponses.Entries)
            .OrderBy(entry => entry.Value.When.First).ThenBy(entry => entry.Value.When.FirstFrame).ThenBy(entry => entry.Key).Take(table.Room))
        {
            table.Row(
                Cell.List(facts.Protocols), Cell.List(facts.Users), Cell.List(facts.Realms), Cell.List(facts.Schemes), Cell.Code(key.Mode == 0 ? null : key.Mode), Cell.Secret(Secret.From(key.Line)),
                Cell.List(facts.Pairs.Keys.Select(pair => pair.Second.ToString()).Distinct(StringComparer.Ordinal)), Cell.List(facts.Pairs.Keys.Select(pair => pair.First.Address.ToString()).Distinct(StringComparer.Ordinal)),
                facts.Frames.Total, facts.Succeeded.Value, facts.Failed.Value, facts.When.First, Cell.Frames(facts.Frames));
        }
    }

    private static void Kinds(CredsState state, Section section)
    {
        Table table = section.Table(
            "kinds", "By protocol", new Column("protocol", "protocol"), new Column("scheme", "scheme"), new Column("seen", "seen", CellKind.Integer),
            new Column("let_in", "let in", CellKind.Integer), new Column("refused", "refused", CellKind.Integer));
        table.Total = state.Kinds.Distinct;
        foreach ((Key2<TextKey, TextKey> key, Counters counts) in state.Kinds.Entries)
        {
            table.Row(key.First.Text, key.Second.Text, counts[CredsAnalyzer.Seen], counts[CredsAnalyzer.LetIn], counts[CredsAnalyzer.Refused]);
        }
    }

    private static Cell Given(string text) => text.Length == 0 ? Cell.None : text;

    private static string Name(CredentialKind kind) => kind switch
    {
        CredentialKind.Password => "password",
        CredentialKind.Token => "token",
        CredentialKind.Community => "community",
        CredentialKind.Name => "name only",
        _ => "response",
    };
}
