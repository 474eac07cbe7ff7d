using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary><c>--dns</c>: clients, resolvers, domains, answers; tunnels, generated names, zone transfers, forged and hostile answers.</summary>
public sealed class DnsAnalyzer : Analyzer<DnsState>, IRecordConsumer<DnsMessage>, IRecordConsumer<DnsTransaction>
{
    private const int NameError = 3;
    private const ushort TypeIxfr = 251;
    private const ushort TypeAxfr = 252;
    private const int LargeAnswer = 1000;
    private const int LargeFactor = 10;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "dns", "--dns", "DNS", "DNS clients, resolvers, domains, answers; tunnels, DGA, transfers, forged answers", 1,
        [
            DnsTunnels.Tunnel, DnsTunnels.Tool, DnsNameFindings.Generated, DnsNameFindings.Missing, DnsTransferFindings.Transfer, DnsTransferFindings.Refused,
            DnsAnswerFindings.FastFlux, DnsAnswerFindings.Rebinding, DnsAnswerFindings.Forged, DnsReflectionFindings.Amplification, DnsAnswerFindings.OutsideResolver,
        ]);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<DnsMessage>(this);
        bus.Subscribe<DnsTransaction>(this);
    }

    /// <inheritdoc/>
    public void Consume(DnsMessage record)
    {
        if (record.Kind != DnsKind.Dns)
        {
            State.Totals[(int)(record.Kind == DnsKind.Mdns ? DnsTotal.Mdns : DnsTotal.Llmnr)]++;
            AddLocalNames(record);
            return;
        }

        State.Totals[(int)DnsTotal.Messages]++;
        State.Totals[(int)DnsTotal.Bytes] += record.Length;
        State.Totals[(int)DnsTotal.TcpMessages] += record.IsTcp ? 1 : 0;
        State.Totals[(int)DnsTotal.Cut] += record.IsCut && record.IsResponse ? 1 : 0;
        State.Totals[(int)DnsTotal.OtherOpcodes] += record.Opcode != 0 ? 1 : 0;
        if (record.IsResponse)
        {
            State.Rcodes[record.Rcode].Add(record.Frame);
        }
    }

    /// <inheritdoc/>
    public void Consume(DnsTransaction record)
    {
        DnsMessage first = (record.Query ?? record.Response)!;
        if (record.Kind != DnsKind.Dns || first.Opcode != 0)
        {
            return;
        }

        if (record.Query is null)
        {
            State.Totals[(int)DnsTotal.Unasked]++;
        }
        else
        {
            State.Totals[(int)DnsTotal.Queries]++;
            State.Totals[(int)(record.Response is null ? DnsTotal.Unanswered : DnsTotal.Answered)]++;
        }

        AddResolver(record);
        AddReflection(record);
        if (record.Question is not { } question)
        {
            return;
        }

        string domain = DnsDomains.Of(question.Name);
        AddType(record, question.Type);
        AddClient(record, question, domain);
        AddDomain(record, question, domain);
        if (question.Type is TypeAxfr or TypeIxfr)
        {
            AddTransfer(record, question);
        }

        if (record.Contradicted is not null)
        {
            State.Contradictions[new(new PairKey(record.Client, record.Server), question.Name)].Add(record.Frame);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(DnsState state, Conclusions conclusions)
    {
        DnsTables.Write(state, conclusions.Section);
        DnsTunnels.Conclude(state, conclusions);
        DnsNameFindings.Conclude(state, conclusions);
        DnsTransferFindings.Conclude(state, conclusions);
        DnsAnswerFindings.Conclude(state, conclusions);
        DnsReflectionFindings.Conclude(state, conclusions);
    }

    private void AddResolver(DnsTransaction record)
    {
        DnsResolver resolver = State.Resolvers[record.Server];
        resolver.Frames.Add(record.Frame);
        if (record.Query is not null)
        {
            resolver.Queries.Add();
            resolver.Clients.Add(new AddressKey(record.Client));
            DnsPair pair = State.Pairs[new PairKey(record.Client, record.Server)];
            pair.Frames.Add(record.Frame);
            pair.Answered.Add(record.Response is { Rcode: 0 or NameError } ? 1 : 0);
            pair.Extent.Add(record.Time, record.Frame);
        }

        if (record.Response is { } response)
        {
            resolver.Rcodes[Math.Min(response.Rcode, 23)]++;
            if (record.ResponseTime is long time)
            {
                resolver.Times.Add(time);
                State.ResponseTimes.Add(time);
            }
        }
    }

    private void AddType(DnsTransaction record, ushort type)
    {
        Counters counters = State.QueryTypes[type];
        counters[0] += record.Query is null ? 0 : 1;
        counters[1] += record.Response is { Rcode: 0, Answers.Count: > 0 } ? 1 : 0;
        counters[2] += record.Response is { Rcode: NameError } ? 1 : 0;
    }

    private void AddClient(DnsTransaction record, DnsQuestion question, string domain)
    {
        bool isLookup = DnsDomains.IsLookup(domain);
        State.Totals[(int)DnsTotal.Lookups] += isLookup && record.Query is not null ? 1 : 0;
        DnsClient client = State.Clients[record.Client];
        if (record.Query is not null)
        {
            client.Queries.Add();
            client.Answered.Add(record.Response is null ? 0 : 1);
            client.Names.Add(Hash(question.Name));
            AddUse(record, question, domain);
        }

        if (record.Response is { Rcode: NameError } response && !isLookup)
        {
            client.Refused.Add(response.Frame);
            client.RefusedNames.Add(Hash(question.Name));
            client.RefusedTimes.Add(response.Time, response.Frame);
            if (domain.Contains('.', StringComparison.Ordinal) && GeneratedNames.IsLikely(domain))
            {
                client.Generated.Add(domain);
                client.GeneratedNames.Add(new TextKey(domain));
                client.GeneratedFrames.Add(response.Frame);
            }
        }
    }

    private void AddUse(DnsTransaction record, DnsQuestion question, string domain)
    {
        ReadOnlySpan<char> left = DnsDomains.LeftOf(question.Name, domain);
        DnsUse use = State.Uses[new(record.Client, domain)];
        use.Frames.Add(record.Query!.Frame);
        use.Extent.Add(record.Time, record.Frame);
        use.TypeCounts[DnsUse.IndexOf(question.Type)]++;
        use.Names.Add(Hash(question.Name));
        use.AddLeft(left, record.Frame);
        use.Samples.Add(left.Length > 0 ? left.ToString() : null);
        if (left.StartsWith("vaaaak", StringComparison.OrdinalIgnoreCase))
        {
            use.ToolMarks.Add((int)DnsTool.Iodine);
        }
        else if (question.Name.StartsWith("dnscat.", StringComparison.OrdinalIgnoreCase) && IsHexadecimal(question.Name.AsSpan(7)))
        {
            use.ToolMarks.Add((int)DnsTool.Dnscat2);
        }

        if (record.Response is { } response)
        {
            use.Missing.Add(response.Rcode == NameError ? 1 : 0);
            foreach (DnsResourceRecord answer in response.Answers)
            {
                use.AnswerBytes.Add(answer.DataLength);
            }
        }
    }

    private void AddDomain(DnsTransaction record, DnsQuestion question, string key)
    {
        DnsDomain domain = State.Domains[key];
        domain.Extent.Add(record.Time, record.Frame);
        domain.Names.Add(Hash(question.Name));
        domain.Clients.Add(new AddressKey(record.Client));
        domain.Queries.Add(record.Query is null ? 0 : 1);
        if (record.Response is not { } response)
        {
            return;
        }

        foreach (DnsResourceRecord record2 in response.Answers)
        {
            if (record2.Address is not { } address)
            {
                continue;
            }

            domain.Answers.Add(address.ToString());
            DnsAnswer answer = State.Answers[new(question.Name.ToLowerInvariant(), address)];
            answer.Frames.Add(response.Frame);
            answer.Extent.Add(response.Time, response.Frame);
            answer.LongestTtl.Add(record2.Ttl, response.Frame);
            answer.Servers.Add(record.Server);
            answer.Clients.Add(record.Client);
            answer.Aliased.Add(IsBelow(record2.Name, key) ? 0 : 1);
        }
    }

    private void AddTransfer(DnsTransaction record, DnsQuestion question)
    {
        DnsTransfer transfer = State.Transfers[new(new PairKey(record.Client, record.Server), question.Name.ToLowerInvariant())];
        transfer.Frames.Add(record.Frame);
        transfer.Extent.Add(record.Time, record.Frame);
        if (record.Response is { } response)
        {
            transfer.Records.Add(response.Answers.Count);
            transfer.Bytes.Add(response.Length);
            transfer.Rcodes.Add(response.Rcode);
        }
    }

    private void AddReflection(DnsTransaction record)
    {
        if (record.Response is not { IsTcp: false } response || response.Length < (record.Query is { } query ? LargeFactor * query.Length : LargeAnswer))
        {
            return;
        }

        DnsReflection reflection = State.Reflections[record.Client];
        reflection.Frames.Add(response.Frame);
        reflection.Extent.Add(response.Time, response.Frame);
        reflection.Asked.Add(record.Query?.Length ?? 0);
        reflection.Answered.Add(response.Length);
        reflection.Unasked.Add(record.Query is null ? 1 : 0);
        reflection.Servers.Add(new AddressKey(record.Server));
    }

    private void AddLocalNames(DnsMessage record)
    {
        IpAddress sender = record.Flow.Sender(record.Direction);
        foreach (DnsQuestion question in record.IsResponse ? [] : record.Questions)
        {
            DnsLocalName name = State.LocalNames[new((long)record.Kind, question.Name)];
            name.Queries.Add();
            name.Askers.Add(sender);
            name.Frames.Add(record.Frame);
        }

        foreach (DnsResourceRecord answer in record.IsResponse ? record.Answers : [])
        {
            DnsLocalName name = State.LocalNames[new((long)record.Kind, answer.Name)];
            name.Answers.Add();
            name.Owners.Add(sender);
            name.Frames.Add(record.Frame);
        }
    }

    private static bool IsBelow(string name, string domain)
        => name.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
            && (name.Length == domain.Length || name[name.Length - domain.Length - 1] == '.');

    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        int digits = 0;
        foreach (char c in text)
        {
            digits += char.IsAsciiHexDigit(c) ? 1 : 0;
            if (!char.IsAsciiHexDigit(c) && c != '.')
            {
                return false;
            }
        }

        return digits >= 18;
    }

    // Names differ in case only by the resolver's choice (0x20 encoding): they are the same.
    private static ulong Hash(string name)
    {
        ulong hash = (ulong)name.Length;
        foreach (char c in name)
        {
            hash = (hash ^ (char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)) * 0x0000_0100_0000_01B3;
        }

        return hash;
    }
}
