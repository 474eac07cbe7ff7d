using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Ntlm;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.DceRpc;

/// <summary>What an attacker sends to hide calls, to plant them on others, or to use up memory.</summary>
public sealed class DceRpcMischiefTests
{
    private static readonly byte[] s_bind = DceRpcBytes.Bind();

    [Fact]
    public void Many_contexts_hide_no_interface()
    {
        byte[] capture = Talk(c =>
        {
            c.Says(s_bind).Replies(DceRpcBytes.BindAck());
            for (int i = 1; i <= 300; i++)
            {
                c.Says(DceRpcBytes.Bind($"{i:x8}-1234-1234-1234-123456789abc", (ushort)i));
            }

            c.Says(DceRpcBytes.Bind(DceRpcInterfaces.DirectoryReplication, 301)).Says(DceRpcBytes.Request(3, call: 5, context: 301)).Says(DceRpcBytes.Request(15, call: 6)).Closes();
        });
        Assert.Equal(["DRSGetNCChanges", "OpenSCManagerW"], Analysis.Records<DceRpcCall>(capture).Select(call => call.OperationName).Order());
    }

    [Fact]
    public void Security_contexts_keep_their_challenges_accounts_and_outcomes()
    {
        byte[] capture = Talk(c => c.Says(DceRpcBytes.Secured(s_bind, NtlmBytes.Negotiate, 1)).Replies(DceRpcBytes.Secured(DceRpcBytes.BindAck(), NtlmBytes.Challenge(0x1111), 1))
            .Says(DceRpcBytes.Secured(s_bind, NtlmBytes.Negotiate, 2)).Replies(DceRpcBytes.Secured(DceRpcBytes.BindAck(), NtlmBytes.Challenge(0x2222), 2))
            .Says(DceRpcBytes.Secured(DceRpcBytes.Auth3(), Authenticate("alice"), 1)).Says(DceRpcBytes.Secured(DceRpcBytes.Auth3(), Authenticate("bob"), 2))
            .Says(DceRpcBytes.Secured(DceRpcBytes.Request(15, call: 5), new byte[16], 1)).Replies(DceRpcBytes.Fault(5, call: 5))
            .Says(DceRpcBytes.Secured(DceRpcBytes.Request(16, call: 6), new byte[16], 2)).Replies(DceRpcBytes.Response(call: 6)).Closes());
        Assert.Equal(
            new (string, ulong?, bool?)[] { ("alice", 0x1111, false), ("bob", 0x2222, true) },
            Analysis.Records<NtlmAuthentication>(capture).Select(login => (login.User, login.ServerChallenge, login.Success)).Order());
        Assert.Equal([(@"EXAMPLE\alice", 15), (@"EXAMPLE\bob", 16)], Analysis.Records<DceRpcCall>(capture).Select(call => (call.Account!, (int)call.Operation)).Order());
    }

    [Fact]
    public void Security_contexts_are_bounded_and_those_that_go_are_told()
    {
        byte[] capture = Talk(c =>
        {
            for (uint i = 0; i < Limits.CallSecurity + 2; i++)
            {
                c.Says(DceRpcBytes.Secured(s_bind, Authenticate($"user{i}"), i));
            }
        });
        Assert.Equal(Limits.CallSecurity + 2, Analysis.Records<NtlmAuthentication>(capture).Count);
        Assert.Equal(2, Rules(capture).Count(rule => rule == "more security contexts than are kept"));
    }

    [Fact]
    public void Whoever_answers_himself_says_nothing_of_the_other()
    {
        byte[] capture = Talk(c => c.Says(DceRpcBytes.Secured(s_bind, NtlmBytes.Negotiate, 1)).Says(DceRpcBytes.Secured(DceRpcBytes.BindAck(), NtlmBytes.Challenge(), 1))
            .Says(DceRpcBytes.Secured(DceRpcBytes.Auth3(), Authenticate("anna"), 1)).Says(DceRpcBytes.Request(15)).Says(DceRpcBytes.Response()).Resets(byServer: true));
        Assert.Null(Assert.Single(Analysis.Records<DceRpcCall>(capture)).ResponseTime);
        NtlmAuthentication login = Assert.Single(Analysis.Records<NtlmAuthentication>(capture));
        Assert.Equal((null, null), (login.ServerChallenge, login.Success));
        Assert.Equal(["packet from the wrong side", "packet from the wrong side"], Rules(capture));
    }

    [Theory]
    [InlineData(1, "updater: C:\\x.exe")]
    [InlineData(24, "updater: C:\\x.exe")]
    [InlineData(500, "updater: C:\\x.exe")]
    public void Arguments_in_small_parts_are_put_together(int part, string detail)
    {
        byte[] arguments = DceRpcBytes.CreateService("updater", "C:\\x.exe");
        byte[][] parts = [.. arguments.Chunk(part)];
        byte[] capture = Talk(c =>
        {
            c.Says(s_bind).Replies(DceRpcBytes.BindAck());
            for (int i = 0; i < parts.Length; i++)
            {
                c.Says(DceRpcBytes.Part(DceRpcBytes.Request(12, parts[i]), isFirst: i == 0, isLast: i == parts.Length - 1));
            }

            c.Replies(DceRpcBytes.Response()).Closes();
        });
        Assert.Equal(detail, Assert.Single(Analysis.Records<DceRpcCall>(capture)).Detail);
    }

    [Fact]
    public void Calls_whose_last_part_never_comes_tell_what_they_can_and_are_bounded()
    {
        byte[] arguments = DceRpcBytes.CreateService("updater", "C:\\x.exe");
        var flow = new ParserFlow((context, bus) => new DceRpcParser(context, bus), 135);
        flow.Says(s_bind);
        for (uint i = 0; i < Limits.CallsInParts + 3; i++)
        {
            flow.Says(DceRpcBytes.Part(DceRpcBytes.Request(12, arguments, call: i), isFirst: true, isLast: false));
        }

        flow.Parser.OnEnd();
        Assert.Equal(Limits.CallsInParts + 3, flow.All<DceRpcCall>().Count(call => call.Detail == "updater: C:\\x.exe"));
        Assert.Equal(3, flow.All<AnomalySeen>().Count(seen => seen.Rule == "more calls in parts than are put together"));
    }

    [Fact]
    public void What_is_no_packet_does_not_hide_the_next()
    {
        byte[] capture = Talk(c => c.Says(s_bind).Replies(DceRpcBytes.BindAck()).Says([4]).Says(DceRpcBytes.Request(15)).Replies(DceRpcBytes.Response()).Closes());
        Assert.Equal("OpenSCManagerW", Assert.Single(Analysis.Records<DceRpcCall>(capture)).OperationName);
        Assert.Equal(["packet header"], Rules(capture));
    }

    [Fact]
    public void A_login_keeps_its_outcome_however_many_calls_wait()
    {
        byte[] capture = Talk(c =>
        {
            c.Says(DceRpcBytes.Secured(s_bind, NtlmBytes.Negotiate, 1)).Replies(DceRpcBytes.Secured(DceRpcBytes.BindAck(), NtlmBytes.Challenge(), 1))
                .Says(DceRpcBytes.Secured(DceRpcBytes.Auth3(), Authenticate("anna"), 1));
            for (uint i = 0; i < Limits.MessagesInFlight + 5; i++)
            {
                c.Says(DceRpcBytes.Request(15, call: 10 + i));
            }

            c.Replies(DceRpcBytes.Response(call: Limits.MessagesInFlight + 14)).Closes();
        });
        Assert.True(Assert.Single(Analysis.Records<NtlmAuthentication>(capture)).Success);
        Assert.Equal(Limits.MessagesInFlight + 5, Analysis.Records<DceRpcCall>(capture).Count);
        Assert.Equal(5, Rules(capture).Count(rule => rule == "more calls without response than are kept"));
    }

    private static byte[] Authenticate(string user) => NtlmBytes.Authenticate(user, new byte[24], NtlmBytes.Version2());

    private static byte[] Talk(Action<TcpConversation> talk) => Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:49667", talk).ToPcap();

    private static IEnumerable<string> Rules(byte[] capture) => Analysis.Records<AnomalySeen>(capture).Where(seen => seen.Protocol == "dce_rpc").Select(seen => seen.Rule);
}
