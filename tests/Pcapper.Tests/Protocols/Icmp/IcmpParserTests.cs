using Pcapper.Modules.Protocols.Icmp;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Building.Hex;

namespace Pcapper.Tests.Protocols.Icmp;

public sealed class IcmpParserTests
{
    [Fact]
    public void An_echo_request_has_its_numbers_and_a_hash_of_its_payload()
    {
        IcmpMessage message = Parse(FrameBuilder.Icmp("192.0.2.5", "192.0.2.9", 8, 0, [.. Bytes("12 34 00 07"), .. Text("abcdefgh")]));
        Assert.True(message.IsEchoRequest);
        Assert.Equal((0x1234, 7, 8), (message.EchoId, message.EchoSequence, message.PayloadLength));
        Assert.Equal("abcdefgh"u8.ToArray(), message.PayloadStart.ToArray());
        Assert.Equal("192.0.2.5", message.Sender.ToString());
        Assert.Null(message.Quoted);
    }

    [Fact]
    public void An_error_quotes_the_flow_that_caused_it()
    {
        byte[] quoted = FrameBuilder.Udp("192.0.2.9:40000", "192.0.2.5:161", [1, 2, 3]);
        IcmpMessage message = Parse(FrameBuilder.Icmp("192.0.2.5", "192.0.2.9", 3, 3, [0, 0, 0, 0, .. quoted]));
        Assert.Equal("192.0.2.9:40000 > 192.0.2.5:161", message.Quoted.ToString());
    }

    [Fact]
    public void An_error_in_IPv6_quotes_it_too()
    {
        byte[] quoted = FrameBuilder.Udp("[2001:db8::9]:40000", "[2001:db8::5]:161", [1, 2, 3]);
        IcmpMessage message = Parse(FrameBuilder.Icmp("2001:db8::5", "2001:db8::9", 1, 4, [0, 0, 0, 0, .. quoted]));
        Assert.Equal("[2001:db8::9]:40000 > [2001:db8::5]:161", message.Quoted.ToString());
    }

    [Fact]
    public void A_quotation_that_is_cut_quotes_nothing()
    {
        byte[] quoted = FrameBuilder.Udp("192.0.2.9:40000", "192.0.2.5:161", [1, 2, 3]);
        for (int length = 0; length < 24; length++)
        {
            Assert.Null(Parse(FrameBuilder.Icmp("192.0.2.5", "192.0.2.9", 3, 3, [0, 0, 0, 0, .. quoted[..length]])).Quoted);
        }

        byte[] shortHeader = [.. quoted];
        shortHeader[0] = 0x40;
        _ = Parse(FrameBuilder.Icmp("192.0.2.5", "192.0.2.9", 3, 3, [0, 0, 0, 0, .. shortHeader]));
    }

    [Fact]
    public void A_redirect_names_the_gateway()
    {
        byte[] quoted = FrameBuilder.Udp("192.0.2.9:40000", "198.51.100.5:161", [1, 2, 3]);
        Assert.Equal("192.0.2.254", Parse(FrameBuilder.Icmp("192.0.2.1", "192.0.2.9", 5, 1, [192, 0, 2, 254, .. quoted])).Gateway.ToString());
    }

    private static IcmpMessage Parse(byte[] ip) => Assert.Single(Analysis.Records<IcmpMessage>(Capture.New().Packet(ip).ToPcap()));
}
