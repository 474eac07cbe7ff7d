using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Icmp;
using Pcapper.Modules.Protocols.Icmp;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Analyses.Icmp;

public sealed class IcmpAnalyzerTests
{
    private static readonly Gen<IcmpMessage> s_message =
        from sender in Gen.Int[1, 3]
        from receiver in Gen.OneOf("10.0.1.1", "10.0.1.255", "10.0.1.2")
        from type in Gen.OneOf<byte>(0, 3, 5, 8, 9, 11)
        from code in Gen.OneOf<byte>(0, 3)
        from frame in Gen.Int[1, 80]
        from sequence in Gen.Int[1, 4]
        from length in Gen.OneOf(0, 56, 800)
        select Message($"10.0.0.{sender}", receiver, type, frame, sequence, length, hash: (ulong)length + (ulong)(frame % 3), code: code) with
        {
            Gateway = type == 5 ? IpAddress.Parse("10.0.0.254") : null,
            Quoted = type is 3 or 11 ? Quote(receiver, "10.9.9.9", (ushort)frame) : null,
        };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<IcmpAnalyzer, IcmpMessage>(s_message, 40);

    [Fact]
    public void An_ordinary_ping_is_silent_and_measured()
    {
        Conclusions conclusions = Conclude(Ping(20));
        Assert.Empty(conclusions.Findings);
        Table sessions = conclusions.Section.Blocks.OfType<Table>().Single(t => t.Id == "test.echo_sessions");
        Assert.Equal(20, sessions.Rows[0][3].Long);
        Assert.Equal(1_000_000, sessions.Rows[0][6].Long);
    }

    [Fact]
    public void Replies_that_do_not_repeat_their_request_are_a_tunnel()
    {
        Finding finding = Assert.Single(Conclude(Ping(5, differing: true)).Findings);
        Assert.Equal((EchoFindings.Tunnel, Severity.High), (finding.Type, finding.Severity));
        Assert.Equal("ip.addr == 10.0.0.5 && ip.addr == 10.0.1.9 && icmp.ident == 77", finding.DisplayFilter);
        Assert.Empty(Conclude(Ping(2, differing: true)).Findings);
        Assert.Empty(Conclude(Ping(5, differing: true, length: 32)).Findings);
    }

    [Fact]
    public void A_sequence_number_used_for_several_payloads_is_a_covert_channel()
    {
        List<IcmpMessage> fixedNumber = [.. Enumerable.Range(1, 3).SelectMany(i => Exchange(i, 1234, 788, (ulong)i))];
        Assert.Equal(Severity.Medium, Assert.Single(Conclude(fixedNumber).Findings).Severity);
        Assert.Empty(Conclude([.. Enumerable.Range(1, 3).SelectMany(i => Exchange(i, 1234, 788, 9))]).Findings);
    }

    [Fact]
    public void The_mark_of_ptunnel_is_known()
    {
        byte[] mark = [0xD5, 0x20, 0x08, 0x80, 0, 0];
        List<IcmpMessage> marked = [.. Ping(2).Select(m => m with { PayloadStart = mark })];
        Assert.StartsWith("the header of ptunnel", Assert.Single(Conclude(marked).Findings).Summary, StringComparison.Ordinal);
        Assert.Empty(Conclude([marked[0], .. Ping(2)[1..]]).Findings);
    }

    [Theory]
    [InlineData(25, 1, true)]
    [InlineData(24, 1, false)]
    [InlineData(25, 11, false)]
    public void A_host_that_asks_many_sweeps(int hosts, int each, bool expected)
    {
        List<IcmpMessage> requests = [.. Enumerable.Range(0, hosts * each).Select(i => Message("10.0.0.5", $"10.0.1.{1 + (i % hosts)}", 8, i, i, 56, 1))];
        Assert.Equal(expected ? ["icmp.sweep"] : [], Conclude(requests).Findings.Select(f => f.Type.Id));
    }

    [Theory]
    [InlineData(1200, 2, true)]
    [InlineData(1200, 10, false)]
    [InlineData(900, 2, false)]
    [InlineData(3000, 1, false)]
    public void A_flood_needs_number_rate_and_duration(int messages, int millisecondsApart, bool expected)
    {
        List<IcmpMessage> flood = [.. Enumerable.Range(0, messages).Select(i => Message("10.0.0.5", "10.0.1.9", 8, i, i, 56, 1) with
        {
            Time = new Timestamp(1_700_000_000_000_000_000 + (i * (messages == 3000 ? 500_000L : millisecondsApart * 1_000_000L))),
        })];
        Assert.Equal(expected, Conclude(flood).Findings.Any(f => f.Type == EchoFindings.Flood));
    }

    [Fact]
    public void Replies_of_many_hosts_that_were_not_asked_are_a_reflection()
    {
        List<IcmpMessage> replies = [.. Enumerable.Range(0, 120).Select(i => Message($"10.0.1.{1 + (i % 12)}", "10.0.0.5", 0, i, i, 56, 1))];
        Assert.Equal((EchoFindings.Smurf, Severity.High), Conclude(replies).Findings.Select(f => (f.Type, f.Severity)).Single());
        Assert.Empty(Conclude([.. replies.Where(r => r.Sender.IPv4 % 256 < 10)]).Findings);
    }

    [Fact]
    public void Requests_to_a_broadcast_address_are_found()
    {
        List<IcmpMessage> requests = [.. Enumerable.Range(0, 20).Select(i => Message("10.0.0.5", "10.0.1.255", 8, i, i, 56, 1))];
        Assert.Equal(EchoFindings.Smurf, Assert.Single(Conclude(requests).Findings).Type);
        Assert.Empty(Conclude(requests[1..]).Findings);
    }

    [Fact]
    public void Redirects_from_inside_weigh_more_than_from_afar()
    {
        IcmpMessage redirect = Message("10.0.0.66", "10.0.0.5", 5, 1, 0, 28, 1) with { Gateway = IpAddress.Parse("10.0.0.66") };
        Assert.Equal(Severity.Medium, Assert.Single(Conclude([redirect, redirect with { Frame = new FrameRef(0, 2) }]).Findings).Severity);
        Assert.Empty(Conclude([redirect]).Findings);
        IcmpMessage far = redirect with { Sender = IpAddress.Parse("93.184.216.34") };
        Assert.Equal(Severity.Low, Assert.Single(Conclude([far, far])
            .Findings).Severity);
    }

    [Fact]
    public void Several_routers_on_a_link_are_found_by_VLAN()
    {
        IcmpMessage one = Advertisement("fe80::1", 1, 0, 1);
        Assert.Empty(Conclude([one, Advertisement("fe80::2", 2, 0, 2)]).Findings);
        Assert.Equal(Severity.Low, Assert.Single(Conclude([one, Advertisement("fe80::2", 2, 0)]).Findings).Severity);
        Assert.Equal(Severity.Medium, Assert.Single(Conclude([one, Advertisement("fe80::2", 2, 8)]).Findings).Severity);
        Assert.Equal(RouterFindings.RouterFlood, Assert.Single(Conclude([.. Enumerable.Range(1, 20).Select(i => Advertisement($"fe80::{i}", i, 0))]).Findings).Type);
    }

    [Fact]
    public void Three_routers_that_dropped_packets_are_a_traceroute()
    {
        List<IcmpMessage> hops = [.. Enumerable.Range(1, 3).Select(i => Message($"10.1.{i}.1", "10.0.0.5", 11, i, 0, 28, 1) with { Quoted = Quote("10.0.0.5", "198.51.100.9", 33434) })];
        Finding finding = Assert.Single(Conclude(hops).Findings);
        Assert.Equal(("icmp.traceroute", Severity.Info, "10.0.0.5 > 198.51.100.9"), (finding.Type.Id, finding.Severity, finding.Subject));
        Assert.Empty(Conclude(hops[1..]).Findings);
    }

    private static IcmpMessage Advertisement(string router, int frame, ushort flags, int vlan = 1)
        => Message(router, "ff02::1", 134, frame, 1800, 16, 1, isV6: true) with { EchoId = flags, Vlan = vlan };

    private static FlowKey Quote(string from, string to, ushort port) => new(IpAddress.Parse(from), 40000, IpAddress.Parse(to), port, IpProtocol.Udp, default);

    private static List<IcmpMessage> Ping(int count, bool differing = false, int length = 100)
        => [.. Enumerable.Range(1, count).SelectMany(i => Exchange(i, i, length, (ulong)i, differing ? 1000ul + (ulong)i : null))];

    private static IcmpMessage[] Exchange(int frame, int sequence, int length, ulong hash, ulong? answer = null)
        => [Message("10.0.0.5", "10.0.1.9", 8, frame * 2, sequence, length, hash), Message("10.0.1.9", "10.0.0.5", 0, (frame * 2) + 1, sequence, length, answer ?? hash)];

    private static IcmpMessage Message(string from, string to, byte type, int frame, int sequence, int length, ulong hash, byte code = 0, bool isV6 = false) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse(from), 8, IpAddress.Parse(to), 0, isV6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp, default), new FrameRef(0, 1)),
        Frame = new FrameRef(0, frame),
        Time = new Timestamp(1_700_000_000_000_000_000 + (frame * 1_000_000L)),
        Sender = IpAddress.Parse(from),
        Receiver = IpAddress.Parse(to),
        IsV6 = isV6,
        Type = type,
        Code = code,
        Ttl = 64,
        PayloadLength = length,
        EchoId = 77,
        EchoSequence = (ushort)sequence,
        PayloadHash = hash,
    };

    private static Conclusions Conclude(List<IcmpMessage> records)
    {
        var analyzer = new IcmpAnalyzer();
        records.ForEach(analyzer.Consume);
        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }
}
