using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Udp;
using Pcapper.Modules.Protocols.Icmp;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Analyses.Udp;

public sealed class UdpAnalyzerTests
{
    private static readonly Gen<FlowEnded> s_flow =
        from client in Gen.Int[1, 3]
        from server in Gen.Int[1, 30]
        from port in Gen.OneOf<ushort>(53, 123, 161, 40000)
        from source in Gen.OneOf<ushort>(123, 50000)
        from back in Gen.OneOf(0, 50, 5000)
        from frame in Gen.Int[1, 60]
        select Flow($"10.0.0.{client}", source, $"10.0.1.{server}", port, 40, back, frame);

    // The pair's flows fell out of the sample: whether it answered is not known.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 0)]
    public void A_pair_that_is_not_in_the_sample_is_not_judged(int others, int findings)
    {
        var state = new UdpState(16);
        var pair = new PairKey(IpAddress.Parse("10.0.0.5"), IpAddress.Parse("10.0.0.9"));
        var port = new Key2<AddressKey, NumberKey>(pair.From, 161);
        for (int i = 0; i < 30; i++)
        {
            state.Vertical[pair].AddPeer(new NumberKey(i));
            state.Horizontal[port].AddPeer(new NumberKey(i));
        }

        for (int i = 0; i < others; i++)
        {
            var other = IpAddress.Parse($"10.1.0.{i}");
            state.Pairs[new PairKey(other, pair.To)][UdpCounts.Flows]++;
            state.Answered[new(other, 161)].Add();
        }

        var conclusions = new Conclusions();
        UdpFindings.Conclude(state, conclusions);
        Assert.Equal(findings, conclusions.Findings.Count);
    }

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split()
        => Laws.Hold<UdpAnalyzer>(Gen.OneOf(Laws.Emit(s_flow), Laws.Emit(s_flow.Select(f => Closed(f.Flow.Originator, f.Flow.Responder, f.Flow.ResponderPort)))), 40);

    [Fact]
    public void Ordinary_flows_are_silent_and_counted()
    {
        Conclusions conclusions = Conclude([.. Enumerable.Range(0, 60).Select(i => Flow("10.0.0.5", (ushort)(50000 + i), "10.0.0.53", 53, 40, 160, i))]);
        Assert.Empty(conclusions.Findings);
        Assert.StartsWith("60 flows, 0 unanswered, 120 packets", conclusions.Section.Lead, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 0, true)]
    [InlineData(19, 0, false)]
    [InlineData(20, 6, false)]
    public void Many_ports_that_do_not_answer_are_a_scan(int failed, int answered, bool expected)
    {
        List<FlowEnded> flows = [.. Enumerable.Range(0, failed + answered).Select(i => Flow("10.0.0.5", 50000, "10.0.1.9", (ushort)(2000 + i), 0, i < failed ? -1 : 20, i))];
        Assert.Equal(expected ? ["udp.port-scan"] : [], Conclude(flows).Findings.Select(f => f.Type.Id));
    }

    [Fact]
    public void Ports_said_to_be_closed_are_a_scan_those_of_a_traceroute_are_not()
    {
        IpAddress scanner = IpAddress.Parse("10.0.0.5");
        IpAddress target = IpAddress.Parse("10.0.1.9");
        Finding finding = Assert.Single(Conclude([], [.. Enumerable.Range(0, 20).Select(i => Closed(scanner, target, (ushort)(2000 + i)))]).Findings);
        Assert.Equal("10.0.0.5 > 10.0.1.9", finding.Subject);
        Assert.Empty(Conclude([.. Enumerable.Range(0, 40).Select(i => Flow("10.0.0.5", 50000, "10.0.1.9", (ushort)(33434 + i), 32, -1, i))],
            [.. Enumerable.Range(0, 40).Select(i => Closed(scanner, target, (ushort)(33434 + i)))]).Findings);
    }

    [Fact]
    public void Answers_captured_one_way_are_no_scan()
        => Assert.Empty(Conclude([.. Enumerable.Range(0, 40).Select(i => Flow("10.0.0.53", 53, "10.0.0.5", (ushort)(50000 + i), 100, -1, i))]).Findings);

    [Theory]
    [InlineData(25, true)]
    [InlineData(24, false)]
    public void One_port_of_many_hosts_is_a_sweep(int hosts, bool expected)
    {
        List<FlowEnded> flows = [.. Enumerable.Range(0, hosts).Select(i => Flow("10.0.0.5", 50000, $"10.0.1.{1 + i}", 161, 40, -1, i))];
        Assert.Equal(expected ? ["udp.host-sweep"] : [], Conclude(flows).Findings.Select(f => f.Type.Id));
        Assert.Empty(Conclude([.. Enumerable.Range(0, hosts).Select(i => Flow("10.0.0.5", 50000, "224.0.0.251", 5353, 40, -1, i))]).Findings);
    }

    [Theory]
    [InlineData(60, 468, 8, true)]
    [InlineData(40, 468, 8, false)]
    [InlineData(60, 150, 40, false)]
    public void Large_answers_of_many_servers_are_amplification(int flows, int back, int sent, bool expected)
    {
        List<FlowEnded> records = [.. Enumerable.Range(0, flows).Select(i => Flow("10.0.0.5", (ushort)(50000 + i), $"93.184.216.{1 + (i % 8)}", 123, sent, back, i))];
        Assert.Equal(expected ? [("udp.amplification", Severity.High)] : [], Conclude(records).Findings.Select(f => (f.Type.Id, f.Severity)));
    }

    [Fact]
    public void A_management_station_that_asks_for_much_is_only_low()
        => Assert.Equal(Severity.Low, Assert.Single(Conclude([.. Enumerable.Range(0, 60).Select(i => Flow("10.0.0.5", (ushort)(50000 + i), "10.0.0.1", 161, 40, 1400, i))]).Findings).Severity);

    [Fact]
    public void Answers_that_nobody_asked_for_are_amplification_if_many_servers_send_them()
    {
        List<FlowEnded> many = [.. Enumerable.Range(0, 60).Select(i => Flow($"93.184.216.{1 + (i % 20)}", 123, "10.0.0.5", 40000, 468, -1, i))];
        Finding finding = Assert.Single(Conclude(many).Findings);
        Assert.Equal((UdpFindings.Amplification, "10.0.0.5 ntp"), (finding.Type, finding.Subject));
        Assert.Empty(Conclude([.. Enumerable.Range(0, 60).Select(i => Flow("93.184.216.1", 123, "10.0.0.5", 40000, 468, -1, i))]).Findings);
    }

    [Fact]
    public void Large_answers_of_other_protocols_are_downloads()
        => Assert.Empty(Conclude([.. Enumerable.Range(0, 60).Select(i => Flow("10.0.0.5", (ushort)(50000 + i), $"93.184.216.{1 + (i % 8)}", 443, 40, 90_000, i))]).Findings);

    // Below 0: no answer.
    private static FlowEnded Flow(string from, ushort fromPort, string to, ushort port, int sent, int back, int frame) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse(from), fromPort, IpAddress.Parse(to), port, IpProtocol.Udp, default), new FrameRef(0, frame)),
        Frame = new FrameRef(0, frame),
        Time = new Timestamp(1_700_000_000_000_000_000 + (frame * 1_000_000L)),
        Last = new Timestamp(1_700_000_000_000_000_000 + (frame * 1_000_000L) + 500),
        LastFrame = new FrameRef(0, frame),
        Services = [],
        ToResponder = new DirectionTotals { Packets = 1, IpBytes = sent + 28, PayloadBytes = sent },
        ToOriginator = new DirectionTotals { Packets = back < 0 ? 0 : 1, IpBytes = back < 0 ? 0 : back + 28, PayloadBytes = Math.Max(0, back) },
        State = back < 0 ? ConnState.S0 : ConnState.SF,
        History = "D",
    };

    private static IcmpMessage Closed(IpAddress scanner, IpAddress target, ushort port) => new()
    {
        Flow = new FlowId(new FlowKey(target, 3, scanner, 3, IpProtocol.Icmp, default), new FrameRef(0, 1)),
        Frame = new FrameRef(0, 1),
        Time = default,
        Sender = target,
        Receiver = scanner,
        IsV6 = false,
        Type = 3,
        Code = 3,
        Ttl = 64,
        PayloadLength = 28,
        Quoted = new FlowKey(scanner, 50000, target, port, IpProtocol.Udp, default),
    };

    private static Conclusions Conclude(List<FlowEnded> flows, List<IcmpMessage>? messages = null)
    {
        var analyzer = new UdpAnalyzer();
        flows.ForEach(analyzer.Consume);
        messages?.ForEach(analyzer.Consume);
        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }
}
