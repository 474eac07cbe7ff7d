using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Dns;

public sealed class DnsAnalyzerTests
{
    private const string Client = "10.0.0.5";
    private const string Resolver = "10.0.0.53";

    private static readonly string[] s_random =
    [
        "xkqzvbnwpt", "qwzjxkvbht", "zzkqpxvwrt", "bxqjzkwvpl", "vkxzqjwpbn", "hqzxkvjwbp", "jxqkzvwbtp", "wqxzkjvbpd", "kzxqvjbwpf", "pxzqkvjwbg", "tqxzkvjwbm", "gxzqkvjwbc",
    ];

    private static readonly Gen<Action<RecordBus>> s_records = Gen.OneOf(Laws.Emit(Transactions()), Laws.Emit(Transactions().Select(t => (t.Query ?? t.Response)!)));

    [Theory]
    [InlineData(500, "500")]
    [InlineData(3000, "about ")]
    public void An_estimate_is_marked_as_one_and_is_never_more_than_the_queries(int names, string shown)
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < names; i++)
        {
            capture.Udp("10.0.0.5:50000", "10.0.0.53:53", u => u.Says(DnsBytes.Query($"n{i}.data.example")));
        }

        RunOutcome outcome = Analysis.Of(capture.ToPcap(), modules: new HashSet<string> { "dns" });
        Table domains = outcome.Sections.Single(s => s.Module == "dns").Blocks.OfType<Table>().Single(t => t.Id == "dns.domains");
        Assert.InRange(domains.Rows[0][2].Long, names * 9 / 10, names);
        Assert.Contains($" {shown}", Analysis.Render(outcome, new TextRenderer()), StringComparison.Ordinal);
        Assert.Equal(names > 512, domains.Rows[0][2].String.Length > 0);
    }

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<DnsAnalyzer>(s_records, 40);

    [Fact]
    public void Ordinary_traffic_is_silent()
    {
        List<DnsTransaction> records = [];
        for (int i = 0; i < 200; i++)
        {
            records.Add(Transaction($"host{i % 40}.example.com", frame: i, addresses: [$"93.184.216.{i % 40}"]));
        }

        Assert.Empty(Conclude(records).Findings);
    }

    [Fact]
    public void Data_in_names_is_a_tunnel_the_same_as_a_look_up_service_is_not()
    {
        Finding finding = Assert.Single(Conclude(Encoded("t.evil-domain.com", 16)).Findings);
        Assert.Equal(DnsTunnels.Tunnel, finding.Type);
        Assert.Equal("10.0.0.5 > evil-domain.com", finding.Subject);
        Assert.Equal("ip.src == 10.0.0.5 && dns.flags.response == 0 && lower(dns.qry.name) contains \"evil-domain.com\"", finding.DisplayFilter);
        Assert.Empty(Conclude(Encoded("avqs.mcafee.com", 16)).Findings);
    }

    [Fact]
    public void Many_short_names_of_one_domain_are_no_tunnel()
        => Assert.Empty(Conclude([.. Enumerable.Range(0, 300).Select(i => Transaction($"r{i}---sn-4g5e.video.example.com", frame: i, addresses: ["93.184.216.34"]))]).Findings);

    [Fact]
    public void A_script_that_comes_in_texts_is_a_tunnel_a_few_texts_are_not()
    {
        List<DnsTransaction> records = [.. Enumerable.Range(0, 40).Select(i => Transaction($"l.{i}.stage.example.com", 16, i, answers: [new($"l.{i}.stage.example.com", 16, 1, 60, "TXT", null, 200)]))];
        Assert.Equal(DnsTunnels.Tunnel, Assert.Single(Conclude(records).Findings).Type);
        Assert.Empty(Conclude(records[..9]).Findings);
    }

    [Theory]
    [InlineData("vaaaakardli.pirate.example.com", "iodine")]
    [InlineData("dnscat.0d6a0000000000000000.00", "dnscat2")]
    public void Tunnel_programs_are_known_by_their_marks(string name, string expected)
    {
        Finding finding = Assert.Single(Conclude([Transaction(name, 10)]).Findings);
        Assert.Equal(DnsTunnels.Tool, finding.Type);
        Assert.StartsWith(expected, finding.Summary, StringComparison.Ordinal);
        Assert.Empty(Conclude([Transaction("va" + name[2..], 10), Transaction("dnscat.example.com")]).Findings.Where(f => f.Subject.Contains("dnscat.example", StringComparison.Ordinal)));
    }

    [Fact]
    public void Generated_domains_that_do_not_exist_are_found_words_are_not()
    {
        Finding finding = Assert.Single(Conclude([.. s_random.Select((n, i) => Missing(n + ".com", i))]).Findings);
        Assert.Equal(DnsNameFindings.Generated, finding.Type);
        Assert.Contains(s_random.Order(StringComparer.Ordinal).First() + ".com", finding.Summary, StringComparison.Ordinal);
        Assert.Empty(Conclude([.. s_random[..9].Select((n, i) => Missing(n + ".com", i))]).Findings);

        string[] words = ["weather", "mountain", "libraries", "kitchenware", "broadcast", "hamburger", "northern", "gardening", "photograph", "insurance", "marathon", "telephone"];
        Assert.Empty(Conclude([.. words.Select((n, i) => Missing(n + ".com", i))]).Findings);
    }

    [Fact]
    public void A_search_suffix_on_random_names_is_not_a_generated_domain()
        => Assert.Empty(Conclude([.. s_random.Select((n, i) => Missing(n + ".corp.example.com", i)), .. s_random.Select((n, i) => Missing(n, 100 + i))]).Findings);

    [Fact]
    public void Guessed_names_of_a_domain_are_found_reverse_look_ups_are_not()
    {
        Finding finding = Assert.Single(Conclude([.. Enumerable.Range(0, 120).Select(i => Missing($"host{i}.example.com", i))]).Findings);
        Assert.Equal((DnsNameFindings.Missing, Severity.Medium), (finding.Type, finding.Severity));
        Assert.Empty(Conclude([.. Enumerable.Range(0, 99).Select(i => Missing($"host{i}.example.com", i))]).Findings);
        Assert.Empty(Conclude([.. Enumerable.Range(0, 200).Select(i => Missing($"{i}.0.0.10.in-addr.arpa", i))]).Findings);
    }

    [Fact]
    public void A_zone_handed_out_is_high_a_refused_one_low()
    {
        DnsResourceRecord[] zone = [.. Enumerable.Range(0, 5).Select(i => new DnsResourceRecord($"h{i}.example.com", 1, 1, 60, "x", null, 4))];
        Finding transfer = Assert.Single(Conclude([Transaction("example.com", 252, answers: zone)]).Findings);
        Assert.Equal((DnsTransferFindings.Transfer, Severity.High), (transfer.Type, transfer.Severity));
        Finding refused = Assert.Single(Conclude([Transaction("example.com", 252, rcode: 5)]).Findings);
        Assert.Equal((DnsTransferFindings.Refused, Severity.Low), (refused.Type, refused.Severity));
        Assert.Empty(Conclude([Transaction("example.com", 251, answers: zone[..1])]).Findings);
    }

    [Fact]
    public void Many_short_lived_addresses_in_many_networks_are_fast_flux()
    {
        string[] spread = [.. Enumerable.Range(1, 12).Select(i => $"93.{i}.216.34")];
        Assert.Equal(DnsAnswerFindings.FastFlux, Assert.Single(Conclude([Transaction("flux.example.com", addresses: spread)]).Findings).Type);
        Assert.Empty(Conclude([Transaction("flux.example.com", addresses: [.. Enumerable.Range(1, 12).Select(i => $"93.1.216.{i}")])]).Findings);
        Assert.Empty(Conclude([Transaction("flux.example.com", addresses: spread, ttl: 3600)]).Findings);
        Assert.Empty(Conclude([Transaction("pool.ntp.org", addresses: spread)]).Findings);
        Assert.Empty(Conclude([Transaction("www.example.com", addresses: spread, owner: "edge.cdn-example.net")]).Findings);
    }

    [Fact]
    public void A_public_name_that_turns_inside_is_rebinding()
    {
        DnsTransaction outside = Transaction("r.example.com", frame: 1, addresses: ["93.184.216.34"], ttl: 1);
        DnsTransaction inside = Transaction("r.example.com", frame: 2, addresses: ["192.168.1.1"], ttl: 1);
        Assert.Equal(DnsAnswerFindings.Rebinding, Assert.Single(Conclude([outside, inside]).Findings).Type);
        Assert.Empty(Conclude([inside]).Findings);
        Assert.Empty(Conclude([outside with { }, Transaction("r.example.com", frame: 2, addresses: ["192.168.1.1"], server: "10.9.9.9")]).Findings);
        Assert.Empty(Conclude([Transaction("r.example.com", frame: 1, addresses: ["93.184.216.34"], ttl: 86400), inside]).Findings);
    }

    [Fact]
    public void Two_answers_to_one_query_are_found()
    {
        DnsTransaction first = Transaction("bank.example.com", frame: 1, addresses: ["93.184.216.34"]);
        DnsTransaction second = Transaction("bank.example.com", frame: 2, addresses: ["198.51.100.9"]) with { Query = null, Contradicted = first.Response };
        Assert.Equal(DnsAnswerFindings.Forged, Assert.Single(Conclude([first, second]).Findings).Type);
        Assert.Empty(Conclude([first, second with { Contradicted = null }]).Findings);
    }

    [Fact]
    public void Many_large_answers_to_small_queries_are_amplification()
    {
        List<DnsTransaction> records = [.. Enumerable.Range(0, 120).Select(i => Transaction("example.com", 255, i, length: 3000))];
        Assert.Equal(DnsReflectionFindings.Amplification, Assert.Single(Conclude(records).Findings).Type);
        Assert.Empty(Conclude(records[..99]).Findings);
        Assert.Empty(Conclude([.. Enumerable.Range(0, 120).Select(i => Transaction("example.com", 255, i, length: 300))]).Findings);
    }

    [Fact]
    public void An_outside_resolver_is_noted_where_an_inside_one_answers()
    {
        List<DnsTransaction> records = [.. Enumerable.Range(0, 12).Select(i => Transaction("www.example.com", frame: i, addresses: ["93.184.216.34"]))];
        List<DnsTransaction> outside = [.. Enumerable.Range(20, 4).Select(i => Transaction("www.example.com", frame: i, addresses: ["93.184.216.34"], server: "9.9.9.9"))];
        Finding finding = Assert.Single(Conclude([.. records, .. outside]).Findings);
        Assert.Equal((DnsAnswerFindings.OutsideResolver, Severity.Info), (finding.Type, finding.Severity));
        Assert.Empty(Conclude(outside).Findings);
        Assert.Empty(Conclude([.. records, .. outside.Select(t => Transaction("www.example.com", frame: 40, addresses: ["93.184.216.34"], server: "9.9.9.9", client: Resolver))]).Findings);
    }

    [Fact]
    public void The_section_says_who_asked_whom_for_what()
    {
        var analyzer = new DnsAnalyzer();
        DnsTransaction transaction = Transaction("www.example.co.uk", addresses: ["93.184.216.34"]);
        analyzer.Consume(transaction.Query!);
        analyzer.Consume(transaction.Response!);
        analyzer.Consume(transaction);
        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        Assert.Equal("2 messages, 1 query, 1 answered (median 1 ms, p95 1 ms), 0 unanswered", conclusions.Section.Lead);
        Table domains = conclusions.Section.Blocks.OfType<Table>().Single(t => t.Id.EndsWith(".domains", StringComparison.Ordinal));
        Assert.Equal("example.co.uk", Assert.Single(domains.Rows)[0].String);
    }

    // Base32-like names of 40 letters, each one different.
    private static List<DnsTransaction> Encoded(string domain, int type)
        => [.. Enumerable.Range(0, 120).Select(i => Transaction(
            string.Concat(Enumerable.Range(0, 40).Select(j => "abcdefghijklmnopqrstuvwxyz234567"[(int)(StableHash.Mix((ulong)((i * 64) + j)) % 32)])) + "." + domain, (ushort)type, i))];

    private static DnsTransaction Missing(string name, int frame) => Transaction(name, frame: frame, rcode: 3);

    private static Gen<DnsTransaction> Transactions()
        => from name in Gen.OneOf("www.example.com", "a.b.example.co.uk", "xkqzvbnwpt.com", "1.0.0.10.in-addr.arpa", "vaaaakardli.example.com", "")
           from type in Gen.OneOf<ushort>(1, 16, 10, 252, 255)
           from frame in Gen.Int[1, 60]
           from rcode in Gen.OneOf(0, 0, 3, 5)
           from client in Gen.Int[1, 3]
           from server in Gen.OneOf(Resolver, "9.9.9.9")
           from address in Gen.OneOf("93.184.216.34", "192.168.0.1", "93.1.2.3")
           from length in Gen.OneOf(60, 3000)
           from which in Gen.Int[0, 3]
           from kind in Gen.OneOf(DnsKind.Dns, DnsKind.Dns, DnsKind.Mdns)
           let made = Transaction(name, type, frame, rcode, [address], client: $"10.0.0.{client}", server: server, length: length, kind: kind)
           select which == 0 ? made with { Query = null, Contradicted = made.Response } : which == 1 ? made with { Response = null } : made;

    private static DnsTransaction Transaction(
        string name, ushort type = 1, int frame = 1, int rcode = 0, string[]? addresses = null, DnsResourceRecord[]? answers = null, uint ttl = 60,
        string? owner = null, string client = Client, string server = Resolver, int length = 60, DnsKind kind = DnsKind.Dns)
    {
        var flow = new FlowId(new FlowKey(IpAddress.Parse(client), 49152, IpAddress.Parse(server), 53, IpProtocol.Udp, default), new FrameRef(0, frame * 2));
        DnsMessage Message(bool isResponse) => new()
        {
            Flow = flow,
            Frame = new FrameRef(0, (frame * 2) + (isResponse ? 1 : 0)),
            Time = new Timestamp(1_700_000_000_000_000_000 + (frame * 10_000_000L) + (isResponse ? 1_000_000 : 0)),
            Direction = isResponse ? Direction.ToOriginator : Direction.ToResponder,
            Kind = kind,
            IsTcp = false,
            Length = isResponse ? length : 40,
            Id = (ushort)frame,
            Flags = (ushort)(isResponse ? 0x8180 | rcode : 0x0100),
            Rcode = isResponse ? rcode : 0,
            Questions = [new DnsQuestion(name, type, 1)],
            Answers = !isResponse || rcode != 0 ? []
                : answers ?? [.. (addresses ?? []).Select(a => new DnsResourceRecord(owner ?? name, 1, 1, ttl, a, IpAddress.Parse(a), 4))],
            Authorities = [],
            Additionals = [],
        };
        DnsMessage query = Message(false);
        return new DnsTransaction
        {
            Flow = flow,
            Frame = query.Frame,
            Time = query.Time,
            Query = query,
            Response = Message(true),
            Question = query.Questions[0],
            ResponseTime = 1_000_000,
        };
    }

    private static Conclusions Conclude(List<DnsTransaction> records)
    {
        var analyzer = new DnsAnalyzer();
        records.ForEach(analyzer.Consume);
        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }
}
