using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Who asked whom for what, and what the answers were.</summary>
public sealed class DnsState : AnalyzerState
{
    /// <summary>The most hosts, domains or pairs kept.</summary>
    public const int MostKeys = 100_000;

    private const int FewKeys = 20_000;

    /// <summary>Initializes a new instance of the <see cref="DnsState"/> class.</summary>
    public DnsState()
    {
        Totals = Part(new Counters((int)DnsTotal.Count));
        ResponseTimes = Part(new Histogram());
        QueryTypes = Part(new PartMap<NumberKey, Counters>(4096, () => new Counters(3)));
        Rcodes = Part(new PartMap<NumberKey, FrameSample>(4096));
        Clients = Part(new PartMap<AddressKey, DnsClient>(MostKeys));
        Resolvers = Part(new PartMap<AddressKey, DnsResolver>(MostKeys));
        Pairs = Part(new PartMap<PairKey, DnsPair>(MostKeys));
        Domains = Part(new PartMap<TextKey, DnsDomain>(MostKeys));
        Uses = Part(new PartMap<Key2<AddressKey, TextKey>, DnsUse>(MostKeys));
        Answers = Part(new PartMap<Key2<TextKey, AddressKey>, DnsAnswer>(MostKeys));
        Transfers = Part(new PartMap<Key2<PairKey, TextKey>, DnsTransfer>(FewKeys));
        Contradictions = Part(new PartMap<Key2<PairKey, TextKey>, FrameSample>(FewKeys));
        Reflections = Part(new PartMap<AddressKey, DnsReflection>(FewKeys));
        LocalNames = Part(new PartMap<Key2<NumberKey, TextKey>, DnsLocalName>(FewKeys));
    }

    /// <summary>Gets sums over everything.</summary>
    public Counters Totals { get; }

    /// <summary>Gets the nanoseconds from query to response.</summary>
    public Histogram ResponseTimes { get; }

    /// <summary>Gets queries, answers and refusals per type.</summary>
    public PartMap<NumberKey, Counters> QueryTypes { get; }

    /// <summary>Gets the responses per code.</summary>
    public PartMap<NumberKey, FrameSample> Rcodes { get; }

    /// <summary>Gets who asked.</summary>
    public PartMap<AddressKey, DnsClient> Clients { get; }

    /// <summary>Gets who was asked.</summary>
    public PartMap<AddressKey, DnsResolver> Resolvers { get; }

    /// <summary>Gets who asked whom.</summary>
    public PartMap<PairKey, DnsPair> Pairs { get; }

    /// <summary>Gets what was asked for, per registered domain.</summary>
    public PartMap<TextKey, DnsDomain> Domains { get; }

    /// <summary>Gets what each host asked below each registered domain.</summary>
    public PartMap<Key2<AddressKey, TextKey>, DnsUse> Uses { get; }

    /// <summary>Gets which addresses each name had: passive DNS.</summary>
    public PartMap<Key2<TextKey, AddressKey>, DnsAnswer> Answers { get; }

    /// <summary>Gets the requests for whole zones.</summary>
    public PartMap<Key2<PairKey, TextKey>, DnsTransfer> Transfers { get; }

    /// <summary>Gets the second, different responses to one query, per client, server and name.</summary>
    public PartMap<Key2<PairKey, TextKey>, FrameSample> Contradictions { get; }

    /// <summary>Gets large or unasked responses per receiver.</summary>
    public PartMap<AddressKey, DnsReflection> Reflections { get; }

    /// <summary>Gets the names of the local link per protocol (<see cref="DnsKind"/>).</summary>
    public PartMap<Key2<NumberKey, TextKey>, DnsLocalName> LocalNames { get; }
}
