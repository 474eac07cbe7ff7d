using Pcapper.Engine;
using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Pairs the answers of one connection with its requests and states what becomes of them.</summary>
internal sealed class LdapTracker(FlowContext flow, RecordBus bus)
{
    private const int BindAnswer = 1;
    private const int Entry = 4;
    private const int Reference = 19;
    private const int ExtendedAnswer = 24;
    private const int IntermediateAnswer = 25;

    private readonly Emitter<LdapOperation> _operations = bus.Emitter<LdapOperation>();
    private readonly Emitter<LdapServerFacts> _servers = bus.Emitter<LdapServerFacts>();
    private readonly Emitter<LdapTrust> _trusts = bus.Emitter<LdapTrust>();
    private readonly Emitter<NameSeen> _names = bus.Emitter<NameSeen>();
    private readonly Emitter<LdapSession> _sessions = bus.Emitter<LdapSession>();
    private readonly Emitter<LdapJavaObject> _objects = bus.Emitter<LdapJavaObject>();
    private readonly Emitter<CredentialSeen> _credentials = bus.Emitter<CredentialSeen>();
    private readonly GssapiTracker _tokens = new(flow, bus, "ldap");
    private readonly RecentMap<long, Pending> _pending = new(Limits.MessagesInFlight);
    private long _asked;
    private long _messages;
    private long _sealed;
    private long _sealedBytes;
    private long _signed;
    private Direction? _client = IsStartSeen(flow) ? Direction.ToResponder : null;
    private bool _hasAsked = IsStartSeen(flow);

    /// <summary>Gets or sets a value indicating whether the connection turned to TLS.</summary>
    public bool IsTls { get; set; }

    /// <summary>Gets a value indicating whether a bind succeeded that may have brought a security layer, or the beginning was not captured.</summary>
    public bool MayBeProtected { get; private set; } = !flow.SawStart;

    private bool IsWanted => _operations.IsWanted || TellsOfServers || _trusts.IsWanted || _sessions.IsWanted || _objects.IsWanted || _credentials.IsWanted;

    private bool TellsOfServers => _servers.IsWanted || _names.IsWanted;

    private Direction Client => _client ?? Direction.ToResponder;

    /// <summary>Tells whether a message is a request for TLS.</summary>
    public static bool AsksForTls(in LdapHeader header, ReadOnlySpan<byte> content)
        => header is { IsRequest: true, Operation: (int)LdapOperationKind.Extended } && content is [0x80, 22, ..] && content[2..].StartsWith("1.3.6.1.4.1.1466.20037"u8);

    /// <summary>
    /// Tells whether a message comes from the side that sends such ones: who opened the connection is the client or, where that was not seen, who sends
    /// the first request; answers come from the other side.
    /// </summary>
    public bool IsRightSide(Direction direction, in LdapHeader header)
    {
        if (header.IsRequest && !_hasAsked)
        {
            _hasAsked = true;
            _client = direction;
        }

        _client ??= direction.Opposite();
        return header.IsRequest == (direction == _client);
    }

    /// <summary>Tells whether a message's content is to be shown, or only its header.</summary>
    public bool NeedsContent(in LdapHeader header)
    {
        if (header.IsRequest || (header.Operation is not (Entry or Reference or IntermediateAnswer)))
        {
            return true;
        }

        return header.Operation == Entry
            && ((Find(header.MessageId) is { } asked && ((TellsOfServers && asked.TellsOfServer) || (_trusts.IsWanted && asked.TellsOfTrusts))) || MayHoldObject(header));
    }

    /// <summary>Counts a message by its header only.</summary>
    public void PassOver(in LdapHeader header)
    {
        _messages++;
        if (Find(header.MessageId) is { Operation.Search: not null } pending)
        {
            pending.Entries += header.Operation == Entry ? 1 : 0;
            pending.EntryBytes += header.Operation == Entry ? header.Length : 0;
            pending.References += header.Operation == Reference ? 1 : 0;
        }
    }

    /// <summary>Takes a message; returns the operation that it ends, or null.</summary>
    public LdapOperation? Take(Direction direction, in LdapHeader header, ReadOnlySpan<byte> content, FrameRef frame, Timestamp time, bool isDatagram)
    {
        if (header.IsRequest)
        {
            _messages++;
            TakeToken(direction, header, content, frame, time);
            TakeRequest(direction, header, content, frame, time, isDatagram);
            return null;
        }

        if (header.Operation is Entry or Reference or IntermediateAnswer)
        {
            if (header.Operation == Entry && Find(header.MessageId) is { } asked)
            {
                TakeEntry(direction, asked, content, frame, time);
            }

            if (header.Operation == Entry && MayHoldObject(header))
            {
                TakeObject(direction, content, frame, time);
            }

            PassOver(header);
            return null;
        }

        _messages++;
        TakeToken(direction, header, content, frame, time);
        return TakeResult(direction, header, content, frame, time, isDatagram);
    }

    /// <summary>Counts a buffer that is encrypted.</summary>
    public void CountSealed(long bytes)
    {
        _sealed++;
        _sealedBytes += bytes;
    }

    /// <summary>Counts a buffer that is signed only.</summary>
    public void CountSigned() => _signed++;

    /// <summary>The connection is over: states what was never answered.</summary>
    public void End()
    {
        foreach (Pending pending in _pending.Values.OrderBy(p => p.Number).ToList())
        {
            _pending.Remove(pending.Operation.MessageId);
            Emit(pending, null);
        }

        _tokens.End();
        if (_sessions.IsWanted && _messages + _sealed + _signed > 0)
        {
            _sessions.Emit(new LdapSession
            {
                Flow = flow.Id,
                Frame = flow.Id.First,
                Time = flow.Last,
                Client = flow.Id.Sender(Client),
                Server = flow.Id.Receiver(Client),
                Messages = _messages,
                Sealed = _sealed,
                SealedBytes = _sealedBytes,
                Signed = _signed,
                IsTls = IsTls,
            });
            _messages = _sealed = _signed = 0;
        }
    }

    private static LdapOperationKind KindOfAnswer(int operation) => operation == ExtendedAnswer ? LdapOperationKind.Extended
        : operation == 5 ? LdapOperationKind.Search
        : (LdapOperationKind)(operation - 1);

    // UDP has no connection: its flows have two ends that may both ask first.
    private static bool IsStartSeen(FlowContext flow) => flow.SawStart && flow.Id.Key.Protocol == IpProtocol.Tcp;

    // JNDI looks up one name: the answer to a search of one entry. Lists are passed over.
    private bool MayHoldObject(in LdapHeader header)
        => header.Operation == Entry && _objects.IsWanted && header.Length <= LdapJavaReader.MaxLength && Find(header.MessageId) is null or { Operation.Search.Scope: 0 };

    private Pending? Find(long id) => _pending.Find(id);

    private void TakeRequest(Direction direction, in LdapHeader header, ReadOnlySpan<byte> content, FrameRef frame, Timestamp time, bool isDatagram)
    {
        // A datagram that is sent again says the same; another one with the same number is another question.
        if (!IsWanted || (isDatagram && Find(header.MessageId) is { } asked && asked.Content.AsSpan().SequenceEqual(content)))
        {
            return;
        }

        LdapOperation operation = LdapReader.Read(
            new LdapOperation
            {
                Flow = flow.Id,
                Frame = frame,
                Time = time,
                MessageId = header.MessageId,
                Kind = (LdapOperationKind)header.Operation,
                Client = flow.Id.Sender(direction),
                Server = flow.Id.Receiver(direction),
                IsAsked = true,
                IsDatagram = isDatagram,
            },
            content);
        var pending = new Pending(operation, _asked++)
        {
            Password = operation.IsSimplePassword && _credentials.IsWanted ? Secret.From(WireText.Decode(LdapReader.Password(content))) : null,
            Asked = direction,
            Content = isDatagram ? content.ToArray() : null,
        };
        if (operation.Kind is LdapOperationKind.Unbind or LdapOperationKind.Abandon)
        {
            Emit(pending, null);
            return;
        }

        if (_pending.Set(header.MessageId, pending, out _) is { } gone)
        {
            Emit(gone, null);
        }
    }

    private void TakeToken(Direction direction, in LdapHeader header, ReadOnlySpan<byte> content, FrameRef frame, Timestamp time)
    {
        if (header.Operation is not ((int)LdapOperationKind.Bind or BindAnswer))
        {
            return;
        }

        ReadOnlySpan<byte> token = header.IsRequest ? LdapReader.RequestToken(content) : LdapReader.ResponseToken(content);
        if (!token.IsEmpty)
        {
            _tokens.Take(direction, token, frame, time);
        }

        if (!header.IsRequest && LdapReader.ReadResult(content, frame, time) is { Code: not LdapNames.BindInProgress } result)
        {
            _tokens.Ntlm.Settle(result.Code == LdapNames.Success, (uint)result.Code);
        }
    }

    private LdapOperation? TakeResult(Direction direction, in LdapHeader header, ReadOnlySpan<byte> content, FrameRef frame, Timestamp time, bool isDatagram)
    {
        LdapResult? result = LdapReader.ReadResult(content, frame, time);
        if (header.Operation == BindAnswer && result is { Code: LdapNames.Success })
        {
            MayBeProtected |= Find(header.MessageId) is not { Operation.Mechanism: "simple" };
        }

        Pending pending = _pending.Remove(header.MessageId) ?? new Pending(
            new LdapOperation
            {
                Flow = flow.Id,
                Frame = frame,
                Time = time,
                MessageId = header.MessageId,
                Kind = KindOfAnswer(header.Operation),
                Client = flow.Id.Receiver(direction),
                Server = flow.Id.Sender(direction),
                IsDatagram = isDatagram,
            },
            0);
        return Emit(pending, result);
    }

    private void TakeEntry(Direction direction, Pending asked, ReadOnlySpan<byte> content, FrameRef frame, Timestamp time)
    {
        if (TellsOfServers && asked.TellsOfServer)
        {
            TakeServer(direction, asked.Operation, content, frame, time);
        }
        else if (_trusts.IsWanted && asked.TellsOfTrusts
            && LdapServerReader.ReadTrust(new LdapTrust { Flow = flow.Id, Frame = frame, Time = time, Server = flow.Id.Sender(direction) }, content) is { } trust)
        {
            _trusts.Emit(trust);
        }
    }

    private void TakeServer(Direction direction, LdapOperation asked, ReadOnlySpan<byte> content, FrameRef frame, Timestamp time)
    {
        var facts = LdapServerReader.Read(
            new LdapServerFacts { Flow = flow.Id, Frame = frame, Time = time, Server = flow.Id.Sender(direction), IsPing = LdapServerReader.IsPing(asked.Search!) }, content);
        if (facts.SaysSomething && _servers.IsWanted)
        {
            _servers.Emit(facts);
        }

        if (_names.IsWanted && (facts.HostName ?? facts.NetbiosName) is { Length: > 0 } name && facts.Server.IsHost)
        {
            _names.Emit(new NameSeen { Flow = flow.Id, Frame = frame, Time = time, Address = facts.Server, Name = name, Source = NameSource.Ldap });
        }
    }

    private void TakeObject(Direction direction, ReadOnlySpan<byte> content, FrameRef frame, Timestamp time)
    {
        var empty = new LdapJavaObject
        {
            Flow = flow.Id,
            Frame = frame,
            Time = time,
            Client = flow.Id.Receiver(direction),
            Server = flow.Id.Sender(direction),
            ServerPort = direction == Direction.ToOriginator ? flow.Id.ResponderPort : flow.Id.OriginatorPort,
            Name = string.Empty,
        };
        if (LdapJavaReader.Read(empty, content) is { } found)
        {
            _objects.Emit(found);
        }
    }

    private LdapOperation Emit(Pending pending, LdapResult? result)
    {
        LdapOperation operation = pending.Operation with { Result = result };
        if (operation.Search is { } search)
        {
            operation = operation with { Search = search with { Entries = pending.Entries, EntryBytes = pending.EntryBytes, References = pending.References } };
        }

        if (_operations.IsWanted)
        {
            _operations.Emit(operation);
        }

        if (pending.Password is not null)
        {
            _credentials.Emit(new CredentialSeen
            {
                Flow = flow.Id,
                Frame = operation.Frame,
                Time = operation.Time,
                Protocol = "ldap",
                Scheme = "simple",
                Kind = CredentialKind.Password,
                Direction = pending.Asked,
                User = operation.Object,
                Secret = pending.Password,
                Success = result is null ? null : result.Code == LdapNames.Success,
            });
        }

        return operation;
    }

    /// <summary>A request that is not answered yet.</summary>
    private sealed class Pending(LdapOperation operation, long number)
    {
        public LdapOperation Operation { get; } = operation;

        public long Number { get; } = number;

        public Secret? Password { get; init; }

        public Direction Asked { get; init; }

        /// <summary>Gets the content of a datagram, which may be sent again.</summary>
        public byte[]? Content { get; init; }

        public bool TellsOfServer { get; } = operation.Search is { Scope: 0, Base: "" };

        public bool TellsOfTrusts { get; } = operation.Search?.Filter.Contains("trustedDomain", StringComparison.OrdinalIgnoreCase) == true;

        public long Entries { get; set; }

        public long EntryBytes { get; set; }

        public long References { get; set; }
    }
}
