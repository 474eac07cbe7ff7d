using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>Writes the section of mail.</summary>
internal static class EmailSection
{
    private const int ShownMails = 25;

    public static void Write(EmailState state, Section section)
    {
        if (state.Mails.Total == 0 && state.Servers.Count == 0)
        {
            section.Headline("no mail in this capture that can be read");
            return;
        }

        long connections = state.Servers.Entries.Sum(e => e.Value.Counts[ServerMail.Connections]);
        long tls = state.Servers.Entries.Sum(e => e.Value.Counts[ServerMail.Tls]);
        section.Headline($"{Units.Count(state.Mails.Total, "mail")}, {Units.Count(state.Attachments.Distinct, "attachment")}, {Units.Count(state.Urls.Distinct, "URL")}; {Units.Count(connections, "connection")} to mail servers, {Units.Count(tls)} of them turned to TLS");
        section.Fact("mails", "mails", state.Mails.Total)
            .Fact("mailboxes", "addresses", state.Mailboxes.Distinct)
            .Fact("attachments", "attachments", state.Attachments.Distinct)
            .Fact("urls", "URLs", state.Urls.Distinct)
            .Fact("connections", "connections", connections)
            .Fact("starttls", "turned to TLS", tls);
        Mails(state, section);
        Attachments(state, section);
        Urls(state, section);
        Servers(state, section);
        Logins(state, section);
        Mailboxes(state, section);
    }

    private static void Mails(EmailState state, Section section)
    {
        Table table = section.Table(
            "mails", "Mails", new Column("time", "time", CellKind.Time), new Column("protocol", "protocol"), new Column("sender", "sent by", CellKind.Address), new Column("receiver", "to host", CellKind.Address),
            new Column("from", "from"), new Column("to", "to"), new Column("more", "and more", CellKind.Integer), new Column("subject", "subject"), new Column("files", "attachments"),
            new Column("file_count", "files", CellKind.Integer), new Column("bytes", "size", CellKind.Bytes), new Column("code", "answer", CellKind.Code), new Column("complete", "whole", CellKind.Boolean),
            new Column("frame", "frame", CellKind.Frames));
        table.Shown = ShownMails;
        table.Total = state.Mails.Total;
        foreach (MailRow row in state.Mails.Keys.Take(table.Room))
        {
            table.Row(
                row.Time, row.Protocol.Text, row.Sender, row.Receiver, Given(row.From.Text), Given(row.To.Text), row.More, Given(row.Subject.Text), Given(row.Files.Text), row.FileCount,
                Cell.Bytes(row.Bytes), Cell.Code(row.Code == 0 ? null : row.Code), row.IsComplete, Cell.Frame(row.Frame));
        }
    }

    private static void Attachments(EmailState state, Section section)
    {
        Table table = section.Table(
            "attachments", "Attachments", new Column("name", "name"), new Column("declared", "declared"), new Column("sniffed", "by content"), new Column("bytes", "size", CellKind.Bytes),
            new Column("traits", "remarkable"), new Column("senders", "from", CellKind.Texts), new Column("subjects", "subject", CellKind.Texts), new Column("sha256", "SHA-256"),
            new Column("first", "first seen", CellKind.Time), new Column("frames", "frames", CellKind.Frames));
        table.Total = state.Attachments.Distinct;
        foreach ((AttachmentKey key, LinkUse use) in state.Attachments.Entries.OrderByDescending(e => e.Key.Traits != 0).ThenBy(e => e.Value.When.First).ThenBy(e => e.Key).Take(table.Room))
        {
            table.Row(
                Given(key.Name.Text), key.Declared.Text, Given(key.Sniffed.Text), Cell.Bytes(key.Bytes), Given(EmailFindings.Words(key.Traits)), Cell.List(use.Senders), Cell.List(use.Subjects),
                Given(key.Sha256.Text), use.When.First, Cell.Frames(use.Frames));
        }
    }

    private static void Urls(EmailState state, Section section)
    {
        Table table = section.Table(
            "urls", "URLs in mails", new Column("url", "URL"), new Column("mails", "mails", CellKind.Integer), new Column("senders", "from", CellKind.Texts), new Column("first", "first seen", CellKind.Time),
            new Column("frames", "frames", CellKind.Frames));
        table.Total = state.Urls.Distinct;
        foreach ((TextKey url, LinkUse use) in state.Urls.Entries.OrderBy(e => e.Value.When.First).ThenBy(e => e.Key).Take(table.Room))
        {
            table.Row(url.Text, use.Frames.Total, Cell.List(use.Senders), use.When.First, Cell.Frames(use.Frames));
        }
    }

    private static void Servers(EmailState state, Section section)
    {
        Table table = section.Table(
            "servers", "Mail servers", new Column("protocol", "protocol"), new Column("server", "server", CellKind.Address), new Column("port", "port", CellKind.Code),
            new Column("connections", "connections", CellKind.Integer), new Column("tls", "turned to TLS", CellKind.Integer), new Column("clients", "clients", CellKind.Integer),
            new Column("received", "mails sent to it", CellKind.Integer), new Column("fetched", "mails fetched", CellKind.Integer), new Column("frames", "frames", CellKind.Frames));
        table.Total = state.Servers.Distinct;
        foreach ((Key2<TextKey, EndpointKey> key, ServerMail use) in state.Servers.Entries.OrderByDescending(e => e.Value.Counts[ServerMail.Connections]).ThenBy(e => e.Key).Take(table.Room))
        {
            table.Row(
                key.First.Text, key.Second.Address, Cell.Code(key.Second.Port), use.Counts[ServerMail.Connections], use.Counts[ServerMail.Tls], Cell.Distinct(use.Clients),
                use.Counts[ServerMail.Received], use.Counts[ServerMail.Fetched], Cell.Frames(use.Frames));
        }
    }

    private static void Logins(EmailState state, Section section)
    {
        Table table = section.Table(
            "logins", "Logins", new Column("protocol", "protocol"), new Column("server", "server", CellKind.Address), new Column("port", "port", CellKind.Code), new Column("user", "user"),
            new Column("schemes", "scheme", CellKind.Texts), new Column("count", "times", CellKind.Integer), new Column("let_in", "let in", CellKind.Integer), new Column("refused", "refused", CellKind.Integer),
            new Column("frames", "frames", CellKind.Frames));
        table.Total = state.Logins.Distinct;
        foreach ((Key3<TextKey, EndpointKey, TextKey> key, LoginUse use) in state.Logins.Entries.Take(table.Room))
        {
            table.Row(
                key.First.Text, key.Second.Address, Cell.Code(key.Second.Port), Given(key.Third.Text), Cell.List(use.Schemes), use.Frames.Total, use.Accepted.Value, use.Refused.Value, Cell.Frames(use.Frames));
        }
    }

    private static void Mailboxes(EmailState state, Section section)
    {
        Table table = section.Table(
            "mailboxes", "Senders and recipients", new Column("address", "address"), new Column("sent", "sent", CellKind.Integer), new Column("received", "received", CellKind.Integer),
            new Column("hosts", "sent from", CellKind.Texts), new Column("frames", "frames", CellKind.Frames));
        table.Total = state.Mailboxes.Distinct;
        foreach ((TextKey address, MailboxUse use) in state.Mailboxes.Entries.OrderByDescending(e => e.Value.Sent.Value + e.Value.Received.Value).ThenBy(e => e.Key).Take(table.Room))
        {
            table.Row(address.Text, use.Sent.Value, use.Received.Value, Cell.List(use.Hosts.Keys.Select(h => h.ToString())), Cell.Frames(use.Frames));
        }
    }

    private static Cell Given(string text) => text.Length == 0 ? Cell.None : text;
}
