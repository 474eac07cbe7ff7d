using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Snmp;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Snmp;

public sealed class SnmpTests
{
    private static readonly byte[] s_get = Hex.Bytes("""
        30 29                                          message
        02 01 01                                       version 2c
        04 06 70 75 62 6c 69 63                        public
        a0 1c                                          get
        02 04 12 34 56 78 02 01 00 02 01 00            request, no error
        30 0e 30 0c 06 08 2b 06 01 02 01 01 01 00 05 00   1.3.6.1.2.1.1.1.0
        """);

    private static readonly byte[] s_response = Hex.Bytes("""
        30 2c 02 01 01 04 06 70 75 62 6c 69 63
        a2 1f                                          response
        02 04 12 34 56 78 02 01 00 02 01 00
        30 11 30 0f 06 08 2b 06 01 02 01 01 01 00 04 03 61 62 63
        """);

    private static readonly byte[] s_trap = Hex.Bytes("""
        30 25 02 01 00 04 06 70 75 62 6c 69 63         version 1
        a4 18                                          trap
        06 05 2b 06 01 04 01                           enterprise
        40 04 c0 00 02 01 02 01 00 02 01 00 43 01 07 30 00
        """);

    private static readonly byte[] s_version3 = Hex.Bytes("""
        30 40 02 01 03                                 version 3
        30 0e 02 01 07 02 03 00 ff e3 04 01 03 02 01 03   authenticated and encrypted, user-based
        04 1d 30 1b 04 05 80 00 1f 88 04               engine
        02 01 01 02 01 01 04 04 61 6e 6e 61            anna
        04 02 00 00 04 02 00 00
        04 0c 00 01 02 03 04 05 06 07 08 09 0a 0b      encrypted
        """);

    [Fact]
    public void A_community_is_stated_once_with_whether_the_agent_answered()
    {
        byte[] capture = Capture.New().Udp("192.0.2.5:49152", "192.0.2.9:161", talk => talk.Says(s_get).Replies(s_response)).ToPcap();
        CredentialSeen seen = Assert.Single(Analysis.Records<CredentialSeen>(capture));
        Assert.Equal(("snmp", "v2c", CredentialKind.Community, "public", true), (seen.Protocol, seen.Scheme, seen.Kind, seen.Secret?.Reveal(), seen.Success));
        Assert.Equal(("192.0.2.5", "192.0.2.9", 1), (seen.Client.ToString(), seen.Server.ToString(), seen.Frame.Number));
        List<SnmpMessage> messages = Analysis.Records<SnmpMessage>(capture);
        Assert.Equal([0, 2], messages.Select(message => message.Pdu));
        Assert.Equal(["1.3.6.1.2.1.1.1.0"], messages[0].Objects);
        Assert.Equal((0x12345678, 0), (messages[1].RequestId, messages[1].ErrorStatus));
    }

    [Fact]
    public void A_request_without_an_answer_and_an_answer_without_a_request_are_stated()
    {
        Assert.Null(Only(talk => talk.Says(s_get)).Success);
        CredentialSeen answer = Only(talk => talk.Replies(s_response));
        Assert.Equal((true, "192.0.2.5"), (answer.Success, answer.Client.ToString()));
    }

    [Fact]
    public void A_trap_of_version_1_is_read()
    {
        CredentialSeen seen = Only(talk => talk.Says(s_trap));
        Assert.Equal(("v1", "public"), (seen.Scheme, seen.Secret?.Reveal()));
    }

    [Fact]
    public void Users_of_version_3_are_told_by_name_and_engine()
    {
        CredentialSeen seen = Only(talk => talk.Says(s_version3));
        Assert.Equal(("v3", CredentialKind.Name, "anna", "80001f8804", null), (seen.Scheme, seen.Kind, seen.User, seen.Realm, seen.Secret));
        SnmpMessage message = Assert.Single(Analysis.Records<SnmpMessage>(Capture.New().Udp("192.0.2.5:49152", "192.0.2.9:161", talk => talk.Says(s_version3)).ToPcap()));
        Assert.Equal((true, true, null), (message.IsAuthenticated, message.IsEncrypted, message.Pdu));
    }

    [Theory]
    [InlineData(161)]
    [InlineData(40404)]
    [InlineData(53)]
    public void It_is_recognised_on_any_port(int port)
    {
        foreach (byte[] message in (byte[][])[s_get, s_trap, s_version3])
        {
            Assert.Equal(["snmp"], Services(port, message));
        }
    }

    [Fact]
    public void Another_protocol_on_its_port_is_recognised_as_what_it_is()
    {
        // A query for a.example, and a ping of a directory server.
        Assert.Equal(["dns"], Services(161, Hex.Bytes("12 34 01 00 00 01 00 00 00 00 00 00 01 61 07 65 78 61 6d 70 6c 65 00 00 01 00 01")));
        Assert.DoesNotContain("snmp", Services(161, Hex.Bytes("30 0c 02 01 01 60 07 02 01 03 04 00 80 00")));
        Assert.Empty(Services(161, Hex.Bytes("30 05 02 01 01 04 09 00")));
    }

    [Fact]
    public void Every_prefix_and_every_changed_byte_is_survived()
    {
        foreach (byte[] message in (byte[][])[s_get, s_response, s_trap, s_version3])
        {
            for (int i = 1; i < message.Length; i++)
            {
                byte[] changed = [.. message];
                changed[i] ^= 0xFF;
                var flow = new ParserFlow(new SnmpProtocol(), 161);
                flow.Says(s_get);
                Assert.Equal(ParseStatus.Malformed, flow.Says(message[..i]).Status);
                flow.Says(changed);
                flow.Parser.OnEnd();
            }
        }
    }

    [Fact]
    public void Any_bytes_are_survived() => Gen.Byte.Array[1, 80].Always(
        bytes =>
        {
            var flow = new ParserFlow(new SnmpProtocol(), 161);
            flow.Says(bytes);
            flow.Says([0x30, 0x30, 2, 1, 1, 4, .. bytes]);
            flow.Parser.OnEnd();
        },
        iterations: 500);

    [Fact]
    public void Requests_that_nobody_answers_do_not_pile_up()
    {
        var flow = new ParserFlow(new SnmpProtocol(), 161);
        for (int i = 0; i < 1000; i++)
        {
            byte[] request = [.. s_get];
            request[17] = (byte)(i >> 8);
            request[18] = (byte)i;
            flow.Says(request);
        }

        flow.Parser.OnEnd();
        Assert.Equal(1000, flow.All<CredentialSeen>().Count);
    }

    private static CredentialSeen Only(Action<UdpConversation> talk) => Assert.Single(Analysis.Records<CredentialSeen>(Capture.New().Udp("192.0.2.5:49152", "192.0.2.9:161", talk).ToPcap()));

    private static IReadOnlyList<string> Services(int port, byte[] message)
        => Assert.Single(Analysis.Records<FlowEnded>(Capture.New().Udp("192.0.2.5:49152", $"192.0.2.9:{port}", talk => talk.Says(message)).ToPcap())).Services;
}
