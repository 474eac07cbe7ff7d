using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Ips;
using Pcapper.Modules.Protocols.Arp;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Analyses.Ips;

public sealed class IpsAnalyzerTests
{
    private const string Mac = "00:0c:29:00:00:01";

    private static readonly Gen<FlowEnded> s_flow =
        from client in Gen.Int[1, 4]
        from server in Gen.Int[1, 3]
        from port in Gen.OneOf<ushort>(53, 67, 443)
        from service in Gen.OneOf("", "dns", "tls")
        from isUdp in Gen.Bool
        from bytes in Gen.Int[0, 2]
        from frame in Gen.Long[1, 40]
        select Flow($"10.0.0.{client}", server == 3 ? "8.8.8.8" : $"10.0.0.{server}", port, service, bytes, isUdp, frame) with { ResponderMac = new MacAddress((ulong)server) };

    private static readonly Gen<NameSeen> s_name =
        from host in Gen.Int[1, 3]
        from name in Gen.Int[1, 30]
        from source in Gen.Int[0, 8]
        select Name($"10.0.0.{host}", $"n{name}.example", (NameSource)source);

    private static readonly Gen<ArpMessage> s_arp =
        from host in Gen.Int[1, 4]
        from mac in Gen.Int[1, 4]
        select Arp($"10.0.0.{host}", (ulong)mac);

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split()
        => Laws.Hold<IpsAnalyzer>(Gen.OneOf(Laws.Emit(s_flow), Laws.Emit(s_name), Laws.Emit(s_arp)));

    [Fact]
    public void Bytes_and_packets_are_counted_each_way()
    {
        IReadOnlyList<Cell> client = Row("10.0.0.1", Flow("10.0.0.1", "8.8.8.8", 443, "tls", 10));
        Assert.Equal((130, 150, 3, 4), (client[5].Long, client[6].Long, client[13].Long, client[14].Long));
        Assert.Equal(["client"], client[3].Strings);
        IReadOnlyList<Cell> server = Row("8.8.8.8", Flow("10.0.0.1", "8.8.8.8", 443, "tls", 10));
        Assert.Equal((150, 130), (server[5].Long, server[6].Long));
        Assert.Equal(["server"], server[3].Strings);
        Assert.Equal(["tls"], server[4].Strings);
    }

    [Theory]
    [InlineData(53, "dns", true, "dns server")]
    [InlineData(67, "", true, "server")]
    [InlineData(123, "", true, "time server")]
    [InlineData(5353, "dns", true, "server")]
    public void Servers_have_roles(int port, string service, bool isUdp, string role)
        => Assert.Equal([role], Row("8.8.8.8", Flow("10.0.0.1", "8.8.8.8", (ushort)port, service, 10, isUdp))[3].Strings);

    [Fact]
    public void Whoever_fails_with_many_hosts_may_be_a_scanner()
    {
        FlowEnded[] flows = [.. Enumerable.Range(1, 25).Select(i => Refused("10.0.0.1", $"10.0.1.{i}"))];
        Assert.Equal(["scanner?"], Row("10.0.0.1", [.. flows])[3].Strings);
        Assert.DoesNotContain("scanner?", Row("10.0.0.1", [.. flows[..10]])[3].Strings);
        Assert.DoesNotContain("scanner?", Row("10.0.0.1", [.. Enumerable.Range(1, 25).Select(_ => Refused("10.0.0.1", "10.0.1.1"))])[3].Strings);
    }

    [Fact]
    public void A_link_address_belongs_to_its_host()
    {
        IReadOnlyList<Cell> row = Row("10.0.0.1", Flow("10.0.0.1", "8.8.8.8", 443, "tls", 10) with { OriginatorMac = new MacAddress(0x000C29000001) });
        Assert.Equal(Mac, row[7].String);
        Assert.Contains("VMware", row[8].String, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_router_s_link_address_belongs_to_the_router_only()
    {
        var mac = new MacAddress(0x000C29000001);
        ProtocolRecord[] records =
        [
            .. Enumerable.Range(1, 5).Select(i => Flow("10.0.0.1", $"8.8.8.{i}", 443, "tls", 10) with { ResponderMac = mac }),
            Arp("10.0.0.254", mac.Value), Flow("10.0.0.254", "10.0.0.1", 22, "ssh", 10) with { OriginatorMac = mac },
        ];
        Assert.Equal(CellKind.None, Row("8.8.8.1", records)[7].Kind);
        IReadOnlyList<Cell> router = Row("10.0.0.254", records);
        Assert.Equal(Mac, router[7].String);
        Assert.Equal(["gateway", "client"], router[3].Strings);
    }

    [Fact]
    public void The_best_name_is_what_the_host_says_of_itself()
    {
        var analyzer = new IpsAnalyzer();
        var host = IpAddress.Parse("10.0.0.1");
        Assert.Null(analyzer.State.NameOf(host));
        analyzer.Consume(Name("10.0.0.1", "www.example", NameSource.HttpHost));
        Assert.Equal("www.example", analyzer.State.NameOf(host));
        analyzer.Consume(Name("10.0.0.1", "a.example", NameSource.Dns));
        analyzer.Consume(Name("10.0.0.1", "b.example", NameSource.Dns));
        analyzer.Consume(Name("10.0.0.1", "b.example", NameSource.Dns));
        Assert.Equal("b.example", analyzer.State.NameOf(host));
        analyzer.Consume(Name("10.0.0.1", "WS-ANNA", NameSource.Dhcp));
        Assert.Equal("WS-ANNA", analyzer.State.NameOf(host));
    }

    [Fact]
    public void A_conversation_is_told_from_the_side_that_opens()
    {
        IReadOnlyList<Cell> row = Assert.Single(Table("conversations", Flow("10.0.0.9", "10.0.0.1", 443, "tls", 10), Flow("10.0.0.9", "10.0.0.1", 53, "dns", 10)));
        Assert.Equal(("10.0.0.9", "10.0.0.1"), (row[0].String, row[1].String));
        Assert.Equal(["dns", "tls"], row[2].Strings);
        Assert.Equal((2, 260, 300), (row[3].Long, row[4].Long, row[5].Long));
    }

    private static FlowEnded Flow(string client, string server, ushort port, string service, int bytes, bool isUdp = false, long frame = 1) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse(client), 40000, IpAddress.Parse(server), port, isUdp ? IpProtocol.Udp : IpProtocol.Tcp, default), new FrameRef(0, frame)),
        Frame = new FrameRef(0, frame),
        Time = new Timestamp(frame),
        Last = new Timestamp(frame + 5),
        LastFrame = new FrameRef(0, frame),
        Services = service.Length == 0 ? [] : service.Split('/'),
        State = ConnState.SF,
        History = "",
        OriginatorFlags = TcpFlags.Syn | TcpFlags.Ack,
        ResponderFlags = TcpFlags.Syn | TcpFlags.Ack,
        ToResponder = new DirectionTotals { Packets = 3, IpBytes = 120 + bytes, PayloadBytes = bytes },
        ToOriginator = new DirectionTotals { Packets = 4, IpBytes = 140 + bytes, PayloadBytes = bytes },
    };

    private static FlowEnded Refused(string client, string server) => Flow(client, server, 445, "", 0) with
    {
        State = ConnState.REJ,
        ResponderFlags = TcpFlags.Rst | TcpFlags.Ack,
        OriginatorFlags = TcpFlags.Syn,
    };

    private static NameSeen Name(string address, string name, NameSource source) => new()
    {
        Flow = Flow("10.0.0.1", "8.8.8.8", 53, "dns", 1).Flow,
        Frame = new FrameRef(0, 1),
        Time = default,
        Address = IpAddress.Parse(address),
        Name = name,
        Source = source,
    };

    private static ArpMessage Arp(string address, ulong mac) => new()
    {
        Flow = Flow("10.0.0.1", "8.8.8.8", 53, "dns", 1).Flow,
        Frame = new FrameRef(0, 1),
        Time = default,
        Operation = 2,
        FrameSender = new MacAddress(mac),
        SenderMac = new MacAddress(mac),
        Sender = IpAddress.Parse(address),
        Target = IpAddress.Parse("10.0.0.2"),
        Vlan = 0,
    };

    private static IReadOnlyList<IReadOnlyList<Cell>> Table(string id, params ProtocolRecord[] records)
    {
        var analyzer = new IpsAnalyzer();
        foreach (ProtocolRecord record in records)
        {
            switch (record)
            {
                case FlowEnded flow:
                    analyzer.Consume(flow);
                    break;
                case NameSeen name:
                    analyzer.Consume(name);
                    break;
                case ArpMessage message:
                    analyzer.Consume(message);
                    break;
            }
        }

        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions.Section.Blocks.OfType<Table>().Single(t => t.Id == $"test.{id}").Rows;
    }

    private static IReadOnlyList<Cell> Row(string address, params ProtocolRecord[] records)
        => Table("hosts", records).Single(r => r[0].String == address);
}
