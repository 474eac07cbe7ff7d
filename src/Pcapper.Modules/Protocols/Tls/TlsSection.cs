using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Writes the TLS section of the report.</summary>
internal static class TlsSection
{
    private const int RareHosts = 1;

    public static void Write(TlsState state, Section section)
    {
        long Total(TlsTotal total) => state.Totals[(int)total];

        long connections = Total(TlsTotal.Connections);
        if (connections == 0)
        {
            section.Headline("no TLS, DTLS or QUIC handshake in this capture");
            return;
        }

        (NumberKey Key, long Count)[] versions = [.. state.Versions.Entries.Select(e => (e.Key, Count: e.Value.Value)).OrderByDescending(e => e.Count).ThenBy(e => e.Key)];
        string chosen = string.Join(", ", versions.Select(v => $"{TlsVersions.Name((ushort)v.Key.Value)} {Units.Count(v.Count)}"));
        section.Headline($"{Units.Count(connections, "connection")}, {Units.Count(Total(TlsTotal.Established))} established, {Units.Count(state.Names.Distinct, "server name")}{(chosen.Length == 0 ? string.Empty : "; " + chosen)}");
        section.Fact("connections", "connections", connections)
            .Fact("established", "established", Total(TlsTotal.Established))
            .Fact("unanswered", "without server hello", Total(TlsTotal.Unanswered))
            .Fact("resumed", "resumed sessions", Total(TlsTotal.Resumed))
            .Fact("retried", "hello retries", Total(TlsTotal.Retried))
            .Fact("quic", "over QUIC", Total(TlsTotal.Quic))
            .Fact("dtls", "over DTLS", Total(TlsTotal.Datagram))
            .Fact("no_server_name", "without server name", Total(TlsTotal.NoServerName))
            .Fact("encrypted_hello", "with encrypted hello (ECH or ESNI, may be GREASE)", Total(TlsTotal.EncryptedHello))
            .Fact("client_certificates", "with client certificate", Total(TlsTotal.ClientCertificates))
            .Fact("name_mismatches", "certificate not for the server name", Total(TlsTotal.NameMismatch));

        BarChart chart = section.BarChart("versions", "Versions chosen");
        foreach ((NumberKey version, long count) in versions)
        {
            chart.Bar(TlsVersions.Name((ushort)version.Value), count);
        }

        Names(state, section);
        Fingerprints(state, section);
        Counted(section, "ciphers", "Ciphers chosen", "cipher", state.Ciphers, withWeakness: true);
        Alerts(state, section);
        section.Detail(more =>
        {
            Counted(more, "groups", "Key agreement", "group", state.Groups);
            Counted(more, "protocols", "Application protocols chosen", "protocol", state.Protocols);
            Servers(state, more);
        });
        if (Total(TlsTotal.HiddenCertificates) is > 0 and var hidden)
        {
            section.Note($"{Units.Count(hidden, "connection")} of TLS 1.3: their certificates are encrypted and cannot be seen in a capture.");
        }
    }

    private static void Names(TlsState state, Section section)
    {
        Table table = section.Table(
            "server_names", "Server names", new Column("name", "server name"), new Column("connections", "connections", CellKind.Integer),
            new Column("clients", "clients", CellKind.Integer), new Column("servers", "servers", CellKind.Texts), new Column("ja4", "JA4", CellKind.Texts),
            new Column("first", "first seen", CellKind.Time), new Column("mismatches", "certificate of another name", CellKind.Integer));
        table.Total = state.Names.Distinct;
        foreach ((TextKey name, TlsNameFacts facts) in state.Names.Entries.OrderByDescending(e => e.Value.Connections.Value).ThenBy(e => e.Key))
        {
            table.Row(
                name.Text, facts.Connections.Value, facts.Clients.Distinct, Hosts(facts.Servers), Cell.List(facts.Fingerprints),
                facts.When.First, facts.Mismatches.Value == 0 ? Cell.None : facts.Mismatches.Value);
        }
    }

    /// <summary>Rare fingerprints first: a program that only one host runs is worth a look.</summary>
    private static void Fingerprints(TlsState state, Section section)
    {
        Table table = section.Table(
            "clients", "Client fingerprints, rare ones first", new Column("ja4", "JA4"), new Column("connections", "connections", CellKind.Integer),
            new Column("hosts", "hosts", CellKind.Integer), new Column("client", "client", CellKind.Texts), new Column("names", "server names", CellKind.Texts),
            new Column("ja3", "JA3", CellKind.Texts), new Column("first", "first seen", CellKind.Time));
        table.Total = state.Clients.Distinct;
        foreach ((TextKey ja4, TlsFingerprintFacts facts) in state.Clients.Entries.OrderBy(e => e.Value.Hosts.Distinct).ThenBy(e => e.Value.Connections.Value).ThenBy(e => e.Key))
        {
            table.Row(
                ja4.Text, facts.Connections.Value, facts.Hosts.Distinct, facts.Hosts.Distinct <= RareHosts ? Hosts(facts.Hosts) : Cell.None,
                Cell.List(facts.Names), Cell.List(facts.Others), facts.When.First);
        }
    }

    private static void Servers(TlsState state, Section section)
    {
        Table table = section.Table(
            "servers", "Server fingerprints", new Column("ja3s", "JA3S"), new Column("connections", "connections", CellKind.Integer),
            new Column("hosts", "hosts", CellKind.Texts), new Column("names", "server names", CellKind.Texts));
        table.Total = state.Servers.Distinct;
        foreach ((TextKey ja3s, TlsFingerprintFacts facts) in state.Servers.Entries.OrderByDescending(e => e.Value.Connections.Value).ThenBy(e => e.Key))
        {
            table.Row(ja3s.Text, facts.Connections.Value, Hosts(facts.Hosts), Cell.List(facts.Names));
        }
    }

    private static void Alerts(TlsState state, Section section)
    {
        IReadOnlyList<KeyValuePair<Key3<AddressKey, EndpointKey, NumberKey>, TlsAlertFacts>> entries = state.Alerts.Entries;
        if (entries.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "alerts", "Alerts in the clear", new Column("client", "client", CellKind.Address), new Column("server", "server"), new Column("alert", "alert"),
            new Column("count", "count", CellKind.Integer), new Column("frames", "frames", CellKind.Frames));
        table.Total = state.Alerts.Distinct;
        foreach ((Key3<AddressKey, EndpointKey, NumberKey> key, TlsAlertFacts facts) in entries.OrderByDescending(e => e.Value.Frames.Total).ThenBy(e => e.Key))
        {
            table.Row(key.First.Address, key.Second.ToString(), TlsNames.Alert((byte)key.Third.Value), facts.Frames.Total, Cell.Frames(facts.Frames));
        }
    }

    private static void Counted(Section section, string id, string title, string column, PartMap<TextKey, Count> counts, bool withWeakness = false)
    {
        if (counts.Count == 0)
        {
            return;
        }

        Column[] columns = [new Column(column, column), new Column("connections", "connections", CellKind.Integer)];
        Table table = section.Table(id, title, withWeakness ? [.. columns, new Column("weakness", "weakness")] : columns);
        table.Total = counts.Distinct;
        foreach ((TextKey text, Count count) in counts.Entries.OrderByDescending(e => e.Value.Value).ThenBy(e => e.Key))
        {
            Cell[] cells = [text.Text, count.Value];
            table.Row(withWeakness ? [.. cells, Cell.Text(CipherWeakness.Of(text.Text)?.Reason)] : cells);
        }
    }

    private static Cell Hosts(KeySet<AddressKey> hosts)
    {
        const int Shown = 4;
        IReadOnlyList<AddressKey> keys = hosts.Keys;
        IEnumerable<string> shown = keys.Take(Shown).Select(key => key.ToString());
        return keys.Count <= Shown ? Cell.List(shown) : Cell.List([.. shown, string.Create(CultureInfo.InvariantCulture, $"+{hosts.Distinct - Shown}")]);
    }
}
