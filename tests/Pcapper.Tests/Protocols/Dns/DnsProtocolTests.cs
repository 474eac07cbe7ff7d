using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Building.Hex;
using static Pcapper.Tests.Protocols.Dns.DnsBytes;

namespace Pcapper.Tests.Protocols.Dns;

public sealed class DnsProtocolTests
{
    private static readonly DnsProtocol s_protocol = new();

    [Fact]
    public void Whole_messages_are_certain()
    {
        Assert.Equal(Confidence.Certain, Probe(Query("www.example")));
        Assert.Equal(Confidence.Certain, Probe(Response("www.example", A, 7, 0x8180, Address(0xC0000205))));
        Assert.Equal(Confidence.Certain, Probe(Framed(Query("www.example"))));
        Assert.Equal(Confidence.Certain, Probe(Query("host", flags: 0)));
    }

    [Fact]
    public void A_message_cut_anywhere_behind_its_header_is_plausible()
    {
        byte[] query = Query("www.example.org");
        for (int length = 19; length < query.Length; length++)
        {
            Assert.Equal(Confidence.Plausible, Probe(query[..length]));
        }

        byte[] response = Response("www.example.org", A, 7, 0x8180, [.. Enumerable.Range(1, 12).Select(i => Address((uint)i))]);
        for (int length = 19; length < response.Length; length++)
        {
            Assert.Equal(Confidence.Plausible, Probe(response[..length]));
        }
    }

    [Fact]
    public void A_segment_with_the_length_alone_waits()
    {
        byte[] framed = Framed(Query("www.example"));
        for (int length = 2; length < 14; length++)
        {
            Assert.Equal(Confidence.Undecided, Probe(framed[..length]));
        }
    }

    [Fact]
    public void NetBIOS_names_are_not_claimed()
    {
        byte[] query = [.. Bytes("12 34 01 10 00 01 00 00 00 00 00 00 20"), .. Text("CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), .. Bytes("00 00 21 00 01")];
        for (int length = DnsHeader; length <= query.Length; length++)
        {
            Assert.NotEqual(Confidence.Certain, Probe(query[..length]));
            Assert.True(length < 22 || Probe(query[..length]) == Confidence.No, $"{length} bytes");
        }
    }

    [Fact]
    public void Random_datagrams_are_practically_never_claimed()
    {
        int claimed = 0;
        Gen.Byte.Array[1, 200].Always(bytes => claimed += Probe(bytes) >= Confidence.Plausible ? 1 : 0, iterations: 20_000);
        Assert.InRange(claimed, 0, 1);
    }

    [Fact]
    public void DNS_on_another_port_is_found()
    {
        RunOutcome outcome = Analyze(Capture.New().Udp("192.0.2.5:40000", "198.51.100.9:8600", u => u
            .Says(Query("www.example")).Replies(Response("www.example", A, 7, 0x8180, Address(0xC0000205)))));
        Section section = Assert.Single(outcome.Sections);
        Assert.StartsWith("2 messages, 1 query, 1 answered", section.Lead, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_protocols_on_port_53_are_not_DNS()
    {
        RunOutcome outcome = Analyze(Capture.New()
            .Udp("192.0.2.5:40000", "198.51.100.9:53", u => u.Says(Text("hello, is this a name server?")).Replies(Text("no")))
            .Tcp("192.0.2.5:40001", "198.51.100.9:53", t => t.Says(Text("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Replies(Text("HTTP/1.1 204 No\r\n\r\n")).Closes()));
        Assert.Equal("no DNS", Assert.Single(outcome.Sections).Lead);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1460)]
    public void Messages_over_TCP_are_found_however_they_are_cut(int segment)
    {
        byte[] answer = Framed(Response("www.example", A, 7, 0x8180, Address(0xC0000205)));
        RunOutcome outcome = Analyze(Capture.New().Tcp("192.0.2.5:40000", "198.51.100.9:53", t => t
            .SegmentSize(segment).Says([.. Framed(Query("www.example")), .. Framed(Query("mail.example", id: 8))]).Replies(answer).Closes()));
        Assert.StartsWith("3 messages, 2 queries, 1 answered", Assert.Single(outcome.Sections).Lead, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_with_a_short_snap_length_still_shows_DNS()
    {
        RunOutcome outcome = Analyze(Capture.New().SnapLength(68).Udp("192.0.2.5:40000", "198.51.100.9:53", u => u
            .Says(Query("a-rather-long-name.example.org")).Replies(Response("a-rather-long-name.example.org", A, 7, 0x8180, Address(0xC0000205)))));
        Assert.StartsWith("2 messages", Assert.Single(outcome.Sections).Lead, StringComparison.Ordinal);
    }

    private const int DnsHeader = 12;

    private static Confidence Probe(byte[] bytes) => s_protocol.Probe(Direction.ToResponder, bytes);

    private static RunOutcome Analyze(CaptureBuilder capture) => Analysis.Of(capture.ToPcap(), modules: new HashSet<string>(StringComparer.Ordinal) { "dns" });
}
