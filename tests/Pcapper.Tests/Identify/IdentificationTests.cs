using Pcapper.Engine;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Identify;

/// <summary>Protocols are found by content, on any port.</summary>
public sealed class IdentificationTests
{
    private static readonly byte[] s_query = Hex.Bytes("""
        12 34 01 00 00 01 00 00 00 00 00 00   one question
        07 65 78 61 6d 70 6c 65 00            example
        00 01 00 01                           A, IN
        """);

    [Theory]
    [InlineData(3, 53, 1)]
    [InlineData(4, 53, 4)]
    [InlineData(30, 53, 30)]
    [InlineData(30, 4444, 30)]
    public void A_few_datagrams_of_noise_hide_nothing(int noise, int port, int queries)
    {
        List<FlowEnded> flows = Analysis.Records<FlowEnded>(Capture.New().Udp("192.0.2.5:49152", $"198.51.100.9:{port}", u =>
        {
            for (int i = 0; i < noise; i++)
            {
                u.Says([.. Enumerable.Repeat((byte)(255 - (i % 4)), 30)]);
            }

            for (int i = 0; i < queries; i++)
            {
                u.Says(s_query);
            }
        }).ToPcap());
        Assert.Equal(["dns"], Assert.Single(flows).Services);
    }

    [Fact]
    public void HTTP_is_found_on_any_port() => Assert.Equal(["http"], Services(t => t.Says("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 4444));

    [Fact]
    public void HTTP_is_found_by_its_response_alone() => Assert.Equal(["http"], Services(t => t.Replies("HTTP/1.0 200 OK\r\n\r\n"), 4444));

    [Fact]
    public void HTTP_is_found_byte_by_byte() => Assert.Equal(["http"], Services(t => t.SegmentSize(1).Says("GET /index.html HTTP/1.1\r\nHost: a\r\n\r\n"), 4444));

    [Fact]
    public void Something_else_on_port_80_is_not_HTTP() => Assert.Empty(Services(t => t.Says([1, 2, 3, 4, 5, 6, 7, 8, 9]).Replies([9, 9, 9]), 80));

    [Fact]
    public void DNS_is_found_on_any_UDP_port()
    {
        List<FlowEnded> flows = Analysis.Records<FlowEnded>(Capture.New().Udp("192.0.2.5:49152", "198.51.100.9:4444", u => u.Says(s_query)).ToPcap());
        Assert.Equal(["dns"], Assert.Single(flows).Services);
    }

    [Fact]
    public void DNS_is_found_on_any_TCP_port() => Assert.Equal(["dns"], Services(t => t.Says([0, (byte)s_query.Length, .. s_query]), 4444));

    [Fact]
    public void Something_else_on_port_53_is_not_DNS()
    {
        List<FlowEnded> flows = Analysis.Records<FlowEnded>(Capture.New().Udp("192.0.2.5:49152", "198.51.100.9:53", u => u.Says([0xFF, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])).ToPcap());
        Assert.Empty(Assert.Single(flows).Services);
    }

    [Fact]
    public void An_unrecognised_flow_keeps_its_first_bytes()
    {
        List<FlowEnded> flows = Analysis.Records<FlowEnded>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:4444", t => t.Says([1, 2, 3]).Replies([4]).Closes()).ToPcap());
        Assert.Equal([1, 2, 3], Assert.Single(flows).FirstBytes.ToArray());
    }

    private static IReadOnlyList<string> Services(Action<TcpConversation> talk, ushort port)
        => Assert.Single(Analysis.Records<FlowEnded>(Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{port}", t =>
        {
            talk(t);
            t.Closes();
        }).ToPcap())).Services;
}
