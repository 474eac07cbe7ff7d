using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Services;

/// <summary>The tables of <c>--services</c>.</summary>
internal static class ServicesTables
{
    private const int ProductsShown = 4;

    /// <summary>Writes the section.</summary>
    public static void Write(ServicesState state, Section section)
    {
        IReadOnlyList<KeyValuePair<EndpointKey, ServiceUse>> servers = state.Servers.Entries;
        long spoken = servers.LongCount(s => s.Value[ServiceUse.Answered] > 0);
        long hosts = servers.Select(s => s.Key.Address).Distinct().LongCount();
        if (servers.Count == 0)
        {
            section.Headline("no server answered");
        }
        else
        {
            section.Headline($"{Units.Count(state.Servers.Distinct, "endpoint")} on {Units.Count(hosts, "host")}, {Units.Count(servers.Count - spoken)} of them only open");
        }

        section.Fact("endpoints", "Endpoints", state.Servers.Distinct).Fact("hosts", "Hosts", hosts).Fact("answering", "Sent data", spoken);
        Servers(state, servers, section);
        Clients(state, section);
    }

    /// <summary>Gets the products that an endpoint's banners name, each once.</summary>
    public static IEnumerable<(Product Product, string Banner, FrameSample Frames)> Products(ServicesState state, EndpointKey server)
        => state.Banners.Find(server)?.Entries.SelectMany(b => Product.Parse(b.Key.Text).Select(p => (p, b.Key.Text, b.Value))) ?? [];

    /// <summary>Tells who reaches an endpoint.</summary>
    public static string Exposure(ServicesState state, EndpointKey server) => (server.Address.IsInternal, state.Public.Find(server) is not null) switch
    {
        (true, true) => "inside, used from public addresses",
        (true, false) => "inside",
        (false, true) => "outside, used from public addresses",
        _ => server.Address.Class == AddressClass.Public ? "outside" : "other",
    };

    private static string Proof(ServiceUse use) => use[ServiceUse.Answered] > 0
        ? (use[ServiceUse.Guessed] == use[ServiceUse.Flows] ? "data, opening not seen" : "data")
        : use[ServiceUse.OpenOnly] > 0 ? "handshake only"
        : use[ServiceUse.Flows] > 0 ? "no data from it"
        : "half-open only";

    private static Cell Encrypted(ServiceUse use)
    {
        long talked = use[ServiceUse.Flows] - use[ServiceUse.OpenOnly];
        long encrypted = use[ServiceUse.Encrypted];
        return talked == 0 ? Cell.None : encrypted == 0 ? "no" : encrypted >= talked ? "yes" : "partly";
    }

    private static void Servers(ServicesState state, IReadOnlyList<KeyValuePair<EndpointKey, ServiceUse>> servers, Section section)
    {
        if (servers.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "servers", "servers", new("server", "server", CellKind.Address), new("port", "port", CellKind.Code), new("transport", "over"), new("service", "service", CellKind.Texts),
            new("software", "software", CellKind.Texts), new("clients", "clients", CellKind.Integer), new("flows", "flows", CellKind.Integer),
            new("bytes_in", "to it", CellKind.Bytes), new("bytes_out", "from it", CellKind.Bytes), new("encrypted", "tls"), new("exposure", "exposure"),
            new("proof", "proof"), new("first", "first", CellKind.Time), new("last", "last", CellKind.Time));
        foreach ((EndpointKey server, ServiceUse use) in servers
            .OrderByDescending(s => s.Value[ServiceUse.Answered] > 0).ThenByDescending(s => s.Key.Address.IsInternal)
            .ThenByDescending(s => s.Value[ServiceUse.BytesIn] + s.Value[ServiceUse.BytesOut]).ThenBy(s => s.Key)
            .Take(table.Room))
        {
            table.Row(
                server.Address, Cell.Code(server.Port), server.Protocol.ToString().ToLowerInvariant(), Cell.List(ServiceName.Of(server, use)), Cell.List(Software(state, server)),
                use.Peers, use[ServiceUse.Flows], Cell.Bytes(use[ServiceUse.BytesIn]), Cell.Bytes(use[ServiceUse.BytesOut]),
                Encrypted(use), Exposure(state, server), Proof(use), use.First, use.Last);
        }

        table.Total = state.Servers.Distinct;
    }

    private static List<string> Software(ServicesState state, EndpointKey server)
    {
        List<string> products = [.. Products(state, server).Select(p => p.Product.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return products.Count <= ProductsShown ? products : [.. products.Take(ProductsShown), "…"];
    }

    private static void Clients(ServicesState state, Section section)
    {
        if (state.Clients.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "clients", "client software", new("client", "client", CellKind.Address), new("protocol", "told in"), new("software", "software"),
            new("count", "times", CellKind.Integer), new("frames", "frames", CellKind.Frames));
        foreach ((Key3<AddressKey, TextKey, TextKey> key, FrameSample frames) in state.Clients.Entries.OrderByDescending(c => c.Value.Total).ThenBy(c => c.Key).Take(table.Room))
        {
            table.Row(key.First.Address, key.Second.Text, key.Third.Text, frames.Total, Cell.Frames(frames));
        }

        table.Total = state.Clients.Distinct;
    }
}
