using System.Text;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Modules.Protocols.Smb;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.DceRpc;
using Pcapper.Tests.Protocols.Ntlm;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Protocols.Smb.SmbBytes;

namespace Pcapper.Tests.Protocols.Smb;

public sealed class Smb1Tests
{
    private static readonly byte[] s_end = [0xFF, 0, 0, 0];   // no command follows

    private static readonly byte[] s_negotiate = Framed(One(0x72, [], [2, .. "PC NETWORK PROGRAM 1.0\0"u8, 2, .. "NT LM 0.12\0"u8]));
    private static readonly byte[] s_chosen = Framed(One(0x72, [1, 0, 3, .. new byte[31]], new byte[8], isResponse: true));

    [Fact]
    public void A_negotiation_is_stated()
    {
        SmbNegotiation negotiation = Assert.Single(Records<SmbNegotiation>(c => c.Says(s_negotiate).Replies(s_chosen).Closes()));
        Assert.Equal(("NT LM 0.12", true, false), (negotiation.Dialect, negotiation.IsVersion1, negotiation.RequiresSigning));
    }

    [Theory]
    [InlineData(139)]
    [InlineData(1390)]
    public void A_NetBIOS_session_comes_first_on_any_port(int port)
    {
        byte[] names = [0x81, 0, 0, 68, 0x20, .. Encoding.ASCII.GetBytes(new string('C', 32)), 0, 0x20, .. Encoding.ASCII.GetBytes(new string('A', 32)), 0];
        Assert.Single(Records<SmbNegotiation>(c => c.Says(names).Replies([0x82, 0, 0, 0]).Says(s_negotiate).Replies(s_chosen).Closes(), port));
    }

    [Fact]
    public void A_login_with_NTLM_messages_is_stated()
    {
        SmbLogin login = Assert.Single(Records<SmbLogin>(c => LogIn(c).Closes()));
        Assert.Equal((@"EXAMPLE\anna", "ntlm", "Unix"), (login.Account, login.Mechanism, login.ClientSystem));
        Assert.True(Assert.Single(Records<NtlmAuthentication>(c => LogIn(c).Closes())).Success);
    }

    [Fact]
    public void A_login_without_NTLM_messages_is_stated()
    {
        byte[] words = [.. s_end, 4, 0x11, 50, 0, 0, 0, 0, 0, 0, 0, 24, 0, 24, 0, 0, 0, 0, 0, 0xD4, 0, 0, 0];
        byte[] bytes = [.. new byte[48], 0, .. Unicode("anna"), .. Unicode("EXAMPLE"), .. Unicode("Unix"), .. Unicode("Samba")];
        SmbLogin login = Assert.Single(Records<SmbLogin>(
            c => c.Says(s_negotiate).Replies(s_chosen).Says(Framed(One(0x73, words, bytes))).Replies(Framed(One(0x73, [.. s_end, 1, 0], [0, .. Unicode("Windows")], isResponse: true))).Closes()));
        Assert.Equal((@"EXAMPLE\anna", "plain", true, "Windows"), (login.Account, login.Mechanism, login.IsGuest, login.ServerSystem));
    }

    [Fact]
    public void A_chain_logs_in_and_connects()
    {
        byte[] setup = [0x75, 0, 0, 0, 4, 0x11, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xD4, 0, 0, 0];
        byte[] bytes = [0, .. Unicode("anna"), .. Unicode("EXAMPLE"), .. Unicode("Unix"), .. Unicode("Samba")];
        byte[] first = One(0x73, setup, bytes);
        Number(first.Length, 2).CopyTo(first, 32 + 1 + 2);
        byte[] second = [4, .. s_end, 0, 0, 1, 0, .. Number(1 + ((first.Length & 1) == 0 ? 1 : 0) + 22 + 6, 2)];
        byte[] path = [0, .. ((first.Length + second.Length + 1) & 1) == 0 ? Array.Empty<byte>() : [0], .. Unicode(@"\\A\DATA"), .. "?????\0"u8];
        second = [4, .. s_end, 0, 0, 1, 0, .. Number(path.Length, 2), .. path];
        byte[] answer = One(0x73, [0x75, 0, 0, 0, 0, 0], [0, .. Unicode("Windows")], isResponse: true, tree: 5);
        Number(answer.Length, 2).CopyTo(answer, 32 + 1 + 2);
        SmbTreeConnect connect = Assert.Single(Records<SmbTreeConnect>(
            c => c.Says(s_negotiate).Replies(s_chosen).Says(Framed(first, second)).Replies(Framed(answer, [3, .. s_end, 1, 0, 3, 0, .. "A:\0"u8])).Closes()));
        Assert.Equal((@"\\A\DATA", "A:", 0u), (connect.Path, connect.Service, connect.Status));
    }

    [Fact]
    public void What_is_read_and_written_belongs_to_a_file_of_a_share()
    {
        List<SmbFileEvent> events = Records<SmbFileEvent>(
            c => Open(LogIn(c), "A:", @"\docs\x.txt")
                .Says(Framed(Write("hello"u8.ToArray()))).Replies(Framed(One(0x2F, [.. s_end, 5, 0, 0, 0, 0, 0, 0, 0], [], isResponse: true)))
                .Says(Framed(One(0x2E, [.. s_end, 9, 0, 0, 0, 0, 0, 3, 0, .. new byte[8]], []))).Replies(Framed(ReadAnswer("abc"u8.ToArray())))
                .Says(Framed(One(0x04, [9, 0, 0, 0, 0, 0], []))).Replies(Framed(One(0x04, [], [], isResponse: true))).Closes());
        Assert.Equal([(SmbFileAction.Open, 0L), (SmbFileAction.Write, 5L), (SmbFileAction.Read, 3L)], events.Select(what => (what.Action, what.Bytes)));
        Assert.All(events, what => Assert.Equal((@"\\A\DATA", @"docs\x.txt"), (what.Share, what.Name)));
    }

    [Fact]
    public void Deleted_and_renamed_files_are_told()
    {
        byte[] delete = One(0x06, [0, 0], [4, 0, .. Unicode(@"\a.txt")]);
        byte[] rename = One(0x07, [0, 0], [4, .. Unicode(@"\b.txt"), 4, 0, .. Unicode(@"\c.txt")], multiplex: 2);
        List<SmbFileEvent> events = Records<SmbFileEvent>(
            c => c.Says(s_negotiate).Replies(s_chosen).Says(Framed(delete)).Replies(Framed(One(0x06, [], [], isResponse: true)))
                .Says(Framed(rename)).Replies(Framed(One(0x07, [], [], isResponse: true, multiplex: 2))).Closes());
        Assert.Equal([(SmbFileAction.Delete, null), (SmbFileAction.Rename, "c.txt")], events.Select(what => (what.Action, what.NewName)));
    }

    [Fact]
    public void Calls_over_a_pipe_are_stated()
    {
        DceRpcCall call = Assert.Single(Records<DceRpcCall>(
            c => Open(LogIn(c), "IPC", @"\svcctl").Says(Framed(Transact(DceRpcBytes.Bind()))).Replies(Framed(TransactAnswer(DceRpcBytes.BindAck())))
                .Says(Framed(Transact(DceRpcBytes.Request(15)))).Replies(Framed(TransactAnswer(DceRpcBytes.Response()))).Closes()));
        Assert.Equal(("svcctl", "OpenSCManagerW"), (call.Pipe, call.OperationName));
        Assert.NotNull(call.ResponseTime);
    }

    [Fact]
    public void A_backdoor_and_its_answer_are_told()
    {
        byte[] ask = One(0x32, [.. new byte[26], 1, 0, 0x0E, 0], [0], multiplex: 0x41);
        byte[] answer = One(0x32, [], [], isResponse: true, status: 0xC0000002, multiplex: 0x51);
        Assert.Equal(
            [SmbSignalKind.BackdoorRequest, SmbSignalKind.BackdoorAnswer],
            Records<SmbSignal>(c => c.Says(s_negotiate).Replies(s_chosen).Says(Framed(ask)).Replies(Framed(answer)).Closes()).Select(signal => signal.Kind));
        byte[] clean = One(0x32, [], [], isResponse: true, status: 0xC0000002, multiplex: 0x41);
        Assert.Single(Records<SmbSignal>(c => c.Says(s_negotiate).Replies(s_chosen).Says(Framed(ask)).Replies(Framed(clean)).Closes()));
    }

    [Fact]
    public void Probes_and_oversized_transactions_are_told()
    {
        byte[] probe = One(0x25, [.. new byte[26], 2, 0, 0x23, 0, 0, 0], [0]);
        byte[] vulnerable = One(0x25, [], [], isResponse: true, status: 0xC0000205);
        byte[] oversized = One(0xA0, [1, 0, 0, 0x1E, 0, 0, 0, 0xD0, 3, 1, 0, .. new byte[27]], [0], multiplex: 3);
        Assert.Equal(
            [SmbSignalKind.Ms17Probe, SmbSignalKind.Ms17Vulnerable, SmbSignalKind.OversizedTransaction],
            Records<SmbSignal>(c => c.Says(s_negotiate).Replies(s_chosen).Says(Framed(probe)).Replies(Framed(vulnerable)).Says(Framed(oversized)).Closes()).Select(signal => signal.Kind));
    }

    [Fact]
    public void A_length_of_all_ones_is_survived()
        => Assert.Empty(Problems(c => Open(LogIn(c), "A:", "x").Says(Framed(One(0x2F, [.. s_end, 9, 0, .. Enumerable.Repeat((byte)0xFF, 16), 40, 0], [1, 2]))).Closes()));

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Select(Gen.OneOf<byte>(0x02, 0x04, 0x06, 0x07, 0x25, 0x2D, 0x2E, 0x2F, 0x32, 0x72, 0x73, 0x75, 0xA0, 0xA2), Gen.Byte.Array[0, 30], Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 60]).Always(
            (command, words, bytes, answer) => Assert.Empty(Problems(
                c => Open(LogIn(c), "A:", "x").Says(Framed(One(command, [.. words, .. words], bytes, multiplex: 9)))
                    .Replies(Framed(One(command, [.. words, .. words], answer, isResponse: true, multiplex: 9))).Closes())),
            iterations: 100);

    private static byte[] Unicode(string text) => Encoding.Unicode.GetBytes(text + "\0");

    private static TcpConversation LogIn(TcpConversation talk)
    {
        byte[] Ask(byte[] token)
        {
            bool isEven = ((32 + 1 + 24 + 2 + token.Length) & 1) == 0;
            return One(0x73, [.. s_end, 4, 0x11, 50, 0, 0, 0, 0, 0, 0, 0, .. Number(token.Length, 2), 0, 0, 0, 0, 0xD4, 0, 0, 0x80], [.. token, .. isEven ? Array.Empty<byte>() : [0], .. Unicode("Unix"), .. Unicode("Samba")]);
        }

        byte[] Answer(byte[] token, uint status) => One(0x73, [.. s_end, 0, 0, .. Number(token.Length, 2)], token, isResponse: true, status: status);

        return talk.Says(s_negotiate).Replies(s_chosen)
            .Says(Framed(Ask(NtlmBytes.Negotiate))).Replies(Framed(Answer(NtlmBytes.Challenge(), MoreProcessing)))
            .Says(Framed(Ask(NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2())))).Replies(Framed(Answer([], Success)));
    }

    private static TcpConversation Open(TcpConversation talk, string service, string name)
    {
        byte[] connect = One(0x75, [.. s_end, 0, 0, 1, 0], [0, .. Unicode(@"\\A\DATA"), .. "?????\0"u8]);
        byte[] connected = One(0x75, [.. s_end, 1, 0], [.. Encoding.ASCII.GetBytes(service), 0], isResponse: true);
        byte[] create = One(0xA2, [.. s_end, .. new byte[44]], [0, .. Unicode(name)], multiplex: 2);
        byte[] created = One(0xA2, [.. s_end, 0, 9, 0, .. new byte[61]], [], isResponse: true, multiplex: 2);
        return talk.Says(Framed(connect)).Replies(Framed(connected)).Says(Framed(create)).Replies(Framed(created));
    }

    private static byte[] Write(byte[] data)
    {
        const int offset = 32 + 1 + 24 + 2;
        return One(0x2F, [.. s_end, 9, 0, .. new byte[14], .. Number(data.Length, 2), offset, 0], data);
    }

    private static byte[] ReadAnswer(byte[] data)
    {
        const int offset = 32 + 1 + 24 + 2;
        return One(0x2E, [.. s_end, 0, 0, 0, 0, 0, 0, .. Number(data.Length, 2), offset, 0, .. new byte[10]], data, isResponse: true);
    }

    private static byte[] Transact(byte[] data)
    {
        const int offset = 32 + 1 + 32 + 2;
        return One(0x25, [.. new byte[22], .. Number(data.Length, 2), offset, 0, 2, 0, 0x26, 0, 9, 0], data, multiplex: 3);
    }

    private static byte[] TransactAnswer(byte[] data)
    {
        const int offset = 32 + 1 + 20 + 2;
        return One(0x25, [.. new byte[12], .. Number(data.Length, 2), offset, 0, 0, 0, 0, 0], data, isResponse: true, multiplex: 3);
    }

    private static List<TRecord> Records<TRecord>(Action<TcpConversation> talk, int port = 445)
        where TRecord : ProtocolRecord
        => Analysis.Records<TRecord>(Capture.New().Tcp("192.0.2.5:49152", $"192.0.2.9:{port}", talk).ToPcap());

    private static IReadOnlyList<RunProblem> Problems(Action<TcpConversation> talk)
        => Analysis.Of(Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:445", talk).ToPcap(), modules: new HashSet<string> { "smb", "ntlm" }).Problems;
}
