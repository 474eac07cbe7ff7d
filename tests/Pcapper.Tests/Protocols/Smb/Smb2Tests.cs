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

public sealed class Smb2Tests
{
    private static readonly byte[] s_program = [.. "MZ"u8, .. new byte[58], 0x40, 0, 0, 0, .. "PE\0\0"u8, .. new byte[32]];

    [Fact]
    public void A_negotiation_is_stated()
    {
        SmbNegotiation negotiation = Assert.Single(Records<SmbNegotiation>(c => c.Says(Framed(NegotiateRequest())).Replies(Framed(NegotiateResponse(security: 3))).Closes()));
        Assert.Equal(["2.1", "3.1.1"], negotiation.Offered);
        Assert.Equal(("3.1.1", true, false), (negotiation.Dialect, negotiation.RequiresSigning, negotiation.IsVersion1));
    }

    [Fact]
    public void A_login_names_its_account_and_status()
    {
        SmbLogin login = Assert.Single(Records<SmbLogin>(c => LogIn(c).Closes()));
        Assert.Equal((@"EXAMPLE\anna", "ntlm", 0u), (login.Account, login.Mechanism, login.Status));
        SmbLogin refused = Assert.Single(Records<SmbLogin>(c => LogIn(c, LogonFailure).Closes()));
        Assert.Equal(LogonFailure, refused.Status);
        NtlmAuthentication ntlm = Assert.Single(Records<NtlmAuthentication>(c => LogIn(c, LogonFailure).Closes()));
        Assert.Equal((false, "smb"), (ntlm.Success, ntlm.Carrier));
    }

    [Theory]
    [InlineData(445, 1460)]
    [InlineData(4450, 1460)]
    [InlineData(445, 1)]
    public void What_is_read_and_written_belongs_to_a_file_of_a_share(int port, int segment)
    {
        List<SmbFileEvent> events = Records<SmbFileEvent>(
            c => Open(LogIn(c.SegmentSize(segment)), @"Temp\x.exe")
                .Says(Framed(WriteRequest(6, 0, s_program))).Replies(Framed(WriteResponse(6)))
                .Says(Framed(ReadRequest(7, 0, 50))).Replies(Framed(ReadResponse(7, new byte[50])))
                .Says(Framed(CloseRequest(8))).Replies(Framed(CloseResponse(8))).Closes(),
            port);
        Assert.All(events, what => Assert.Equal((@"\\192.0.2.9\C$", @"Temp\x.exe", @"EXAMPLE\anna"), (what.Share, what.Name, what.Account)));
        Assert.Equal([SmbFileAction.Open, SmbFileAction.Write, SmbFileAction.Read], events.Select(what => what.Action));
        Assert.Equal((100L, "application/x-dosexec"), (events[1].Bytes, events[1].SniffedType));
        Assert.Equal(50, events[2].Bytes);
    }

    [Fact]
    public void Large_writes_are_passed_over_and_what_follows_is_read()
    {
        List<SmbFileEvent> events = Records<SmbFileEvent>(
            c => Open(LogIn(c), "big.bin").Says(Framed(WriteRequest(6, 0, new byte[1_000_000]))).Says(Framed(WriteRequest(7, 1_000_000, new byte[500_000])))
                .Says(Framed(CloseRequest(8))).Replies(Framed(CloseResponse(8))).Closes());
        Assert.Equal(1_500_000, Assert.Single(events, what => what.Action == SmbFileAction.Write).Bytes);
    }

    [Fact]
    public void Refused_opens_keep_their_status()
    {
        SmbFileEvent what = Assert.Single(Records<SmbFileEvent>(c => Open(LogIn(c), "secret.txt", AccessDenied).Closes()));
        Assert.Equal((false, AccessDenied), (what.IsSuccess, what.Status));
    }

    [Fact]
    public void Renamed_and_deleted_files_are_told()
    {
        List<SmbFileEvent> events = Records<SmbFileEvent>(
            c => Open(LogIn(c), "a.txt").Says(Framed(RenameRequest(6, "a.locked"))).Replies(Framed(SetResponse(6)))
                .Says(Framed(DeleteRequest(7))).Replies(Framed(SetResponse(7))).Says(Framed(CloseRequest(8))).Replies(Framed(CloseResponse(8))).Closes());
        SmbFileEvent rename = Assert.Single(events, what => what.Action == SmbFileAction.Rename);
        Assert.Equal(("a.txt", "a.locked"), (rename.Name, rename.NewName));
        Assert.Equal("a.locked", Assert.Single(events, what => what.Action == SmbFileAction.Delete).Name);
    }

    [Fact]
    public void A_file_that_goes_when_it_is_closed_is_deleted()
        => Assert.Contains(
            Records<SmbFileEvent>(c => Share(LogIn(c), 1).Says(Framed(CreateRequest(5, "a.txt", 0x1000))).Replies(Framed(CreateResponse(5)))
                .Says(Framed(CloseRequest(6))).Replies(Framed(CloseResponse(6))).Closes()),
            what => what.Action == SmbFileAction.Delete);

    [Fact]
    public void Compounds_share_their_file()
    {
        byte[] related = [.. Enumerable.Repeat((byte)0xFF, 16)];
        byte[] close = Two(6, 6, isRelated: true, tree: uint.MaxValue, session: ulong.MaxValue, body: [24, 0, 0, 0, 0, 0, 0, 0, .. related]);
        List<SmbFileEvent> events = Records<SmbFileEvent>(
            c => Share(LogIn(c), 1).Says(Compound(CreateRequest(5, "a.txt", 0x1000), close)).Replies(Compound(CreateResponse(5), CloseResponse(6))).Closes());
        Assert.Equal([SmbFileAction.Open, SmbFileAction.Delete], events.Select(what => what.Action));
    }

    [Fact]
    public void Pending_answers_are_waited_for()
    {
        byte[] pending = Two(5, 5, isResponse: true, status: Pending, isAsync: true, body: [9, 0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.Single(Records<SmbFileEvent>(c => Share(LogIn(c), 1).Says(Framed(CreateRequest(5, "a.txt"))).Replies(Framed(pending)).Replies(Framed(CreateResponse(5))).Closes()));
        Assert.Equal(1, Assert.Single(Records<SmbFlowSummary>(c => Share(LogIn(c), 1).Says(Framed(CreateRequest(5, "a.txt"))).Replies(Framed(pending)).Closes())).Pending);
    }

    [Fact]
    public void Calls_over_a_pipe_are_stated_with_their_account()
    {
        DceRpcCall call = Assert.Single(Records<DceRpcCall>(
            c => Share(LogIn(c), 2).Says(Framed(CreateRequest(5, "svcctl"))).Replies(Framed(CreateResponse(5)))
                .Says(Framed(WriteRequest(6, 0, DceRpcBytes.Bind()))).Replies(Framed(WriteResponse(6)))
                .Says(Framed(ReadRequest(7, 0, 1024))).Replies(Framed(ReadResponse(7, DceRpcBytes.BindAck())))
                .Says(Framed(TransceiveRequest(8, DceRpcBytes.Request(12, DceRpcBytes.CreateService("updater", "x.exe"))))).Replies(Framed(TransceiveResponse(8, DceRpcBytes.Response())))
                .Closes()));
        Assert.Equal(("svcctl", "CreateServiceW", "updater: x.exe", @"EXAMPLE\anna"), (call.Pipe, call.OperationName, call.Detail, call.Account));
        Assert.NotNull(call.ResponseTime);
    }

    [Fact]
    public void Packets_that_a_pipe_cuts_in_pieces_are_put_together()
    {
        byte[] bind = DceRpcBytes.Bind();
        Assert.Equal("svcctl", Assert.Single(Records<DceRpcCall>(
            c => Share(LogIn(c), 2).Says(Framed(CreateRequest(5, "svcctl"))).Replies(Framed(CreateResponse(5)))
                .Says(Framed(WriteRequest(6, 0, bind[..20]))).Says(Framed(WriteRequest(7, 0, bind[20..]))).Says(Framed(WriteRequest(8, 0, DceRpcBytes.Request(15)))).Closes())).Endpoint);
    }

    [Fact]
    public void A_pipe_that_was_open_before_is_known_by_what_goes_through()
        => Assert.Equal("svcctl", Assert.Single(Records<DceRpcCall>(
            c => c.WithoutHandshake().Says(Framed(WriteRequest(6, 0, DceRpcBytes.Bind()))).Says(Framed(TransceiveRequest(7, DceRpcBytes.Request(15)))))).Endpoint);

    [Fact]
    public void Encrypted_and_compressed_messages_are_counted()
    {
        byte[] encrypted = [0xFD, (byte)'S', (byte)'M', (byte)'B', .. new byte[80]];
        byte[] compressed = [0xFC, (byte)'S', (byte)'M', (byte)'B', 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, .. new byte[20]];
        SmbFlowSummary summary = Assert.Single(Records<SmbFlowSummary>(c => c.Says(Framed(NegotiateRequest())).Says(Framed(encrypted)).Replies(Framed(compressed)).Closes()));
        Assert.Equal((1L, 1L), (summary.Encrypted, summary.Compressed));
    }

    [Fact]
    public void Sizes_that_overflow_are_told()
    {
        byte[] overflow = [0xFC, (byte)'S', (byte)'M', (byte)'B', 0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0x10, 0, 0, 0, .. new byte[20]];
        Assert.Equal(SmbSignalKind.CompressionOverflow, Assert.Single(Records<SmbSignal>(c => c.Says(Framed(NegotiateRequest())).Says(Framed(overflow)).Closes())).Kind);
    }

    [Fact]
    public void What_follows_a_gap_is_found()
        => Assert.Single(Records<SmbTreeConnect>(c => LogIn(c).Lost(100).Says(Framed(TreeRequest(4, @"\\192.0.2.9\C$"))).Replies(Framed(TreeResponse(4))).Closes()));

    [Fact]
    public void Another_protocol_on_port_445_is_not_taken()
        => Assert.Empty(Records<SmbFlowSummary>(c => c.Says("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").Closes()));

    [Fact]
    public void Every_prefix_and_every_changed_byte_is_survived()
    {
        byte[] said = [.. Framed(NegotiateRequest()), .. Framed(TreeRequest(4, @"\\a\b")), .. Framed(CreateRequest(5, "x")), .. Framed(WriteRequest(6, 0, [1, 2])), .. Framed(RenameRequest(7, "y"))];
        byte[] replied = [.. Framed(NegotiateResponse()), .. Framed(TreeResponse(4)), .. Framed(CreateResponse(5)), .. Framed(WriteResponse(6)), .. Framed(SetResponse(7))];
        for (int i = 1; i < said.Length; i += 7)
        {
            byte[] changed = [.. said];
            changed[i] ^= 0xFF;
            Assert.Empty(Problems(c => c.Says(said[..i]).Replies(replied).Closes()));
            Assert.Empty(Problems(c => c.Says(changed).Replies(replied).Closes()));
        }

        for (int i = 1; i < replied.Length; i += 7)
        {
            byte[] changed = [.. replied];
            changed[i] ^= 0xFF;
            Assert.Empty(Problems(c => c.Says(said).Replies(changed).Closes()));
        }
    }

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Select(Gen.UShort[0, 18], Gen.Byte.Array[0, 120], Gen.Byte.Array[0, 120]).Always(
            (command, asked, answered) => Assert.Empty(Problems(
                c => Open(LogIn(c), "x").Says(Framed(Two(command, 9, body: asked))).Replies(Framed(Two(command, 9, isResponse: true, body: answered))).Closes())),
            iterations: 100);

    internal static TcpConversation LogIn(TcpConversation talk, uint status = Success) => talk
        .Says(Framed(NegotiateRequest())).Replies(Framed(NegotiateResponse()))
        .Says(Framed(SessionRequest(1, NtlmBytes.Negotiate, session: 0))).Replies(Framed(SessionResponse(1, MoreProcessing, NtlmBytes.Challenge())))
        .Says(Framed(SessionRequest(2, NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2())))).Replies(Framed(SessionResponse(2, status)));

    internal static TcpConversation Share(TcpConversation talk, byte kind)
        => talk.Says(Framed(TreeRequest(4, kind == 2 ? @"\\192.0.2.9\IPC$" : @"\\192.0.2.9\C$"))).Replies(Framed(TreeResponse(4, kind)));

    internal static TcpConversation Open(TcpConversation talk, string name, uint status = Success)
        => Share(talk, 1).Says(Framed(CreateRequest(5, name))).Replies(Framed(CreateResponse(5, status)));

    private static List<TRecord> Records<TRecord>(Action<TcpConversation> talk, int port = 445)
        where TRecord : ProtocolRecord
        => Analysis.Records<TRecord>(Capture.New().Tcp("192.0.2.5:49152", $"192.0.2.9:{port}", talk).ToPcap());

    private static IReadOnlyList<RunProblem> Problems(Action<TcpConversation> talk)
        => Analysis.Of(Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:445", talk).ToPcap(), modules: new HashSet<string> { "smb", "ntlm" }).Problems;
}
