using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.DceRpc;

public sealed class DceRpcTests
{
    private static readonly byte[] s_bind = DceRpcBytes.Bind();
    private static readonly byte[] s_create = DceRpcBytes.Request(12, DceRpcBytes.CreateService("updater", "C:\\x.exe"));

    [Theory]
    [InlineData(135, 1460)]
    [InlineData(49667, 1460)]
    [InlineData(80, 7)]
    public void A_call_is_stated_with_its_outcome_on_any_port(int port, int segment)
    {
        DceRpcCall call = Assert.Single(Calls(c => c.SegmentSize(segment).Says(s_bind).Replies(DceRpcBytes.BindAck()).Says(s_create).Replies(DceRpcBytes.Response()).Closes(), port));
        Assert.Equal(("svcctl", "CreateServiceW", "updater: C:\\x.exe"), (call.Endpoint, call.OperationName, call.Detail));
        Assert.Null(call.Fault);
        Assert.NotNull(call.ResponseTime);
    }

    [Fact]
    public void A_list_of_trusted_domains_is_read()
    {
        byte[] answer = DceRpcBytes.Domains(("CORP", "corp.example", 0x1D, 0), ("PARTNER", "partner.example", 0x22, 8));
        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:49667", c => c.Says(DceRpcBytes.Bind(DceRpcInterfaces.Netlogon)).Replies(DceRpcBytes.BindAck())
            .Says(DceRpcBytes.Request(40)).Replies(DceRpcBytes.Response(2, answer)).Closes()).ToPcap();
        NetlogonDomains list = Assert.Single(Analysis.Records<NetlogonDomains>(capture));
        Assert.Equal("10.0.0.9", list.Server.ToString());
        Assert.Equal([new NetlogonDomain("CORP", "corp.example", 0x1D, 0), new NetlogonDomain("PARTNER", "partner.example", 0x22, 8)], list.Domains);
        Assert.True(list.Domains[0] is { IsPrimary: true, IsTrusted: false } && list.Domains[1] is { IsTrusted: true, IsTrusting: true });
    }

    [Fact]
    public void Any_part_of_a_list_of_domains_and_any_change_of_it_can_be_read()
    {
        byte[] answer = DceRpcBytes.Domains(("CORP", "corp.example", 0x1D, 0), ("PARTNER", "", 0x22, 8));
        const int LastIdentifier = 28;
        for (int length = 0; length < answer.Length - 4 - LastIdentifier; length++)
        {
            Assert.True(NetlogonReader.Domains(answer.AsSpan(0, length)).Count < 2);
        }

        Gen.Select(Gen.Int[0, answer.Length - 1], Gen.Byte).Always((at, value) =>
        {
            byte[] changed = [.. answer];
            changed[at] = value;
            Assert.True(NetlogonReader.Domains(changed).Count <= 256);
        });
    }

    [Theory]
    [InlineData(26, 0u, 0u)]
    [InlineData(26, 0xC0000022u, 0xC0000022u)]
    [InlineData(30, 0u, 0u)]
    [InlineData(4, 0u, null)]
    public void What_Netlogon_answers_to_a_proof_is_read(ushort operation, uint status, uint? result)
    {
        byte[] answer = [1, 2, 3, 4, 5, 6, 7, 8, .. DceRpcBytes.Little(status)];
        DceRpcCall call = Assert.Single(Calls(c => c.Says(DceRpcBytes.Bind(DceRpcInterfaces.Netlogon)).Replies(DceRpcBytes.BindAck())
            .Says(DceRpcBytes.Request(operation)).Replies(DceRpcBytes.Response(2, answer)).Closes()));
        Assert.Equal(result, call.Result);
        call = Assert.Single(Calls(c => c.Says(DceRpcBytes.Bind(DceRpcInterfaces.Netlogon)).Replies(DceRpcBytes.BindAck())
            .Says(DceRpcBytes.Request(operation)).Replies(DceRpcBytes.Secured(DceRpcBytes.Response(2, answer), [1, 2, 3, 4], 1)).Closes()));
        Assert.Null(call.Result);
    }

    [Fact]
    public void A_fault_is_kept()
        => Assert.Equal(5u, Assert.Single(Calls(c => c.Says(s_bind).Replies(DceRpcBytes.BindAck()).Says(s_create).Replies(DceRpcBytes.Fault(5)).Closes())).Fault);

    [Fact]
    public void A_call_without_an_answer_or_without_a_bind_is_stated()
    {
        DceRpcCall call = Assert.Single(Calls(c => c.WithoutHandshake().Says(s_create).Replies(DceRpcBytes.Response(9)), 135));
        Assert.Null(call.Interface);
        Assert.Null(call.ResponseTime);
        Assert.Equal("operation 12", call.OperationName);
    }

    [Fact]
    public void Contexts_stand_for_their_own_interfaces()
    {
        List<DceRpcCall> calls = Calls(c => c.Says(DceRpcBytes.Bind(context: 0)).Replies(DceRpcBytes.BindAck()).Says(DceRpcBytes.Bind(DceRpcInterfaces.Registry, context: 1))
            .Says([.. DceRpcBytes.Request(16, call: 3), .. DceRpcBytes.Request(16, call: 4, context: 1)]).Closes());
        Assert.Equal(["OpenServiceW", "BaseRegQueryInfoKey"], calls.OrderBy(call => call.Endpoint, StringComparer.Ordinal).Select(call => call.OperationName));
    }

    [Fact]
    public void Numbers_may_be_big_endian()
    {
        byte[] bind = Hex.Bytes("""
            05 00 0b 03 00 00 00 00 00 48 00 00 00 00 00 01   header: big-endian, 72 bytes
            10 b8 10 b8 00 00 00 00 01 00 00 00               one context
            00 00 01 00
            36 7a bb 81 98 44 35 f1 ad 32 98 f0 38 00 10 03 00 02 00 00
            8a 88 5d 04 1c eb 11 c9 9f e8 08 00 2b 10 48 60 00 02 00 00
            """);
        byte[] request = Hex.Bytes("05 00 00 03 00 00 00 00 00 18 00 00 00 00 00 02 00 00 00 00 00 00 00 0f   operation 15");
        Assert.Equal("OpenSCManagerW", Assert.Single(Calls(c => c.Says(bind).Replies(DceRpcBytes.BindAck()).Says(request).Closes())).OperationName);
    }

    [Theory]
    [InlineData("367abb81-9844-35f1-ad32-98f038001003", 19, "StartServiceW")]
    [InlineData("367abb81-9844-35f1-ad32-98f038001003", 45, "CreateServiceWOW64W")]
    [InlineData("e3514235-4b06-11d1-ab04-00c04fc2dcd2", 3, "DRSGetNCChanges")]
    [InlineData("e3514235-4b06-11d1-ab04-00c04fc2dcd2", 17, "DRSAddEntry")]
    [InlineData("12345778-1234-abcd-ef00-0123456789ac", 13, "SamrEnumerateUsersInDomain")]
    [InlineData("12345778-1234-abcd-ef00-0123456789ac", 64, "SamrConnect5")]
    [InlineData("12345778-1234-abcd-ef00-0123456789ab", 43, "LsarRetrievePrivateData")]
    [InlineData("12345778-1234-abcd-ef00-0123456789ab", 77, "LsarLookupNames4")]
    [InlineData("4b324fc8-1670-01d3-1278-5a47bf6ee188", 15, "NetrShareEnum")]
    [InlineData("338cd001-2244-31f1-aaaa-900038001003", 20, "BaseRegSaveKey")]
    [InlineData("338cd001-2244-31f1-aaaa-900038001003", 31, "BaseRegSaveKeyEx")]
    [InlineData("12345678-1234-abcd-ef00-01234567cffb", 26, "NetrServerAuthenticate3")]
    [InlineData("12345678-1234-abcd-ef00-01234567cffb", 30, "NetrServerPasswordSet2")]
    [InlineData("12345678-1234-abcd-ef00-0123456789ab", 65, "RpcRemoteFindFirstPrinterChangeNotificationEx")]
    [InlineData("12345678-1234-abcd-ef00-0123456789ab", 89, "RpcAddPrinterDriverEx")]
    [InlineData("76f03f96-cdfd-44fc-a22c-64950a001209", 39, "RpcAsyncAddPrinterDriver")]
    [InlineData("86d35949-83c9-4044-b424-db363231fd0c", 1, "SchRpcRegisterTask")]
    [InlineData("9556dc99-828c-11cf-a37e-00aa003240c7", 24, "ExecMethod")]
    [InlineData("df1941c5-fe89-4e79-bf10-463657acf44d", 0, "EfsRpcOpenFileRaw")]
    [InlineData("4fc742e0-4a10-11cf-8273-00aa004ae673", 13, "NetrDfsRemoveStdRoot")]
    [InlineData("4fc742e0-4a10-11cf-8273-00aa004ae673", 9999, "unknown-9999")]
    public void Operations_have_the_names_of_their_specifications(string interfaceId, int operation, string name)
        => Assert.Equal(name, DceRpcNames.Operation(interfaceId, operation));

    [Fact]
    public void A_credential_of_zeros_is_told()
    {
        byte[] arguments = [.. DceRpcBytes.Little(0), .. DceRpcBytes.Text("DC$"), 6, 0, 0, 0, .. DceRpcBytes.Text("DC1"), .. new byte[8], .. DceRpcBytes.Little(0x212FFFFF)];
        Assert.Equal("zero client credential for DC$", DceRpcArguments.Tell(DceRpcInterfaces.Netlogon, 26, arguments));
        arguments[^6] = 1;
        Assert.Equal("DC$ on DC1", DceRpcArguments.Tell(DceRpcInterfaces.Netlogon, 26, arguments));
    }

    [Fact]
    public void Strings_are_found_among_arguments()
        => Assert.Equal(@"\\192.0.2.66\x", DceRpcArguments.Tell(DceRpcInterfaces.EncryptedFiles, 4, DceRpcBytes.Text(@"\\192.0.2.66\x")));

    [Fact]
    public void Another_protocol_on_port_135_is_not_taken()
        => Assert.Empty(Calls(c => c.Says("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").Closes(), 135));

    [Fact]
    public void What_follows_a_gap_is_found()
        => Assert.Equal(2, Calls(c => c.Says(s_bind).Replies(DceRpcBytes.BindAck()).Says(DceRpcBytes.Request(15, call: 1)).Lost(100).Says(DceRpcBytes.Request(16, call: 2)).Closes()).Count);

    [Fact]
    public void Every_prefix_and_every_changed_byte_is_survived()
    {
        byte[] whole = [.. s_bind, .. s_create];
        for (int i = 1; i < whole.Length; i += 3)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 0xFF;
            Assert.Empty(Problems(c => c.Says(whole[..i]).Closes()));
            Assert.Empty(Problems(c => c.Says(changed).Replies(DceRpcBytes.BindAck()).Closes()));
        }
    }

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Byte.Array[0, 80].Always(bytes => Assert.Empty(Problems(c => c.Says([.. s_bind, .. s_create, .. bytes]).Closes())), iterations: 100);

    private static List<DceRpcCall> Calls(Action<TcpConversation> talk, int port = 135)
        => Analysis.Records<DceRpcCall>(Capture.New().Tcp("192.0.2.5:49152", $"192.0.2.9:{port}", talk).ToPcap());

    private static IReadOnlyList<RunProblem> Problems(Action<TcpConversation> talk)
        => Analysis.Of(Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:135", talk).ToPcap(), modules: new HashSet<string> { "smb" }).Problems;
}
