using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Modules.Protocols.Smb;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Smb;

public sealed class SmbAnalyzerTests
{
    private static readonly Gen<(FlowId Flow, long Frame)> s_place =
        from client in Gen.Int[1, 3]
        from server in Gen.Int[1, 3]
        from frame in Gen.Long[1, 60]
        select (Flow($"10.0.0.{client}", $"10.0.0.{server}", frame), frame);

    private static readonly Gen<Action<RecordBus>> s_any = Gen.OneOf(
        Laws.Emit(from place in s_place
                  from action in Gen.Enum<SmbFileAction>()
                  from name in Gen.OneOf("a.exe", "b.txt", "__output", "msagent_1f", "PSEXESVC")
                  from share in Gen.OneOf(@"\\A\ADMIN$", @"\\A\IPC$", @"\\A\data")
                  select File(action, name, share, place.Flow, place.Frame) with { NewName = action == SmbFileAction.Rename ? name + ".locked" : null, Bytes = 5, Entropy = action == SmbFileAction.Read ? 4_000 : 7_900 }),
        Laws.Emit(from place in s_place
                  from user in Gen.OneOf<string?>(null, "admin", "svc")
                  select new SmbPolicyPassword { Flow = place.Flow, Frame = new FrameRef(0, place.Frame), Time = new Timestamp(place.Frame), Direction = Direction.ToResponder, Path = @"\\A\SYSVOL\x.xml", User = user }),
        Laws.Emit(from place in s_place
                  from operation in Gen.OneOf<ushort>(0, 3, 12, 13, 15, 24, 26, 65, 89)
                  from id in Gen.OneOf<string?>(null, DceRpcInterfaces.ServiceControl, DceRpcInterfaces.DirectoryReplication, DceRpcInterfaces.Spooler, DceRpcInterfaces.Netlogon)
                  from fault in Gen.OneOf<uint?>(null, 5u)
                  from result in Gen.OneOf<uint?>(null, 0u, SmbBytes.AccessDenied)
                  select Call(id, operation, place.Flow, place.Frame) with { Fault = fault, Result = result, Detail = operation == 26 ? DceRpcArguments.ZeroCredential : null }),
        Laws.Emit(from place in s_place
                  from status in Gen.OneOf(0u, SmbBytes.LogonFailure)
                  from account in Gen.OneOf<string?>(null, "anna", "WS$")
                  select Login(status, account, place.Flow, place.Frame)),
        Laws.Emit(from place in s_place
                  from kind in Gen.Enum<SmbSignalKind>()
                  select new SmbSignal { Flow = place.Flow, Frame = new FrameRef(0, place.Frame), Time = new Timestamp(place.Frame), Direction = Direction.ToResponder, Kind = kind, Value = place.Frame }),
        Laws.Emit(from place in s_place
                  from dialect in Gen.OneOf<string?>(null, "NT LM 0.12", "3.1.1")
                  select Negotiation(dialect, place.Flow, place.Frame)),
        Laws.Emit(from place in s_place
                  select new SmbFlowSummary
                  {
                      Flow = place.Flow,
                      Frame = new FrameRef(0, place.Frame),
                      Time = new Timestamp(place.Frame),
                      Direction = Direction.ToResponder,
                      Commands = [("create", place.Frame)],
                      Statuses = [(SmbBytes.AccessDenied, 1, new FrameRef(0, place.Frame))],
                      Encrypted = place.Frame,
                  }));

    [Fact]
    public void The_laws_hold() => Laws.Hold<SmbAnalyzer>(s_any, iterations: 60);

    [Fact]
    public void SMB_1_is_found_and_SMB_3_is_not()
    {
        Only(SmbFindings.Version1, Negotiation("NT LM 0.12"));
        Assert.Empty(Find(Negotiation("3.1.1")));
        Only(SmbFindings.Unsigned, Negotiation("3.1.1") with { RequiresSigning = false });
    }

    [Fact]
    public void Guessing_and_spraying_are_told_apart()
    {
        SmbLogin[] guesses = [.. Enumerable.Range(1, 20).Select(i => Login(SmbBytes.LogonFailure, "anna", frame: i))];
        Only(SmbFindings.BruteForce, guesses);
        Assert.Empty(Find([.. guesses[1..]]));
        SmbLogin[] sprays = [.. Enumerable.Range(1, 5).Select(i => Login(SmbBytes.LogonFailure, $"user{i}", frame: i))];
        Only(SmbFindings.Spray, sprays);
        Assert.Empty(Find([.. sprays[1..]]));
        Assert.Equal(Severity.High, Only(SmbFindings.BruteForce, [.. guesses, Login(0, "anna", frame: 40)]).Severity);
    }

    [Fact]
    public void A_guest_is_found() => Only(SmbFindings.Guest, Login(0, "guest") with { IsGuest = true });

    [Fact]
    public void A_program_on_an_administrative_share_is_worse_than_on_another()
    {
        Only(SmbFindings.ProgramToAdminShare, File(SmbFileAction.Write, "x.exe", @"\\A\ADMIN$") with { Bytes = 9 });
        Only(SmbFindings.ProgramToAdminShare, File(SmbFileAction.Write, "x.txt", @"\\A\C$") with { Bytes = 9, SniffedType = "application/x-dosexec" });
        Only(SmbFindings.ProgramToShare, File(SmbFileAction.Write, "x.exe", @"\\A\data") with { Bytes = 9 });
        Only(SmbFindings.ProgramFromAdminShare, File(SmbFileAction.Read, "x.exe", @"\\A\C$") with { Bytes = 9 });
        Assert.Empty(Find(File(SmbFileAction.Write, "x.txt", @"\\A\ADMIN$") with { Bytes = 9 }, File(SmbFileAction.Open, "x.exe", @"\\A\ADMIN$")));
    }

    [Theory]
    [InlineData("__output", true)]
    [InlineData("__1700000000.123", true)]
    [InlineData(@"Temp\AbCdEfGh.tmp", true)]
    [InlineData("__init__.py", false)]
    [InlineData(@"Temp\12345678.tmp", false)]
    public void Files_that_fetch_output_are_found(string name, bool isFound)
        => Assert.Equal(isFound, Find(File(SmbFileAction.Open, name, @"\\A\ADMIN$")).Any(finding => finding.Type == SmbFindings.CommandOutput));

    [Theory]
    [InlineData("PSEXESVC-PC-1-stdin", "smb.remote-shell")]
    [InlineData("RemCom_communicat", "smb.remote-shell")]
    [InlineData("msagent_1f", "smb.beacon-pipe")]
    [InlineData("MSSE-1234-server", "smb.beacon-pipe")]
    [InlineData("srvsvc", null)]
    [InlineData("status_page", null)]
    public void Telling_pipes_are_found(string pipe, string? type)
        => Assert.Equal(type, Find(File(SmbFileAction.Open, pipe, @"\\A\IPC$")).SingleOrDefault()?.Type.Id);

    [Theory]
    [InlineData(@"Windows\NTDS\ntds.dit", true)]
    [InlineData(@"Windows\System32\config\SAM", true)]
    [InlineData("lsass.dmp", true)]
    [InlineData(@"photos\sam", false)]
    public void Files_with_secrets_are_found(string name, bool isFound)
        => Assert.Equal(isFound, Find(File(SmbFileAction.Open, name, @"\\A\data")).Any(finding => finding.Type == SmbFindings.SecretFile));

    [Fact]
    public void Many_quick_renames_to_one_extension_are_found()
    {
        SmbFileEvent Rename(int i, string extension, int seconds) => File(SmbFileAction.Rename, $"f{i}.doc", @"\\A\data", frame: i) with
        {
            NewName = $"f{i}{extension}",
            Time = Timestamp.FromSeconds(1_700_000_000 + (i * seconds)),
        };

        Only(SmbFindings.MassRename, [.. Enumerable.Range(1, 50).Select(i => Rename(i, ".locked", 1))]);
        Assert.Empty(Find([.. Enumerable.Range(1, 49).Select(i => Rename(i, ".locked", 1))]));
        Assert.Empty(Find([.. Enumerable.Range(1, 60).Select(i => Rename(i, ".locked", 10))]));
        Assert.Empty(Find([.. Enumerable.Range(1, 60).Select(i => Rename(i, "-copy.doc", 1))]));
        Only(SmbFindings.MassRename, [.. Enumerable.Range(1, 50).Select(i => Rename(i, $".doc.id{i}", 1))]);
        Assert.Empty(Find([.. Enumerable.Range(1, 60).Select(i => Rename(i, $".id{i}", 1))]));
    }

    [Theory]
    [InlineData(DceRpcInterfaces.ServiceControl, 12, "smb.remote-service")]
    [InlineData(DceRpcInterfaces.ServiceControl, 16, null)]
    [InlineData(DceRpcInterfaces.TaskScheduler, 1, "smb.remote-task")]
    [InlineData(DceRpcInterfaces.JobScheduler, 0, "smb.remote-task")]
    [InlineData(DceRpcInterfaces.JobScheduler, 2, null)]
    [InlineData(DceRpcInterfaces.WbemServices, 24, "smb.wmi-method")]
    [InlineData(DceRpcInterfaces.WbemServices, 20, "smb.wmi-query")]
    [InlineData(DceRpcInterfaces.Dispatch, 6, "smb.dcom-invoke")]
    [InlineData(DceRpcInterfaces.Registry, 31, "smb.registry-save")]
    [InlineData(DceRpcInterfaces.Registry, 22, "smb.registry-write")]
    [InlineData(DceRpcInterfaces.Registry, 17, null)]
    [InlineData(DceRpcInterfaces.DirectoryReplication, 3, "smb.dcsync")]
    [InlineData(DceRpcInterfaces.DirectoryReplication, 17, "smb.dcshadow")]
    [InlineData(DceRpcInterfaces.DirectoryReplication, 0, null)]
    [InlineData(DceRpcInterfaces.LocalSecurity, 43, "smb.lsa-secret")]
    [InlineData(DceRpcInterfaces.LocalSecurity, 44, null)]
    [InlineData(DceRpcInterfaces.AccountManager, 58, "smb.account-change")]
    [InlineData(DceRpcInterfaces.AccountManager, 13, "smb.account-listing")]
    [InlineData(DceRpcInterfaces.AccountManager, 64, null)]
    [InlineData(DceRpcInterfaces.Server, 15, "smb.share-listing")]
    [InlineData(DceRpcInterfaces.Server, 12, "smb.session-listing")]
    [InlineData(DceRpcInterfaces.Server, 74, "smb.local-function")]
    [InlineData(DceRpcInterfaces.Server, 21, null)]
    [InlineData(DceRpcInterfaces.Spooler, 89, "smb.printer-driver")]
    [InlineData(DceRpcInterfaces.AsynchronousPrint, 39, "smb.printer-driver")]
    [InlineData(DceRpcInterfaces.EncryptedFiles, 0, "smb.coerced-login")]
    [InlineData(DceRpcInterfaces.ShadowCopyAgent, 8, "smb.coerced-login")]
    [InlineData(DceRpcInterfaces.DistributedFiles, 13, "smb.coerced-login")]
    [InlineData(DceRpcInterfaces.DistributedFiles, 5, null)]
    [InlineData(DceRpcInterfaces.Spooler, 65, "smb.coerced-login")]
    [InlineData(DceRpcInterfaces.EventLog, 9, null)]
    public void Telling_calls_are_found(string interfaceId, int operation, string? type)
    {
        Finding? finding = Find(Call(interfaceId, (ushort)operation)).SingleOrDefault();
        Assert.Equal(type, finding?.Type.Id);
        Assert.True(finding is null || (finding.Evidence.Count > 0 && finding.DisplayFilter.Contains("dcerpc.opnum", StringComparison.Ordinal)));
    }

    [Fact]
    public void Refused_calls_are_no_more_than_medium()
        => Assert.Equal(Severity.Medium, Only(SmbFindings.RemoteService, Call(DceRpcInterfaces.ServiceControl, 12) with { Fault = 5 }).Severity);

    [Theory]
    [InlineData(null, Severity.Info)]
    [InlineData(5u, Severity.Medium)]
    public void Who_prints_is_hardly_suspected(uint? fault, Severity severity)
        => Assert.Equal(severity, Only(SmbFindings.Coercion, Call(DceRpcInterfaces.Spooler, 65), Call(DceRpcInterfaces.Spooler, 17) with { ResponseTime = 1, Fault = fault }).Severity);

    [Theory]
    [InlineData(null, Severity.Low)]
    [InlineData(5u, Severity.High)]
    public void Who_speaks_WMI_is_hardly_suspected_to_drive_objects(uint? fault, Severity severity)
        => Assert.Equal(severity, Only(SmbFindings.RemoteObject, Call(DceRpcInterfaces.Dispatch, 6), Call(DceRpcInterfaces.WbemLogin, 6) with { ResponseTime = 1, Fault = fault }).Severity);

    [Fact]
    public void A_forced_login_that_follows_raises_it()
        => Assert.Equal(Severity.High, Only(SmbFindings.Coercion, Call(DceRpcInterfaces.Spooler, 65), Login(0, @"EXAMPLE\FILES$", Flow("10.0.0.9", "10.0.0.66", 9), 9)).Severity);

    [Theory]
    [InlineData(null, Severity.Low)]
    [InlineData(5u, Severity.High)]
    public void Domain_controllers_replicate_and_are_hardly_suspected(uint? fault, Severity severity)
        => Assert.Equal(severity, Only(
            SmbFindings.DcSync, Call(DceRpcInterfaces.DirectoryReplication, 3),
            Call(DceRpcInterfaces.DirectoryReplication, 0, Flow("10.0.0.9", "10.0.0.5", 3), 3) with { ResponseTime = 1, Fault = fault }).Severity);

    [Theory]
    [InlineData(0u, Severity.Low)]
    [InlineData(SmbBytes.AccessDenied, Severity.High)]
    public void A_share_of_domain_controllers_makes_one_only_if_it_is_there(uint status, Severity severity)
        => Assert.Equal(severity, Only(
            SmbFindings.DcSync, Call(DceRpcInterfaces.DirectoryReplication, 3),
            new SmbTreeConnect
            {
                Flow = Flow("10.0.0.7", "10.0.0.5", 3),
                Frame = new FrameRef(0, 3),
                Time = new Timestamp(3),
                Direction = Direction.ToResponder,
                Path = @"\\ws\NETLOGON",
                Kind = SmbFileKind.Disk,
                Status = status,
            }).Severity);

    [Fact]
    public void However_many_names_make_one_finding()
    {
        Finding finding = Only(
            SmbFindings.ProgramToAdminShare,
            [.. Enumerable.Range(0, 3000).Select(i => File(SmbFileAction.Write, $"a{i}.exe", @"\\A\ADMIN$", frame: i + 1) with { Bytes = 2 }),
                File(SmbFileAction.Write, "zz-mimikatz.exe", @"\\A\ADMIN$", frame: 4000) with { Bytes = 2 }]);
        Assert.Equal((Severity.High, 3001L, "10.0.0.5 > 10.0.0.9"), (finding.Severity, finding.Count, finding.Subject));
        Assert.StartsWith(@"3,001 files, 5.9 KiB in all: \\A\ADMIN$\zz-mimikatz.exe, \\A\ADMIN$\a0.exe", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replication_whose_bind_was_not_captured_is_found_by_its_operations()
    {
        DceRpcCall[] calls = [.. ((ushort[])[0, 16, 12, 3, 1]).Select((operation, i) => Call(null, operation, frame: i + 1))];
        Finding finding = Only(SmbFindings.DcSync, calls);
        Assert.Equal((Severity.Medium, "10.0.0.5 > 10.0.0.9 drsuapi"), (finding.Severity, finding.Subject));
        Assert.Contains("1 call of DRSGetNCChanges", finding.Summary, StringComparison.Ordinal);
        Assert.Equal([4L], finding.Evidence.Select(frame => frame.Number));
        Assert.Contains(("drsuapi (told by its operations)", "DRSGetNCChanges"), Calls(calls));
        Assert.Equal([("interface not seen", "operation 16"), ("interface not seen", "operation 3")], Calls([calls[3], calls[1]]).Order());
        Assert.Empty(Find([.. calls[1..]]));
        Assert.Empty(Find([.. calls, Call(null, 40)]));
    }

    [Theory]
    [InlineData(true, true, 5, 6)]
    [InlineData(true, true, 3, 4, 5, 6)]
    [InlineData(false, false, 5, 6)]
    [InlineData(false, true, 5, 6, 20)]
    [InlineData(false, true, 6)]
    public void Objects_are_told_by_their_operations_where_the_bind_was_not_captured(bool isTold, bool onObjects, params int[] operations)
    {
        DceRpcCall[] calls = [.. operations.Select((operation, i) => Call(null, (ushort)operation, frame: i + 1) with { IsOnObject = onObjects })];

        Assert.Equal(isTold, Find(calls).Any(finding => finding.Type == SmbFindings.RemoteObject && finding.Severity == Severity.Medium));
    }

    [Fact]
    public void The_change_of_a_password_after_zeros_is_cited_and_selected()
    {
        DceRpcCall[] calls =
        [
            .. Enumerable.Range(1, 20).Select(i => Call(DceRpcInterfaces.Netlogon, 26, frame: i) with { Detail = $"{DceRpcArguments.ZeroCredential} for DC$" }),
            Call(DceRpcInterfaces.Netlogon, 30, frame: 99),
        ];

        Finding finding = Assert.Single(Find(calls), finding => finding.Type == SmbFindings.Zerologon);
        Assert.Contains(new FrameRef(0, 99), finding.Evidence);
        Assert.Equal(21, finding.EvidenceTotal);
        Assert.Contains("dcerpc.opnum in {15, 26, 30}", finding.DisplayFilter);
    }

    [Theory]
    [InlineData(null, null, "10.0.0.5 > 10.0.0.9 DC$", "2 logins as DC$ with a credential of zeros, their answers were not seen; no password was set", Severity.High)]
    [InlineData(SmbBytes.AccessDenied, null, "10.0.0.5 > 10.0.0.9 DC$", "2 logins as DC$ with a credential of zeros, all refused; no password was set", Severity.High)]
    [InlineData(0u, null, "10.0.0.5 > 10.0.0.9 DC$", "2 logins as DC$ with a credential of zeros, 2 accepted: the server lacks the update; no password was set", Severity.High)]
    [InlineData(0u, 0u, "10.0.0.5 > 10.0.0.9 DC$", "2 logins as DC$ with a credential of zeros, 2 accepted: the server lacks the update; then a password was set (NetrServerPasswordSet2 succeeded)", Severity.Critical)]
    [InlineData(0u, SmbBytes.AccessDenied, "10.0.0.5 > 10.0.0.9 DC$", "2 logins as DC$ with a credential of zeros, 2 accepted: the server lacks the update; the attempt to set a password failed", Severity.High)]
    public void Zerologon_tells_the_victim_and_the_outcome(uint? login, uint? change, string subject, string summary, Severity severity)
    {
        DceRpcCall zero = Call(DceRpcInterfaces.Netlogon, 26, frame: 2) with { Detail = $"{DceRpcArguments.ZeroCredential} for DC$", Result = login };
        DceRpcCall[] set = change is null ? [] : [Call(DceRpcInterfaces.Netlogon, 30, frame: 4) with { Result = change }];
        Finding finding = Only(SmbFindings.Zerologon, [zero, zero with { Frame = new FrameRef(0, 3), Time = new Timestamp(3) }, .. set]);
        Assert.Equal((subject, summary, severity), (finding.Subject, finding.Summary, finding.Severity));
        Assert.True(finding.Type.IsAgainst);
    }

    [Fact]
    public void A_password_that_was_set_before_is_not_Zerologons()
        => Assert.Equal(Severity.High, Assert.Single(Find(
            Call(DceRpcInterfaces.Netlogon, 30, frame: 1), Call(DceRpcInterfaces.Netlogon, 26, frame: 2) with { Detail = $"{DceRpcArguments.ZeroCredential} for DC$" })).Severity);

    [Theory]
    [InlineData(0u, null, 1, Severity.Low)]
    [InlineData(SmbBytes.AccessDenied, null, 1, Severity.Medium)]
    [InlineData(0u, DceRpcArguments.ZeroCredential, 1, null)]
    [InlineData(0u, null, 3, Severity.Medium)]
    public void A_computer_that_joins_the_domain_is_hardly_suspected(uint login, string? detail, int changes, Severity? severity)
    {
        List<Finding> findings = Find(
        [
            Call(DceRpcInterfaces.AccountManager, 50, frame: 1) with { ResponseTime = 1 },
            .. Enumerable.Range(2, changes).Select(i => Call(DceRpcInterfaces.AccountManager, 58, frame: i)),
            Call(DceRpcInterfaces.Netlogon, 26, frame: 9) with { ResponseTime = 1, Result = login, Detail = detail },
        ]);
        Assert.Equal(severity ?? Severity.Medium, Assert.Single(findings, finding => finding.Type == SmbFindings.AccountChange).Severity);
    }

    [Theory]
    [InlineData("__output", DceRpcInterfaces.ServiceControl, 12, "smb.remote-service")]
    [InlineData(@"Temp\AbCdEfGh.tmp", DceRpcInterfaces.TaskScheduler, 1, "smb.remote-task")]
    [InlineData("__1700000000.123", DceRpcInterfaces.WbemServices, 24, "smb.wmi-method")]
    [InlineData("__1700000000.123", DceRpcInterfaces.Dispatch, 6, "smb.dcom-invoke")]
    public void What_was_run_and_its_output_are_one_story(string name, string interfaceId, int operation, string type)
    {
        SmbFileEvent output = File(SmbFileAction.Open, name, @"\\A\ADMIN$", frame: 7);
        DceRpcCall run = Call(interfaceId, (ushort)operation, frame: 3);
        Finding finding = Assert.Single(Find(run, output));
        Assert.Equal((type, Severity.Critical, "10.0.0.5 > 10.0.0.9"), (finding.Type.Id, finding.Severity, finding.Subject));
        Assert.Equal([3L, 7L], finding.Evidence.Select(frame => frame.Number));
        Assert.Contains("named as Impacket", finding.Summary, StringComparison.Ordinal);
        Assert.Contains("dcerpc.opnum", finding.DisplayFilter, StringComparison.Ordinal);
        Assert.Contains("smb2.filename", finding.DisplayFilter, StringComparison.Ordinal);
        Assert.Equal([type, "smb.command-output"], Find(run with { Fault = 5 }, output).Select(found => found.Type.Id));
        Assert.Equal(2, Find(run, File(SmbFileAction.Open, name, @"\\A\ADMIN$", Flow("10.0.0.6", "10.0.0.9", 7), 7)).Count);
    }

    [Fact]
    public void A_backdoor_that_answers_after_EternalBlue_names_who_is_infected()
    {
        SmbSignal answer = Signal(SmbSignalKind.BackdoorAnswer) with { Time = new Timestamp(5) };
        Finding finding = Assert.Single(Find(Signal(SmbSignalKind.OversizedTransaction), answer));
        Assert.EndsWith("then DoublePulsar answered on 10.0.0.9: it is infected", finding.Summary, StringComparison.Ordinal);
        finding = Assert.Single(Find(Signal(SmbSignalKind.OversizedTransaction) with { Time = new Timestamp(9) }, answer));
        Assert.DoesNotContain("infected", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_select_requests_and_answers_of_the_hosts_only()
    {
        Assert.Equal(
            "(ip.src == 10.0.0.5 && ip.dst == 10.0.0.9 && dcerpc.pkt_type == 0 && dcerpc.opnum in {15}) || (frame.number in {1})",
            Only(SmbFindings.ShareListing, Call(DceRpcInterfaces.Server, 15)).DisplayFilter);
        Assert.Equal(
            "(ip.addr == 10.0.0.9 && (smb.cmd == 0x72 || smb2.cmd == 0)) || (frame.number in {1})",
            Only(SmbFindings.Unsigned, Negotiation("3.1.1") with { RequiresSigning = false }).DisplayFilter);
    }

    [Fact]
    public void Pipes_are_no_files()
    {
        Conclusions conclusions = Conclude(Call(DceRpcInterfaces.Server, 21), File(SmbFileAction.Open, "a.txt", @"\\A\data"), File(SmbFileAction.Open, "srvsvc", @"\\A\IPC$") with { Kind = SmbFileKind.Pipe });
        Assert.Equal((1, 1), (Fact(conclusions, "opened"), Fact(conclusions, "pipes")));
    }

    [Fact]
    public void Zerologon_is_critical_when_a_password_was_set()
    {
        DceRpcCall zero = Call(DceRpcInterfaces.Netlogon, 26) with { Detail = $"{DceRpcArguments.ZeroCredential} for DC$" };
        Assert.Equal(Severity.High, Only(SmbFindings.Zerologon, zero).Severity);
        Assert.Equal(Severity.Critical, Only(SmbFindings.Zerologon, zero, Call(DceRpcInterfaces.Netlogon, 30)).Severity);
        Assert.Empty(Find(zero with { Detail = "DC$ on DC" }));
    }

    [Fact]
    public void Listing_sessions_on_many_servers_is_worse()
    {
        DceRpcCall[] calls = [.. Enumerable.Range(1, 10).Select(i => Call(DceRpcInterfaces.Server, 12, Flow("10.0.0.5", $"10.0.1.{i}", i), i))];
        Assert.Equal(Severity.Medium, Only(SmbFindings.SessionListing, calls).Severity);
        Assert.Equal(Severity.Low, Only(SmbFindings.SessionListing, calls[1..]).Severity);
    }

    [Theory]
    [InlineData(SmbSignalKind.Ms17Probe, "smb.ms17-010-probe")]
    [InlineData(SmbSignalKind.OversizedTransaction, "smb.eternalblue")]
    [InlineData(SmbSignalKind.BackdoorRequest, "smb.doublepulsar")]
    [InlineData(SmbSignalKind.CompressionOverflow, "smb.smbghost")]
    [InlineData(SmbSignalKind.BackdoorAnswer, null)]
    public void Exploits_are_found(SmbSignalKind kind, string? type) => Assert.Equal(type, Find(Signal(kind)).SingleOrDefault()?.Type.Id);

    [Fact]
    public void A_backdoor_that_answers_is_critical()
        => Assert.Equal(Severity.Critical, Only(SmbFindings.DoublePulsar, Signal(SmbSignalKind.BackdoorRequest), Signal(SmbSignalKind.BackdoorAnswer)).Severity);

    private static Finding Only(FindingType type, params ProtocolRecord[] records)
    {
        Finding finding = Assert.Single(Find(records));
        Assert.Equal(type, finding.Type);
        Assert.NotEmpty(finding.Evidence);
        Assert.NotEmpty(finding.DisplayFilter);
        return finding;
    }

    private static List<Finding> Find(params ProtocolRecord[] records) => [.. Conclude(records).Findings];

    private static IEnumerable<(string Interface, string Operation)> Calls(params ProtocolRecord[] records)
        => Conclude(records).Section.Blocks.OfType<Table>().Single(table => table.Id == "test.calls").Rows.Select(row => (row[0].String, row[1].String));

    private static long Fact(Conclusions conclusions, string id)
        => conclusions.Section.Blocks.OfType<FactBlock>().Single(fact => fact.Id == id).Value.Long;

    private static Conclusions Conclude(params ProtocolRecord[] records)
    {
        var analyzer = new SmbAnalyzer();
        foreach (ProtocolRecord record in records)
        {
            switch (record)
            {
                case SmbNegotiation negotiation:
                    analyzer.Consume(negotiation);
                    break;
                case SmbTreeConnect connect:
                    analyzer.Consume(connect);
                    break;
                case SmbLogin login:
                    analyzer.Consume(login);
                    break;
                case SmbFileEvent file:
                    analyzer.Consume(file);
                    break;
                case SmbSignal signal:
                    analyzer.Consume(signal);
                    break;
                case DceRpcCall call:
                    analyzer.Consume(call);
                    break;
            }
        }

        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }

    private static FlowId Flow(string client, string server, long frame)
        => new(new FlowKey(IpAddress.Parse(client), 49152, IpAddress.Parse(server), 445, IpProtocol.Tcp, default), new FrameRef(0, frame));

    private static FlowId Flow(long frame) => Flow("10.0.0.5", "10.0.0.9", frame);

    private static SmbNegotiation Negotiation(string? dialect, FlowId? flow = null, long frame = 1) => new()
    {
        Flow = flow ?? Flow(frame),
        Frame = new FrameRef(0, frame),
        Time = new Timestamp(frame),
        Direction = Direction.ToResponder,
        Dialect = dialect,
        RequiresSigning = true,
    };

    private static SmbLogin Login(uint status, string? account, FlowId? flow = null, long frame = 1) => new()
    {
        Flow = flow ?? Flow(frame),
        Frame = new FrameRef(0, frame),
        Time = new Timestamp(frame),
        Direction = Direction.ToResponder,
        Account = account,
        Mechanism = "ntlm",
        Status = status,
    };

    private static SmbFileEvent File(SmbFileAction action, string name, string share, FlowId? flow = null, long frame = 1) => new()
    {
        Flow = flow ?? Flow(frame),
        Frame = new FrameRef(0, frame),
        Time = new Timestamp(frame),
        Direction = Direction.ToResponder,
        Action = action,
        Kind = SmbFileKind.Disk,
        Share = share,
        Name = name,
    };

    private static SmbSignal Signal(SmbSignalKind kind) => new()
    {
        Flow = Flow(1),
        Frame = new FrameRef(0, 1),
        Time = new Timestamp(1),
        Direction = Direction.ToResponder,
        Kind = kind,
        Value = 0x51,
    };

    private static DceRpcCall Call(string? interfaceId, ushort operation, FlowId? flow = null, long frame = 1) => new()
    {
        Flow = flow ?? Flow(frame),
        Frame = new FrameRef(0, frame),
        Time = new Timestamp(frame),
        Direction = Direction.ToResponder,
        Interface = interfaceId,
        Operation = operation,
    };
}
