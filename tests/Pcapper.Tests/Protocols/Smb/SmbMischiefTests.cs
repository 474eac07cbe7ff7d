using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Modules.Protocols.Smb;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.DceRpc;
using Pcapper.Tests.Protocols.Ntlm;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Protocols.Smb.SmbBytes;

namespace Pcapper.Tests.Protocols.Smb;

/// <summary>What an attacker sends to hide, to mislead, or to use up memory, and what honest hosts do that looks like it.</summary>
public sealed class SmbMischiefTests
{
    private static readonly byte[] s_program = [.. "MZ"u8, .. new byte[58]];
    private static readonly byte[] s_end = [0xFF, 0, 0, 0];

    [Fact]
    public void Sessions_that_are_set_up_at_once_keep_their_challenges_and_outcomes()
    {
        byte[] capture = Talk(c => Negotiate(c)
            .Says(Framed(SessionRequest(1, NtlmBytes.Negotiate, session: 0))).Says(Framed(SessionRequest(2, NtlmBytes.Negotiate, session: 0)))
            .Replies(Framed(SessionResponse(1, MoreProcessing, NtlmBytes.Challenge(0x1111), session: 0x11)))
            .Replies(Framed(SessionResponse(2, MoreProcessing, NtlmBytes.Challenge(0x2222), session: 0x22)))
            .Says(Framed(SessionRequest(3, Authenticate("alice"), session: 0x11))).Says(Framed(SessionRequest(4, Authenticate("bob"), session: 0x22)))
            .Replies(Framed(SessionResponse(3, LogonFailure, session: 0x11))).Replies(Framed(SessionResponse(4, Success, session: 0x22))).Closes());
        Assert.Equal(
            new (string, ulong?, bool?)[] { ("alice", 0x1111, false), ("bob", 0x2222, true) },
            Analysis.Records<NtlmAuthentication>(capture).Select(login => (login.User, login.ServerChallenge, login.Success)).Order());
        Assert.Equal(
            [(@"EXAMPLE\alice", LogonFailure), (@"EXAMPLE\bob", Success)], Analysis.Records<SmbLogin>(capture).Select(login => (login.Account!, login.Status)).Order());
    }

    [Fact]
    public void A_server_that_gives_sessions_no_number_is_followed_all_the_same()
    {
        NtlmAuthentication login = Assert.Single(Analysis.Records<NtlmAuthentication>(Talk(c => Negotiate(c)
            .Says(Framed(SessionRequest(1, NtlmBytes.Negotiate, session: 0))).Replies(Framed(SessionResponse(1, MoreProcessing, NtlmBytes.Challenge(0x1111), session: 0)))
            .Says(Framed(SessionRequest(2, Authenticate("anna"), session: 0))).Replies(Framed(SessionResponse(2, LogonFailure, session: 0))).Closes())));
        Assert.Equal(("anna", 0x1111ul, false), (login.User, login.ServerChallenge, login.Success));
    }

    [Fact]
    public void A_new_session_without_an_answer_is_told_at_the_end()
        => Assert.Equal("anna", Assert.Single(Analysis.Records<NtlmAuthentication>(Talk(c => Negotiate(c).Says(Framed(SessionRequest(1, Authenticate("anna"), session: 0)))))).User);

    [Fact]
    public void Whoever_answers_himself_says_nothing_of_the_other()
    {
        byte[] capture = Talk(c => c.Says(Framed(NegotiateRequest())).Says(Framed(NegotiateResponse()))
            .Says(Framed(SessionRequest(1, NtlmBytes.Negotiate, session: 0))).Says(Framed(SessionResponse(1, MoreProcessing, NtlmBytes.Challenge(0x1122334455667788))))
            .Says(Framed(SessionRequest(2, Authenticate("anna")))).Says(Framed(SessionResponse(2, Success)))
            .Says(Framed(TreeRequest(4, @"\\192.0.2.9\C$"))).Says(Framed(TreeResponse(4)))
            .Says(Framed(CreateRequest(5, "x.exe"))).Says(Framed(CreateResponse(5)))
            .Says(Framed(WriteRequest(6, 0, s_program))).Says(Framed(WriteResponse(6))).Resets(byServer: true));
        Assert.Empty(Analysis.Records<SmbFileEvent>(capture));
        Assert.Empty(Analysis.Records<SmbTreeConnect>(capture));
        Assert.Empty(Analysis.Records<SmbLogin>(capture));
        Assert.Null(Assert.Single(Analysis.Records<NtlmAuthentication>(capture)).ServerChallenge);
        Assert.Equal(6, Rules(capture).Count(rule => rule == "response from the side that asks"));
        Assert.Empty(Findings(capture));
    }

    [Fact]
    public void A_request_of_the_server_does_not_silence_the_client()
        => Assert.Single(Analysis.Records<SmbTreeConnect>(Talk(c => Smb2Tests.LogIn(c.Replies(Framed(TreeRequest(9, @"\\a\b"))))
            .Says(Framed(TreeRequest(4, @"\\192.0.2.9\C$"))).Replies(Framed(TreeResponse(4))).Closes())));

    [Fact]
    public void A_lock_that_a_server_asks_for_is_no_mischief()
    {
        byte[] capture = Talk(c => c.Replies(Framed(One(0x24, [.. s_end, .. new byte[12]], []))).Replies(Framed(One(0x72, [1, 0, 3, .. new byte[31]], new byte[8], isResponse: true))).Closes());
        Assert.Empty(Rules(capture));
        Assert.Single(Analysis.Records<SmbNegotiation>(capture));
    }

    [Fact]
    public void Long_compounds_are_read_to_their_end()
    {
        byte[][] echoes = [.. Enumerable.Range(10, 100).Select(i => Two(13, (ulong)i, body: [4, 0, 0, 0]))];
        byte[] capture = Talk(c => Smb2Tests.Share(Smb2Tests.LogIn(c), 1).Says(Compound([.. echoes, CreateRequest(5, "x.exe")])).Replies(Framed(CreateResponse(5))).Closes());
        Assert.Equal("x.exe", Assert.Single(Analysis.Records<SmbFileEvent>(capture)).Name);
    }

    [Theory]
    [InlineData(1460)]
    [InlineData(1)]
    public void What_follows_much_content_in_a_compound_is_read(int segment)
    {
        int length = segment == 1 ? Limits.SmbMessage : 200_000;
        byte[] other = [.. Enumerable.Repeat((byte)7, 16)];
        byte[] capture = Talk(c => Smb2Tests.Open(Smb2Tests.LogIn(c.SegmentSize(segment)), "a.txt").Says(Compound(WriteRequest(6, 0, new byte[length]), CreateRequest(7, "x.exe"), CloseRequest(8)))
            .Replies(Framed(WriteResponse(6))).Replies(Framed(CreateResponse(7, file: other))).Replies(Framed(CloseResponse(8))).Closes());
        Assert.Equal(
            [("a.txt", SmbFileAction.Open, 0L), ("a.txt", SmbFileAction.Write, length), ("x.exe", SmbFileAction.Open, 0)],
            Analysis.Records<SmbFileEvent>(capture).Select(what => (what.Name, what.Action, what.Bytes)));
        Assert.Empty(Rules(capture));
    }

    [Fact]
    public void A_chain_of_SMB_1_has_a_bound_that_is_told()
    {
        var message = new List<byte>(One(0x2E, Words(0x2E, 0), []));
        for (int i = 1; i < 80; i++)
        {
            int next = message.Count + 7;
            message.AddRange([2, .. Words(i == 79 ? (byte)0xFF : (byte)0x2E, next), 0, 0]);
        }

        byte[] whole = [.. message];
        Number(32 + 7, 2).CopyTo(whole, 32 + 3);
        Assert.Equal(["SMB 1 chain too long"], Rules(Talk(c => c.Says(Framed(One(0x72, [], [2, .. "NT LM 0.12\0"u8]))).Says(Framed(whole)).Closes())));
    }

    [Fact]
    public void Shares_and_files_that_are_left_alone_are_not_forgotten()
    {
        const int many = 5000;
        byte[] capture = Talk(c =>
        {
            Smb2Tests.Open(Smb2Tests.LogIn(c), "x.exe");
            for (int i = 0; i < many; i++)
            {
                c.Says(Framed(CreateRequest((ulong)(100 + i), "d"))).Replies(Framed(CreateResponse((ulong)(100 + i), file: [.. Number(i + 1, 8), .. Number(9, 8)])))
                    .Says(Framed(TreeRequest((ulong)(100 + i), @"\\192.0.2.9\pub"))).Replies(Framed(Two(3, (ulong)(100 + i), isResponse: true, tree: (uint)(100 + i), body: [16, 0, 1, 0, .. new byte[12]])));
            }

            c.Says(Framed(WriteRequest(6, 0, s_program))).Replies(Framed(WriteResponse(6))).Closes();
        });
        Assert.Equal((@"\\192.0.2.9\C$", "x.exe"), Analysis.Records<SmbFileEvent>(capture).Where(what => what.Action == SmbFileAction.Write).Select(what => (what.Share, what.Name)).Single());
        Assert.Empty(Rules(capture));
    }

    [Fact]
    public void Requests_that_are_never_answered_are_bounded_and_told()
        => Assert.Equal(76, Rules(Talk(c =>
        {
            Smb2Tests.LogIn(c);
            for (int i = 0; i < Limits.MessagesInFlight + 76; i++)
            {
                c.Says(Framed(Two(13, (ulong)(100 + i), body: [4, 0, 0, 0])));
            }
        })).Count(rule => rule == "more requests without response than are kept"));

    [Theory]
    [InlineData(new byte[] { 0x86, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 2, 1, 2 })]
    [InlineData(new byte[] { 0, 0, 0, 64, 0x41, 0x53, 0x4D, 0x42, 1 })]
    public void What_is_no_message_does_not_hide_the_next(byte[] bad)
    {
        byte[] capture = Talk(c => Negotiate(c).Says(bad).Says(Framed(TreeRequest(4, @"\\192.0.2.9\C$"))).Replies(Framed(TreeResponse(4))).Closes());
        Assert.Single(Analysis.Records<SmbTreeConnect>(capture));
        Assert.Equal(["session message header"], Rules(capture));
    }

    [Theory]
    [InlineData(139, 1)]
    [InlineData(445, 0)]
    public void Lengths_have_seventeen_bits_over_NetBIOS_alone(int port, int expected)
    {
        byte[] echo = Framed(Two(13, 3, body: [4, 0, 0, 0]));
        echo[1] = 2;
        byte[] capture = Talk(c => Negotiate(c).Says(echo).Says(Framed(TreeRequest(4, @"\\192.0.2.9\C$"))).Replies(Framed(TreeResponse(4))).Closes(), port);
        Assert.Equal(expected, Analysis.Records<SmbTreeConnect>(capture).Count);
        Assert.Equal(expected, Rules(capture).Count(rule => rule == "reserved bits of the session message header"));
    }

    [Fact]
    public void A_login_of_SMB_1_whose_number_is_used_again_is_told()
    {
        byte[] negotiated = Framed(One(0x72, [0, 0, 1, .. new byte[31]], [], isResponse: true));
        byte[] capture = Talk(c => c.Says(Framed(One(0x72, [], [2, .. "NT LM 0.12\0"u8]))).Replies(negotiated)
            .Says(Framed(Plain("alice", "Secret-1"))).Says(Framed(Plain("bob", "Secret-2"))).Replies(Framed(One(0x73, [.. s_end, 0, 0], [0], isResponse: true))).Closes());
        Assert.Equal(new (string, bool?)[] { ("alice", null), ("bob", true) }, Analysis.Records<CredentialSeen>(capture).Select(login => (login.User!, login.Success)).Order());
    }

    [Fact]
    public void Junk_in_a_pipe_does_not_hide_the_calls_behind_it()
    {
        byte[] capture = Talk(c => Pipe(c).Says(Framed(WriteRequest(6, 0, new byte[4]))).Says(Framed(WriteRequest(7, 0, DceRpcBytes.Bind())))
            .Says(Framed(WriteRequest(8, 0, [1, 2, 3, .. new byte[20]]))).Says(Framed(TransceiveRequest(9, DceRpcBytes.Request(15)))).Closes());
        Assert.Equal("OpenSCManagerW", Assert.Single(Analysis.Records<DceRpcCall>(capture)).OperationName);
        Assert.Equal(["packet header", "packet header"], Rules(capture));
    }

    [Fact]
    public void What_is_cut_of_a_long_message_to_a_pipe_is_told_and_the_next_is_read()
    {
        byte[] much = [.. DceRpcBytes.Bind(), .. Enumerable.Repeat(DceRpcBytes.Request(16), 3000).SelectMany(request => request)];
        byte[] capture = Talk(c => Pipe(c).Says(Framed(TransceiveRequest(6, much))).Says(Framed(TransceiveRequest(7, DceRpcBytes.Request(15)))).Closes());
        Assert.Contains(Analysis.Records<DceRpcCall>(capture), call => call.OperationName == "OpenSCManagerW");
        Assert.Contains("message of a pipe too long", Rules(capture));
    }

    [Fact]
    public void A_pipe_that_never_speaks_RPC_breaks_no_rule()
        => Assert.Empty(Rules(Talk(c => Pipe(c).Says(Framed(WriteRequest(6, 0, "ipconfig\r\n"u8.ToArray()))).Says(Framed(WriteRequest(7, 0, "exit\r\n"u8.ToArray()))).Closes())));

    [Fact]
    public void What_a_client_writes_to_a_pipe_answers_nothing()
    {
        byte[] capture = Talk(c => Pipe(c).Says(Framed(WriteRequest(6, 0, DceRpcBytes.Bind()))).Says(Framed(WriteRequest(7, 0, DceRpcBytes.Request(15))))
            .Says(Framed(WriteRequest(8, 0, DceRpcBytes.Response()))).Closes());
        Assert.Null(Assert.Single(Analysis.Records<DceRpcCall>(capture)).ResponseTime);
        Assert.Equal(["packet from the wrong side"], Rules(capture));
    }

    [Fact]
    public void All_pipes_of_a_connection_share_one_bound_for_calls()
    {
        const int pipes = 4;
        const int each = Limits.MessagesInFlight / 2;
        byte[] capture = Talk(c =>
        {
            Smb2Tests.Share(Smb2Tests.LogIn(c), 2);
            for (int i = 0; i < pipes; i++)
            {
                byte[] file = [.. Number(i + 1, 8), .. Number(i + 1, 8)];
                byte[] write = WriteRequest((ulong)(200 + i), 0, [.. Enumerable.Range(0, each).SelectMany(call => DceRpcBytes.Request(15, call: (uint)call))]);
                file.CopyTo(write, 64 + 16);
                c.Says(Framed(CreateRequest((ulong)(100 + i), "svcctl"))).Replies(Framed(CreateResponse((ulong)(100 + i), file: file))).Says(Framed(write));
            }
        });
        Assert.Equal(pipes * each, Analysis.Records<DceRpcCall>(capture).Count);
        Assert.Equal((pipes * each) - Limits.MessagesInFlight, Rules(capture).Count(rule => rule == "more calls without response than are kept"));
    }

    private static byte[] Authenticate(string user) => NtlmBytes.Authenticate(user, new byte[24], NtlmBytes.Version2());

    private static byte[] Words(byte command, int next) => [command, 0, .. Number(next, 2)];

    private static byte[] Plain(string user, string password)
    {
        byte[] secret = [.. System.Text.Encoding.ASCII.GetBytes(password), 0];
        byte[] words = [.. s_end, 4, 0x11, 50, 0, 0, 0, 0, 0, 0, 0, .. Number(secret.Length, 2), 0, 0, 0, 0, 0, 0, 0x54, 0, 0, 0];
        byte[] padding = new byte[(32 + 3 + words.Length + secret.Length) & 1];
        return One(0x73, words, [.. secret, .. padding, .. Text(user), .. Text("EXAMPLE"), .. Text("Unix"), .. Text("Samba")]);
    }

    private static byte[] Text(string text) => [.. NtlmBytes.Unicode(text), 0, 0];

    private static TcpConversation Negotiate(TcpConversation talk) => talk.Says(Framed(NegotiateRequest())).Replies(Framed(NegotiateResponse()));

    private static TcpConversation Pipe(TcpConversation talk)
        => Smb2Tests.Share(Smb2Tests.LogIn(talk), 2).Says(Framed(CreateRequest(5, "svcctl"))).Replies(Framed(CreateResponse(5)));

    private static byte[] Talk(Action<TcpConversation> talk, int port = 445) => Capture.New().Tcp("192.0.2.5:49152", $"192.0.2.9:{port}", talk).ToPcap();

    private static IEnumerable<string> Rules(byte[] capture) => Analysis.Records<AnomalySeen>(capture).Where(seen => seen.Protocol is "smb" or "dce_rpc").Select(seen => seen.Rule);

    private static IEnumerable<string> Findings(byte[] capture)
        => Analysis.Of(capture, modules: new HashSet<string> { "smb", "ntlm" }).Findings.Select(finding => finding.Type.Id);
}
