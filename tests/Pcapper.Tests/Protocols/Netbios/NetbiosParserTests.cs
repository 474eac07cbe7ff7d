using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Netbios;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Dns;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Building.Hex;
using static Pcapper.Tests.Protocols.Netbios.NetbiosBytes;

namespace Pcapper.Tests.Protocols.Netbios;

public sealed class NetbiosParserTests
{
    private const uint Server = 0x0A000009;

    [Fact]
    public void A_question_on_readable_bytes()
    {
        byte[] bytes = Bytes("""
            12 34                    transaction
            01 10                    query, recursion desired, broadcast
            00 01 00 00 00 00 00 00  one question
            20                       32 letters follow, two for each character
            46 48 46 41 45 42 45 45  57 50 41 44: W P A D
            43 41 43 41 43 41 43 41  20 20 20 20: padding
            43 41 43 41 43 41 43 41
            43 41 43 41 43 41 41 41  20 20 20 and the suffix 00
            00                       no scope
            00 20 00 01              NB, Internet
            """);
        NbnsMessage message = Read(bytes).Only<NbnsMessage>();
        Assert.Equal(bytes, Asks("WPAD", 0x00));
        Assert.Equal(new NetbiosName("WPAD", 0x00), message.Name);
        Assert.Equal("WPAD<00>", message.Name.ToString());
        Assert.Equal((NbnsOpcode.Query, false, true), (message.Opcode, message.IsResponse, message.IsBroadcast));
    }

    [Fact]
    public void An_answer_names_the_owner()
    {
        var flow = new ParserFlow(new NbnsProtocol(), port: 137);
        flow.Replies(Answers("FILES", Server));
        NbnsMessage message = flow.Only<NbnsMessage>();
        Assert.True(message.IsAnswer);
        Assert.Equal(new NbnsAddress(IpAddress.FromIPv4(Server), false), Assert.Single(message.Addresses));
        NameSeen name = flow.Only<NameSeen>();
        Assert.Equal(("FILES", "10.0.0.9", NameSource.Netbios), (name.Name, name.Address.ToString(), name.Source));
    }

    [Fact]
    public void A_claim_reads_its_record_by_the_pointer()
    {
        NbnsMessage message = Read(Claims("OFFICE", 0x0A000005, 0x00, 0x8000)).Only<NbnsMessage>();
        Assert.True(message.IsClaim);
        Assert.True(Assert.Single(message.Addresses).IsGroup);
        Assert.Equal(300_000u, message.Ttl);
    }

    [Fact]
    public void Of_claims_only_the_senders_own_address_is_believed()
    {
        var flow = new ParserFlow(new NbnsProtocol(), port: 137);
        flow.Says(Claims("EVIL-C2", Server, 0x20));
        NbnsMessage message = flow.Only<NbnsMessage>();
        Assert.False(message.Believes(Assert.Single(message.Addresses)));
        Assert.Empty(flow.All<NameSeen>());
        flow.Says(Claims("WS-ANNA", 0x0A000005, 0x20));
        Assert.Equal(("WS-ANNA", "10.0.0.5"), (flow.Only<NameSeen>().Name, flow.Only<NameSeen>().Address.ToString()));
        flow.Replies(Answers("PRINTER", 0x0A000007));   // a name server answers for others
        Assert.Equal("10.0.0.7", flow.All<NameSeen>()[1].Address.ToString());
    }

    [Theory]
    [InlineData(0x3000, NbnsOpcode.Release)]
    [InlineData(0xBC07, NbnsOpcode.Wack)]
    [InlineData(0x4000, NbnsOpcode.Refresh)]
    [InlineData(0x4800, NbnsOpcode.RefreshAlternative)]
    [InlineData(0x7800, NbnsOpcode.MultihomedRegistration)]
    public void Every_operation_is_told(ushort flags, NbnsOpcode opcode)
        => Assert.Equal(opcode, Read(Claims("OFFICE", Server, flags: flags)).Only<NbnsMessage>().Opcode);

    [Fact]
    public void A_node_status_lists_names_and_the_link_address()
    {
        NbnsMessage message = Read(Status(0x0200_0000_0007, ("FILES", 0x20, 0x0400), ("OFFICE", 0x00, 0x8400), ("FILES", 0x03, 0x0C00))).Only<NbnsMessage>();
        Assert.Equal(new NbnsNodeName(new("FILES", 0x20), false, false), message.NodeNames[0]);
        Assert.True(message.NodeNames[1].IsGroup);
        Assert.True(message.NodeNames[2].IsConflict);
        Assert.Equal(new MacAddress(0x0200_0000_0007), message.Mac);
    }

    [Fact]
    public void Control_characters_and_scopes_are_shown()
    {
        Assert.Equal("<01><02>__MSBROWSE__<02><01>", Read(Claims("\u0001\u0002__MSBROWSE__\u0002", Server, 0x01)).Only<NbnsMessage>().Name.ToString());
        byte[] scoped = [.. Asks("A").AsSpan(0, 45), 3, .. "lab"u8, 0, 0, 0x20, 0, 1];
        Assert.Equal("A<20>.lab", Read(scoped).Only<NbnsMessage>().Name.ToString());
    }

    [Fact]
    public void A_browser_announcement_is_read_from_its_datagram()
    {
        var flow = new ParserFlow(new NetbiosDatagramProtocol(), port: 138);
        flow.Says(Datagram("WS-ANNA", 0x0A000005, "OFFICE", Announcement(1, "WS-ANNA", 0x00041003, "Anna's desk")));
        NetbiosDatagram datagram = flow.Only<NetbiosDatagram>();
        Assert.Equal(@"\MAILSLOT\BROWSE", datagram.Mailslot);
        Assert.Equal(new BrowserMessage(BrowserCommand.HostAnnouncement, "WS-ANNA", 10, 0, 0x00041003, "Anna's desk"), datagram.Browser);
        Assert.Equal(["master browser"], datagram.Browser!.Value.Roles);
        Assert.Equal("WS-ANNA", flow.Only<NameSeen>().Name);
    }

    [Theory]
    [InlineData(BrowserCommand.AnnouncementRequest, "02 00 57 53 00", "WS")]
    [InlineData(BrowserCommand.RequestElection, "08 01 0F 00 04 20 E8 03 00 00 00 00 00 00 57 53 00", "WS")]
    [InlineData(BrowserCommand.MasterAnnouncement, "0D 57 53 00", "WS")]
    [InlineData(BrowserCommand.GetBackupListRequest, "09 04 01 00 00 00", "")]
    public void Other_browser_messages_are_told(BrowserCommand command, string bytes, string name)
    {
        Assert.True(BrowserMessage.TryRead(Bytes(bytes), out BrowserMessage message));
        Assert.Equal((command, name), (message.Command, message.Name));
    }

    [Fact]
    public void A_session_request_tells_both_names()
    {
        byte[] request = [0x81, 0, 0, 68, .. Name("FILES", 0x20), .. Name("WS-ANNA", 0x00)];
        FlowId flow = new ParserFlow(new NbnsProtocol()).Id;
        Assert.True(NetbiosSession.TryRead(flow, request, default, default, out NetbiosSession? session));
        Assert.Equal(("FILES<20>", "WS-ANNA<00>"), (session!.Called.ToString(), session.Calling.ToString()));
        Assert.True(NetbiosSession.TryRead(flow, [0x83, 0, 0, 1, 0x82], default, default, out session));
        Assert.Equal((byte)0x82, session!.Error);
        Assert.True(NetbiosSession.TryRead(flow, [0x82, 0, 0, 0], default, default, out _));
        Assert.False(NetbiosSession.TryRead(flow, [0x00, 0, 0, 1, 0xFF], default, default, out _));
        for (int length = 0; length < request.Length; length++)
        {
            Assert.False(NetbiosSession.TryRead(flow, request.AsSpan(0, length), default, default, out _));
        }
    }

    [Fact]
    public void Every_prefix_and_every_changed_byte_is_survived()
    {
        byte[][] messages = [Asks("A"), Answers("A", 1), Claims("A", 1), Status(1, ("A", 0, 0)), Datagram("A", 1, "B", Announcement(15, "A", 0, "c"))];
        foreach (byte[] message in messages)
        {
            for (int i = 0; i < message.Length; i++)
            {
                byte[] changed = [.. message];
                changed[i] ^= 0xFF;
                foreach (byte[] bytes in (byte[][])[message[..i], changed])
                {
                    new ParserFlow(new NbnsProtocol()).Says(bytes);
                    new ParserFlow(new NetbiosDatagramProtocol()).Says(bytes);
                }
            }
        }
    }

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Byte.Array[0, 300].Always(bytes =>
        {
            new ParserFlow(new NbnsProtocol()).Says(bytes);
            new ParserFlow(new NetbiosDatagramProtocol()).Says(bytes);
            BrowserMessage.TryRead(bytes, out _);
        });

    [Fact]
    public void Names_are_found_on_another_port_and_DNS_on_137_is_DNS()
    {
        byte[] capture = Capture.New()
            .Udp("10.0.0.5:40000", "10.0.0.9:1137", u => u.Says(Asks("FILES")).Replies(Answers("FILES", Server)))
            .Udp("10.0.0.5:40001", "10.0.0.9:137", u => u.Says(DnsBytes.Query("www.example"))).ToPcap();
        Assert.Equal(2, Analysis.Records<NbnsMessage>(capture).Count);
        Assert.Single(Analysis.Records<Modules.Protocols.Dns.DnsMessage>(capture));
    }

    private static ParserFlow Read(byte[] bytes)
    {
        var flow = new ParserFlow(new NbnsProtocol(), port: 137);
        Assert.Equal(ParseStatus.Done, flow.Says(bytes).Status);
        Assert.Equal(Confidence.Certain, new NbnsProtocol().Probe(Direction.ToResponder, bytes));
        return flow;
    }
}
