using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Writes the HTTP section of the report.</summary>
internal static class HttpSection
{
    public static void Write(HttpState state, Section section)
    {
        long Total(HttpTotal total) => state.Totals[(int)total];

        long transactions = Total(HttpTotal.Transactions);
        if (transactions == 0 && state.WebSockets.Total == 0)
        {
            section.Headline("no HTTP in the clear in this capture");
            return;
        }

        Histogram times = state.ResponseTimes;
        string time = times.Total == 0 ? string.Empty : $" (response time median {Units.Duration(times.Quantile(50))}, p95 {Units.Duration(times.Quantile(95))})";
        section.Headline($"{Units.Count(transactions, "transaction")} with {Units.Count(state.Hosts.Distinct, "host")} by {Units.Count(state.Clients.Estimate, "client")}{time}");
        section.Fact("transactions", "transactions", transactions)
            .Fact("unanswered", "requests without response", Total(HttpTotal.Unanswered))
            .Fact("without_request", "responses without request", Total(HttpTotal.WithoutRequest))
            .Fact("incomplete", "bodies not seen whole", Total(HttpTotal.Incomplete))
            .Fact("request_bytes", "sent in requests", Cell.Bytes(Total(HttpTotal.RequestBytes)))
            .Fact("response_bytes", "received in responses", Cell.Bytes(Total(HttpTotal.ResponseBytes)))
            .Fact("response_time_median", "response time, median", Cell.Duration(times.Total == 0 ? null : times.Quantile(50)))
            .Fact("response_time_p95", "response time, p95", Cell.Duration(times.Total == 0 ? null : times.Quantile(95)))
            .Fact("versions", "versions", Cell.List(state.Versions.Entries.Select(v => $"{v.Key.Text} {Units.Count(v.Value.Value)}")));
        Hosts(state, section);
        Agents(state, section);
        Files(section, "downloads", "Downloads", state.Downloads);
        Files(section, "uploads", "Uploads", state.Uploads);
        Sockets(state, section);
        Methods(state, section);
        Statuses(state, section);
        section.Detail(more =>
        {
            Software(state, more);
            Urls(state, more);
        });
    }

    private static void Hosts(HttpState state, Section section)
    {
        Table table = section.Table(
            "hosts", "Hosts", new("host", "host"), new("requests", "requests", CellKind.Integer), new("clients", "clients", CellKind.Integer), new("servers", "servers", CellKind.Texts),
            new("ok", "2xx", CellKind.Integer), new("redirected", "3xx", CellKind.Integer), new("client_errors", "4xx", CellKind.Integer), new("server_errors", "5xx", CellKind.Integer),
            new("unanswered", "none", CellKind.Integer), new("first", "first seen", CellKind.Time));
        table.Total = state.Hosts.Distinct;
        foreach ((TextKey host, HttpHostUse use) in state.Hosts.Entries.OrderByDescending(h => h.Value.Classes.Total).ThenBy(h => h.Key))
        {
            Counters classes = use.Classes;
            table.Row(
                host.Text, classes.Total, Cell.Distinct(use.Clients), Cell.List(use.Servers.Keys.Select(s => s.ToString()).Concat(use.Servers.IsComplete ? [] : ["…"])),
                NotZero(classes[2]), NotZero(classes[3]), NotZero(classes[4]), NotZero(classes[5]), NotZero(classes[0]), use.When.First);
        }
    }

    private static Cell NotZero(long count) => count == 0 ? Cell.None : count;

    /// <summary>Rare agents first: a program that only one host runs is worth a look.</summary>
    private static void Agents(HttpState state, Section section)
    {
        Table table = section.Table(
            "user_agents", "User agents, rare ones first", new("agent", "user agent"), new("clients", "clients", CellKind.Integer), new("requests", "requests", CellKind.Integer),
            new("rare", "rare", CellKind.Boolean), new("client", "client", CellKind.Texts), new("hosts", "hosts", CellKind.Texts), new("first", "first seen", CellKind.Time));
        table.Total = state.Agents.Distinct;
        foreach ((TextKey agent, HttpAgentUse use) in state.Agents.Entries.OrderBy(a => a.Value.Clients.Distinct).ThenBy(a => a.Value.Requests.Value).ThenBy(a => a.Key))
        {
            table.Row(
                agent.Text.Length == 0 ? "(none)" : agent.Text, use.Clients.Distinct, use.Requests.Value, use.Clients.Distinct == 1,
                Cell.List(use.Clients.Keys.Select(c => c.ToString())), Cell.List(use.Hosts), use.When.First);
        }
    }

    private static void Files(Section section, string id, string title, Smallest<HttpFileRow> rows)
    {
        if (rows.Keys.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            id, title, new("name", "name"), new("declared", "declared type"), new("sniffed", "content"), new("size", "size", CellKind.Bytes), new("complete", "complete", CellKind.Boolean),
            new("client", "client", CellKind.Address), new("server", "server"), new("time", "time", CellKind.Time), new("frame", "frame", CellKind.Frames));
        table.Total = rows.HasMore ? rows.Total : rows.Keys.Count;
        foreach (HttpFileRow row in rows.Keys.OrderByDescending(Interest).ThenBy(r => r))
        {
            table.Row(
                Text(row.Name), Text(row.Declared), Text(row.Sniffed), Cell.Bytes(row.IsComplete || row.Total < 0 ? row.Seen : row.Total), row.IsComplete,
                row.Client, row.Server.ToString(), row.Time, Cell.Frame(row.Frame));
        }
    }

    // Programs, then archives and documents, then the rest by time: pages and pictures drown the others otherwise.
    private static int Interest(HttpFileRow row)
        => FileDisguise.IsExecutable(row.Sniffed.Text) || FileDisguise.IsScript(row.Sniffed.Text, row.Name.Text) ? 2
            : row.Sniffed.Text.StartsWith("application/", StringComparison.Ordinal) && row.Sniffed.Text != "application/json" ? 1 : 0;

    private static Cell Text(TextKey text) => text.Text.Length == 0 ? Cell.None : text.Text;

    private static void Sockets(HttpState state, Section section)
    {
        if (state.WebSockets.Keys.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "websockets", "WebSockets", new("client", "client", CellKind.Address), new("server", "server"), new("sent", "messages sent", CellKind.Integer), new("sent_bytes", "bytes sent", CellKind.Bytes),
            new("received", "messages received", CellKind.Integer), new("received_bytes", "bytes received", CellKind.Bytes), new("sample", "first text"), new("time", "time", CellKind.Time),
            new("frame", "frame", CellKind.Frames));
        table.Total = state.WebSockets.HasMore ? state.WebSockets.Total : state.WebSockets.Keys.Count;
        foreach (HttpSocketRow row in state.WebSockets.Keys)
        {
            table.Row(row.Client, row.Server.ToString(), row.Sent, Cell.Bytes(row.SentBytes), row.Received, Cell.Bytes(row.ReceivedBytes), Text(row.Sample), row.Time, Cell.Frame(row.Frame));
        }
    }

    private static void Methods(HttpState state, Section section)
    {
        Table table = section.Table("methods", "Methods", new("method", "method"), new("requests", "requests", CellKind.Integer), new("frames", "first frames", CellKind.Frames));
        table.Total = state.Methods.Distinct;
        foreach ((TextKey method, FrameSample frames) in state.Methods.Entries.OrderByDescending(m => m.Value.Total).ThenBy(m => m.Key))
        {
            table.Row(method.Text, frames.Total, Cell.Frames(frames));
        }
    }

    private static void Statuses(HttpState state, Section section)
    {
        Table table = section.Table("statuses", "Status codes", new("status", "status", CellKind.Code), new("responses", "responses", CellKind.Integer), new("frames", "first frames", CellKind.Frames));
        table.Total = state.Statuses.Distinct;
        foreach ((NumberKey status, FrameSample frames) in state.Statuses.Entries.OrderByDescending(s => s.Value.Total).ThenBy(s => s.Key))
        {
            table.Row(Cell.Code(status.Value), frames.Total, Cell.Frames(frames));
        }
    }

    private static void Software(HttpState state, Section section)
    {
        Table table = section.Table(
            "servers", "Server software", new("server", "server"), new("software", "software"), new("responses", "responses", CellKind.Integer), new("frames", "first frames", CellKind.Frames));
        table.Total = state.Software.Distinct;
        foreach ((Key2<EndpointKey, TextKey> key, FrameSample frames) in state.Software.Entries.OrderByDescending(s => s.Value.Total).ThenBy(s => s.Key))
        {
            table.Row(key.First.ToString(), key.Second.Text, frames.Total, Cell.Frames(frames));
        }
    }

    private static void Urls(HttpState state, Section section)
    {
        Table table = section.Table("urls", "URLs", new("url", "URL"), new("requests", "requests", CellKind.Integer), new("frame", "first frame", CellKind.Frames));
        table.Total = state.Urls.Distinct;
        foreach ((TextKey url, HttpUrlUse use) in state.Urls.Entries.OrderByDescending(u => u.Value.Requests.Value).ThenBy(u => u.Key))
        {
            table.Row(url.Text, use.Requests.Value, Cell.Frame(use.First.Frame));
        }
    }
}
