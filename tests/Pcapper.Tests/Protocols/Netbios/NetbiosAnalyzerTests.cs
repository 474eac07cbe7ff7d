using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Modules.Protocols.Netbios;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Netbios;

public sealed class NetbiosAnalyzerTests
{
    private const string Attacker = "10.0.0.66";
    private const string Victim = "10.0.0.5";

    private static readonly Gen<NbnsMessage> s_nbns =
        from a in Gen.Int[1, 5]
        from b in Gen.Int[1, 5]
        from name in Gen.OneOf("FILES", "WPAD", "MAIL", "PRINT", "DB")
        from suffix in Gen.OneOf<byte>(0x00, 0x20, 0x1D)
        from flags in Gen.OneOf<ushort>(0x0110, 0x8500, 0x2910, 0xAD86)
        from type in Gen.OneOf<ushort>(0x20, 0x21)
        from frame in Gen.Int[1, 50]
        select Nbns(name, $"10.0.0.{a}", $"10.0.0.{b}", flags, frame, suffix: suffix, type: type);

    private static readonly Gen<DnsMessage> s_dns =
        from a in Gen.Int[1, 5]
        from kind in Gen.OneOf(DnsKind.Llmnr, DnsKind.Mdns)
        from name in Gen.OneOf("files", "wpad", "mail.local", "print")
        from isAnswer in Gen.Bool
        from frame in Gen.Int[1, 50]
        select isAnswer ? Answer(kind, name, $"10.0.0.{a}", Victim, frame) : Question(kind, name, $"10.0.0.{a}", 1, frame);

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split()
        => Laws.Hold<NetbiosAnalyzer>(Gen.OneOf(Laws.Emit(s_nbns), Laws.Emit(s_dns)), 40);

    [Fact]
    public void A_host_that_answers_for_three_names_poisons_for_two_it_does_not()
    {
        ProtocolRecord[] records = [Nbns("FILESRV", Attacker, Victim, 0x8500, 1), Nbns("MIAL", Attacker, Victim, 0x8500, 2), Answer(DnsKind.Llmnr, "intranett", Attacker, Victim, 3)];
        Finding finding = Assert.Single(Conclude(records));
        Assert.Equal((NamePoisoningFindings.Poisoning, Severity.High), (finding.Type, finding.Severity));
        Assert.Contains("FILESRV, INTRANETT, MIAL", finding.Summary, StringComparison.Ordinal);
        Assert.Contains("NBNS, LLMNR", finding.Summary, StringComparison.Ordinal);
        Assert.Equal([1L, 2, 3], finding.Evidence.Select(f => f.Number));
        Assert.Empty(Conclude(records[..2]));
    }

    [Fact]
    public void One_name_by_all_protocols_is_one_name()
        => Assert.Empty(Conclude(
            Nbns("WS-ANNA", Attacker, Victim, 0x8500, 1), Answer(DnsKind.Llmnr, "ws-anna", Attacker, Victim, 2), Question(DnsKind.Mdns, "ws-anna.local", Victim, 1, 3),
            Answer(DnsKind.Mdns, "WS-ANNA.local", Attacker, "224.0.0.251", 4)));

    [Fact]
    public void Names_that_a_host_claims_or_probes_are_its_own()
        => Assert.Empty(Conclude(
            Nbns("ALIAS1", Attacker, "10.0.0.255", 0x2910, 1), Nbns("ALIAS1", Attacker, Victim, 0x8500, 2), Question(DnsKind.Llmnr, "alias2", Attacker, 255, 3),
            Answer(DnsKind.Llmnr, "alias2", Attacker, Victim, 4), Answer(DnsKind.Llmnr, "server", Attacker, Victim, 5), Answer(DnsKind.Llmnr, "other", Attacker, Victim, 6)));

    [Fact]
    public void A_name_server_answers_with_others_addresses()
        => Assert.Empty(Conclude([.. Enumerable.Range(0, 20).Select(i => Nbns($"HOST{i}", "10.0.0.2", Victim, 0x8580, i + 1, address: $"10.0.1.{i}"))]));

    [Fact]
    public void Announced_services_and_reflected_names_are_no_poison()
        => Assert.Empty(Conclude(
        [
            .. Enumerable.Range(0, 6).Select(i => Answer(DnsKind.Mdns, $"printer{i}.local", "10.0.0.8", "224.0.0.251", i + 1)),
            .. Enumerable.Range(0, 6).Select(i => Question(DnsKind.Mdns, $"tv{i}.local", Victim, 1, i + 20)),
            .. Enumerable.Range(0, 6).Select(i => Answer(DnsKind.Mdns, $"tv{i}.local", "10.0.0.1", "224.0.0.251", i + 40, address: $"10.0.2.{i}")),
        ]));

    [Fact]
    public void Names_poisoned_by_multicast_DNS_alone_are_medium()
    {
        Finding finding = Assert.Single(Conclude(
        [
            .. Enumerable.Range(0, 3).Select(i => Question(DnsKind.Mdns, $"srv{i}.local", Victim, 1, i + 1)),
            .. Enumerable.Range(0, 3).Select(i => Answer(DnsKind.Mdns, $"srv{i}.local", Attacker, "224.0.0.251", i + 10)),
        ]));
        Assert.Equal((NamePoisoningFindings.Poisoning, Severity.Medium), (finding.Type, finding.Severity));
        Assert.Equal(IpAddress.Parse(Victim), finding.Destination);
    }

    [Fact]
    public void WPAD_alone_is_found_another_name_alone_is_not()
    {
        Assert.Equal(NamePoisoningFindings.Proxy, Assert.Single(Conclude(Answer(DnsKind.Llmnr, "wpad", Attacker, Victim, 1))).Type);
        Assert.Empty(Conclude(Answer(DnsKind.Llmnr, "wpad2", Attacker, Victim, 1)));
    }

    [Fact]
    public void Two_owners_at_once_are_a_conflict_one_after_the_other_are_not()
    {
        ProtocolRecord one = Nbns("FILES", "10.0.0.8", Victim, 0x8500, 1);
        Assert.Equal(NamePoisoningFindings.Conflict, Assert.Single(Conclude(one, Nbns("FILES", "10.0.0.9", Victim, 0x8500, 30))).Type);
        Assert.Empty(Conclude(one, Nbns("FILES", "10.0.0.9", Victim, 0x8500, 100)));
        Assert.Empty(Conclude(Nbns("OFFICE", "10.0.0.8", Victim, 0x2910, 1, suffix: 0x1E), Nbns("OFFICE", "10.0.0.9", Victim, 0x2910, 2, suffix: 0x1E)));
    }

    [Fact]
    public void Asking_many_hosts_for_their_names_is_a_scan_asking_fewer_is_not()
    {
        ProtocolRecord[] records = [.. Enumerable.Range(0, 25).Select(i => Nbns("*", Attacker, $"10.0.0.{100 + i}", 0x0000, i + 1, type: 0x21, address: ""))];
        Finding finding = Assert.Single(Conclude(records));
        Assert.Equal(NetbiosScanFindings.Scan, finding.Type);
        Assert.Equal("ip.src == 10.0.0.66 && nbns.type == 33 && nbns.flags.response == 0", finding.DisplayFilter);
        Assert.Empty(Conclude(records[1..]));
    }

    [Fact]
    public void Who_was_answered_when_is_kept_for_others_to_compare()
    {
        var analyzer = new NetbiosAnalyzer();
        analyzer.Consume(Nbns("FILESRV", Attacker, Victim, 0x8500, 7));
        NameAnswers? answers = analyzer.State.Poisoning.Answers.Find(new PairKey(IpAddress.Parse(Attacker), IpAddress.Parse(Victim)));
        Assert.Equal(new MomentKey(Timestamp.FromSeconds(1_700_000_007), new FrameRef(0, 7)), Assert.Single(answers!.Moments.Keys));
        Assert.Equal(new AddressKey(IpAddress.Parse(Attacker)), Assert.Single(answers.Addresses.Keys));
    }

    private static IReadOnlyList<Finding> Conclude(params ProtocolRecord[] records)
    {
        var analyzer = new NetbiosAnalyzer();
        var bus = new RecordBus();
        analyzer.Subscribe(bus);
        foreach (ProtocolRecord record in records)
        {
            if (record is NbnsMessage nbns)
            {
                bus.Emitter<NbnsMessage>().Emit(nbns);
            }
            else
            {
                bus.Emitter<DnsMessage>().Emit((DnsMessage)record);
            }
        }

        var conclusions = new Conclusions(analyzer.Info, [], new Dictionary<Type, AnalyzerState>());
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions.Findings;
    }

    private static NbnsMessage Nbns(string name, string from, string to, ushort flags, int frame, byte suffix = 0x20, ushort type = 0x20, string? address = null) => new()
    {
        Flow = Flow(from, to, 137),
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
        Direction = Direction.ToResponder,
        TransactionId = 1,
        Flags = flags,
        Name = new NetbiosName(name, suffix),
        Type = type,
        Addresses = flags is 0x0110 or 0xAD86 || type == 0x21 ? [] : [new NbnsAddress(IpAddress.Parse(address ?? from), suffix == 0x1E)],
    };

    private static DnsMessage Question(DnsKind kind, string name, string from, ushort type, int frame)
        => Message(kind, from, kind == DnsKind.Mdns ? "224.0.0.251" : "224.0.0.252", 0, frame) with { Questions = [new DnsQuestion(name, type, 1)] };

    private static DnsMessage Answer(DnsKind kind, string name, string from, string to, int frame, string? address = null)
        => Message(kind, from, to, 0x8000, frame) with { Answers = [new DnsResourceRecord(name, 1, 1, 30, address ?? from, IpAddress.Parse(address ?? from), 4)] };

    private static DnsMessage Message(DnsKind kind, string from, string to, ushort flags, int frame) => new()
    {
        Flow = Flow(from, to, kind == DnsKind.Mdns ? (ushort)5353 : (ushort)5355),
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
        Direction = Direction.ToResponder,
        Kind = kind,
        IsTcp = false,
        Length = 60,
        Id = 1,
        Flags = flags,
        Rcode = 0,
        Questions = [],
        Answers = [],
        Authorities = [],
        Additionals = [],
    };

    private static FlowId Flow(string from, string to, ushort port)
        => new(new FlowKey(IpAddress.Parse(from), port, IpAddress.Parse(to), port, IpProtocol.Udp, default), new FrameRef(0, 1));
}
