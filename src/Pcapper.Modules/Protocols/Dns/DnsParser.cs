using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Parses DNS messages (RFC 1035, 4) and pairs responses with queries.</summary>
public sealed class DnsParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int LengthPrefix = 2;
    private const int MaxRecords = 2048;
    private const int MaxQuestions = 64;            // resolvers ask one, multicast DNS some dozens
    private const int MaxPendingBytes = 256 * 1024;
    private const ushort ClassMask = 0x7FFF;
    private const ushort Opt = 41;
    private const ushort MdnsPort = 5353;
    private const ushort LlmnrPort = 5355;

    private readonly Emitter<DnsMessage> _messages = bus.Emitter<DnsMessage>();
    private readonly Emitter<DnsTransaction> _transactions = bus.Emitter<DnsTransaction>();
    private readonly Emitter<NameSeen> _names = bus.Emitter<NameSeen>();
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly List<DnsMessage> _pending = [];
    private readonly DnsRecent _recent = new();
    private int _pendingBytes;

    /// <inheritdoc/>
    public override int MaxMessage => LengthPrefix + ushort.MaxValue;

    private DnsKind Kind => (flow.Id.ResponderPort, flow.Id.OriginatorPort) switch
    {
        (MdnsPort, _) or (_, MdnsPort) => DnsKind.Mdns,
        (LlmnrPort, _) or (_, LlmnrPort) => DnsKind.Llmnr,
        _ => DnsKind.Dns,
    };

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (chunk.IsDatagram)
        {
            return ParseMessage(direction, chunk.Bytes, chunk, isTcp: false, chunk.Missing > 0) is string reason
                ? ParseResult.Malformed(reason)
                : ParseResult.Done(Math.Max(1, chunk.Bytes.Length));
        }

        var reader = new WireReader(chunk.Bytes);
        int length = reader.U16();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(LengthPrefix + DnsWire.Header);
        }

        if (length < DnsWire.Header)
        {
            return ParseResult.NotThisProtocol();
        }

        ReadOnlySpan<byte> message = reader.Take(length);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(LengthPrefix + length);
        }

        return ParseMessage(direction, message, chunk, isTcp: true, isCut: false) is string problem
            ? ParseResult.Malformed(problem)
            : ParseResult.Done(LengthPrefix + length);
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        foreach (DnsMessage query in _pending)
        {
            Transact(query, null);
        }

        _pending.Clear();
    }

    // Returns the broken rule, or null.
    private string? ParseMessage(Direction direction, ReadOnlySpan<byte> bytes, in StreamChunk chunk, bool isTcp, bool isCut)
    {
        var reader = new WireReader(bytes);
        ushort id = reader.U16();
        ushort flags = reader.U16();
        int questionCount = reader.U16();
        int answerCount = reader.U16();
        int authorityCount = reader.U16();
        int additionalCount = reader.U16();
        if (reader.Overrun)
        {
            return "message shorter than its header";
        }

        int at = DnsWire.Header;
        string? problem = null;
        List<DnsQuestion> questions = ReadQuestions(bytes, questionCount, ref at, ref problem);
        int budget = MaxRecords;
        DnsEdns edns = default;
        string asked = questions.Count > 0 ? questions[0].Name : string.Empty;
        List<DnsResourceRecord> answers = ReadRecords(bytes, asked, answerCount, ref at, ref budget, ref edns, ref problem);
        List<DnsResourceRecord> authorities = ReadRecords(bytes, asked, authorityCount, ref at, ref budget, ref edns, ref problem);
        List<DnsResourceRecord> additionals = ReadRecords(bytes, asked, additionalCount, ref at, ref budget, ref edns, ref problem);
        bool saysSomething = questions.Count + answers.Count > 0 || questionCount + answerCount == 0;
        if (problem is not null && !isCut)
        {
            if (!saysSomething)
            {
                return problem;
            }

            Report(problem, chunk);
        }

        Accept(new DnsMessage
        {
            Flow = flow.Id,
            Frame = chunk.Frame,
            Time = chunk.Time,
            Direction = direction,
            Kind = Kind,
            IsTcp = isTcp,
            Length = bytes.Length + chunk.Missing,
            Id = id,
            Flags = flags,
            Rcode = (edns.ExtendedRcode << 4) | (flags & 0xF),
            Questions = questions,
            Answers = answers,
            Authorities = authorities,
            Additionals = additionals,
            EdnsSize = edns.Size,
            DnssecOk = edns.DnssecOk,
        });
        return null;
    }

    private static List<DnsQuestion> ReadQuestions(ReadOnlySpan<byte> bytes, int count, ref int at, ref string? problem)
    {
        var questions = new List<DnsQuestion>(Math.Min(count, 4));
        for (int i = 0; i < count && problem is null; i++)
        {
            if (questions.Count == MaxQuestions)
            {
                problem = "too many questions";
                break;
            }

            string? name = DnsWire.ReadName(bytes, ref at);
            if (name is null)
            {
                problem = "malformed name";
                break;
            }

            var reader = new WireReader(bytes[at..]);
            ushort type = reader.U16();
            ushort classNumber = reader.U16();
            if (reader.Overrun)
            {
                problem = "question past the end";
                break;
            }

            at += reader.Position;
            name = questions.Count > 0 && questions[^1].Name == name ? questions[^1].Name : name;
            questions.Add(new DnsQuestion(name, type, (ushort)(classNumber & ClassMask)));
        }

        return questions;
    }

    // A name that is repeated is kept once: two bytes can repeat it, and messages may wait for their answers.
    private static List<DnsResourceRecord> ReadRecords(ReadOnlySpan<byte> bytes, string asked, int count, ref int at, ref int budget, ref DnsEdns edns, ref string? problem)
    {
        var records = new List<DnsResourceRecord>(Math.Min(count, 8));
        for (int i = 0; i < count && problem is null && budget-- > 0; i++)
        {
            if (!DnsWire.TryReadRecord(bytes, ref at, out DnsResourceRecord record, out uint ttl, out ushort classNumber))
            {
                problem = "resource record past the end";
            }
            else if (record.Type == Opt)
            {
                // RFC 6891, 6.1.3: the class is the payload size, the TTL holds the rest.
                edns = new DnsEdns(classNumber, (int)(ttl >> 24), (ttl & 0x8000) != 0);
            }
            else
            {
                string known = records.Count > 0 && records[^1].Name == record.Name ? records[^1].Name : asked;
                records.Add(known == record.Name ? record with { Name = known } : record);
            }
        }

        return records;
    }

    private void Accept(DnsMessage message)
    {
        if (_messages.IsWanted)
        {
            _messages.Emit(message);
        }

        if (_names.IsWanted && message.IsResponse)
        {
            EmitNames(message);
        }

        if (!_transactions.IsWanted)
        {
            return;
        }

        if (!message.IsResponse)
        {
            if (_pending.Exists(p => IsRepetition(p, message)))
            {
                _recent.Repeated(message);
            }
            else
            {
                _pending.Add(message);
                _pendingBytes += Weight(message);
            }

            while (_pending.Count > Limits.MessagesInFlight || (_pendingBytes > MaxPendingBytes && _pending.Count > 1))
            {
                Transact(_pending[0], null);
                Forget(0);
            }

            return;
        }

        int asked = _pending.FindIndex(p => Answers(message, p));
        if (asked < 0)
        {
            Transact(null, message, _recent.Contradicted(message));
            return;
        }

        _recent.Add(message);
        Transact(_pending[asked], message);
        Forget(asked);
    }

    private void Forget(int at)
    {
        _pendingBytes -= Weight(_pending[at]);
        _pending.RemoveAt(at);
    }

    // About how much memory a message takes.
    private static int Weight(DnsMessage message)
    {
        const int OfMessage = 200;
        const int OfQuestion = 48;
        const int OfRecord = 120;
        int weight = OfMessage;
        foreach (DnsQuestion question in message.Questions)
        {
            weight += OfQuestion + (2 * question.Name.Length);
        }

        foreach (IReadOnlyList<DnsResourceRecord> records in (ReadOnlySpan<IReadOnlyList<DnsResourceRecord>>)[message.Answers, message.Authorities, message.Additionals])
        {
            foreach (DnsResourceRecord record in records)
            {
                weight += OfRecord + (2 * (record.Name.Length + (record.Data?.Length ?? 0)));
            }
        }

        return weight;
    }

    private static bool IsRepetition(DnsMessage known, DnsMessage message)
        => known.Id == message.Id && known.Direction == message.Direction && known.Questions.SequenceEqual(message.Questions);

    private static bool Answers(DnsMessage response, DnsMessage query)
        => query.Id == response.Id && query.Direction != response.Direction
            && (response.Questions.Count == 0 || (query.Questions.Count > 0
                && query.Questions[0].Type == response.Questions[0].Type
                && string.Equals(query.Questions[0].Name, response.Questions[0].Name, StringComparison.OrdinalIgnoreCase)));

    private void Transact(DnsMessage? query, DnsMessage? response, DnsMessage? contradicted = null)
    {
        DnsMessage first = (query ?? response)!;
        IReadOnlyList<DnsQuestion> questions = query?.Questions.Count > 0 ? query.Questions : response?.Questions ?? first.Questions;
        long? time = query is not null && response is not null ? Math.Max(0, response.Time - query.Time) : null;
        if (questions.Count <= 1)
        {
            Emit(questions.Count == 1 ? questions[0] : null, response);
            return;
        }

        // Several questions in one message (multicast DNS): a transaction each, and one for what was answered to all of them.
        foreach (DnsQuestion question in questions)
        {
            Emit(question, response is null ? null : response with { Answers = [] });
        }

        if (response is { Answers.Count: > 0 })
        {
            Emit(null, response);
        }

        void Emit(DnsQuestion? question, DnsMessage? answer) => _transactions.Emit(new DnsTransaction
        {
            Flow = flow.Id,
            Frame = first.Frame,
            Time = first.Time,
            Query = query,
            Response = answer,
            Question = question,
            ResponseTime = time,
            Contradicted = contradicted,
        });
    }

    private void EmitNames(DnsMessage message)
    {
        NameSource source = message.Kind switch
        {
            DnsKind.Mdns => NameSource.Mdns,
            DnsKind.Llmnr => NameSource.Llmnr,
            _ => NameSource.Dns,
        };
        foreach (DnsResourceRecord answer in message.Answers)
        {
            if (answer.Address is IpAddress address && address.IsHost)
            {
                // The name that was asked for says more than the alias that carries the address.
                string name = source == NameSource.Dns && message.Questions.Count == 1 ? message.Questions[0].Name : answer.Name;
                _names.Emit(new NameSeen { Flow = flow.Id, Frame = message.Frame, Time = message.Time, Address = address, Name = name, Source = source });
            }
        }
    }

    private void Report(string rule, in StreamChunk chunk)
    {
        if (_anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = chunk.Frame, Time = chunk.Time, Protocol = "dns", Rule = rule });
        }
    }

    private readonly record struct DnsEdns(ushort? Size, int ExtendedRcode, bool DnssecOk);
}
