using Pcapper.Engine;
using Pcapper.Modules.Analyses.Creds;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Writes the section of texts.</summary>
internal static class StringsSection
{
    private const int ShownStrings = 25;
    private const int ShownSecrets = 50;
    private const int WholeSecret = 64;
    private const int WholeText = 60;

    public static void Write(StringsState state, Section section)
    {
        if (state.Seen.Total == 0 && state.Secrets.Count == 0)
        {
            section.Headline("no text in this capture that looks like one");
            return;
        }

        section.Headline($"{Units.Count(state.Strings.Distinct, "different text")} seen {Units.Count(state.Seen.Total, "time")}, {Units.Count(state.Urls.Distinct, "URL")}, "
            + $"{Units.Count(state.Mailboxes.Distinct, "mail address", "mail addresses")}, {Units.Count(state.Hosts.Distinct, "host name")}, {Units.Count(state.Secrets.Distinct, "secret")}");
        section.Fact("ascii", "in ASCII", state.Seen[(int)StringEncoding.Ascii])
            .Fact("utf8", "in UTF-8", state.Seen[(int)StringEncoding.Utf8])
            .Fact("utf16", "in UTF-16", state.Seen[(int)StringEncoding.Utf16]);
        Secrets(state, section);
        Uses(section, "strings", "Texts; first those in bytes that no protocol explains", "text", state.Strings, ShownStrings, text => text);
        Uses(section, "urls", "URLs", "URL", state.Urls, 15, Cell.Live);
        Uses(section, "mailboxes", "Mail addresses", "address", state.Mailboxes, 15, Cell.Live);
        Uses(section, "hosts", "Host names", "name", state.Hosts, 15, Cell.Live);
    }

    private static void Secrets(StringsState state, Section section)
    {
        Table table = section.Table(
            "secrets", "Secrets by their form", new Column("kind", "what"), new Column("secret", "secret") { AtLeast = WholeSecret }, new Column("sender", "from", CellKind.Address),
            new Column("receiver", "to", CellKind.Address), new Column("protocols", "protocol", CellKind.Texts), new Column("count", "times", CellKind.Integer),
            new Column("offset", "at byte", CellKind.Integer), new Column("direction", "direction"), new Column("first", "first seen", CellKind.Time), new Column("frames", "frames", CellKind.Frames));
        table.Shown = ShownSecrets;
        table.Total = state.Secrets.Distinct;
        foreach ((Key3<TextKey, PairKey, SecretKey> key, SecretUse use) in state.Secrets.Entries.Take(table.Room))
        {
            StringPlace place = use.Places.Keys.Count > 0 ? use.Places.Keys[0] : default;
            table.Row(
                key.First.Text, Cell.Secret(key.Third.Secret), key.Second.From, key.Second.To, Cell.List(use.Protocols), use.Frames.Total, place.Offset, Way(place.Direction),
                use.When.IsEmpty ? Cell.None : use.When.First, Cell.Frames(use.Frames));
        }
    }

    private static void Uses(Section section, string id, string title, string what, PartMap<TextKey, StringUse> map, int shown, Func<string, Cell> cell)
    {
        Table table = section.Table(
            id, title, new Column("value", what) { AtLeast = WholeText }, new Column("count", "times", CellKind.Integer), new Column("protocols", "protocol", CellKind.Texts),
            new Column("sender", "first from", CellKind.Address), new Column("receiver", "to", CellKind.Address), new Column("direction", "direction"), new Column("offset", "at byte", CellKind.Integer),
            new Column("frames", "frames", CellKind.Frames), new Column("hosts", "hosts", CellKind.Texts));
        table.Shown = shown;
        table.Total = map.Distinct;
        foreach ((TextKey key, StringUse use) in map.Entries.OrderByDescending(e => e.Value.Unexplained).ThenByDescending(e => e.Value.Frames.Total).ThenBy(e => e.Key).Take(table.Room))
        {
            StringPlace place = use.Places.Keys.Count > 0 ? use.Places.Keys[0] : default;
            table.Row(
                cell(key.Text), use.Frames.Total, Cell.List(use.Protocols), place.From, place.To, Way(place.Direction), place.Offset, Cell.Frames(use.Frames),
                Cell.List([.. use.Hosts.Keys.Select(host => host.ToString()), .. use.Hosts.HasMore ? ["…"] : Array.Empty<string>()]));
        }
    }

    private static string Way(Direction direction) => direction == Direction.ToResponder ? "to responder" : "to originator";
}
