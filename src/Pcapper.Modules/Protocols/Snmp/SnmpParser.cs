using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Snmp;

/// <summary>Reads SNMP messages, and states communities with whether the agent answered to them, and users.</summary>
internal sealed class SnmpParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const string Protocol = "snmp";
    private const int MostPending = 256;

    private readonly Emitter<SnmpMessage> _messages = bus.Emitter<SnmpMessage>();
    private readonly Emitter<CredentialSeen> _credentials = bus.Emitter<CredentialSeen>();
    private readonly RecentMap<long, CredentialSeen> _pending = new(MostPending);
    private readonly Emitter<SnmpSession> _sessions = bus.Emitter<SnmpSession>();
    private SnmpSession? _session;
    private bool _isConfirmed;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        SnmpMessage? message = SnmpReader.Read(
            chunk.Bytes, new SnmpMessage { Flow = flow.Id, Frame = chunk.Frame, Time = chunk.Time, Direction = direction, Version = SnmpVersion.V1 });
        if (message is null)
        {
            // What the snap length cut cannot be judged.
            return chunk.Missing > 0 ? ParseResult.Done(Math.Max(1, chunk.Bytes.Length))
                : _isConfirmed ? ParseResult.Malformed("not an SNMP message") : ParseResult.NotThisProtocol();
        }

        _isConfirmed = true;
        if (_messages.IsWanted)
        {
            _messages.Emit(message);
        }

        if (_credentials.IsWanted)
        {
            Credential(message);
        }

        if (_sessions.IsWanted)
        {
            Count(message);
        }

        return ParseResult.Done(Math.Max(1, chunk.Bytes.Length));
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        foreach (CredentialSeen login in _pending.Values)
        {
            _credentials.Emit(login);
        }

        if (_session is not null)
        {
            _sessions.Emit(_session);
        }
    }

    // As Zeek does: a version or community that changes does not begin a new row, the first stands.
    private void Count(SnmpMessage message)
    {
        _session ??= new SnmpSession { Flow = message.Flow, Frame = message.Frame, Time = message.Time, Version = message.Version, Community = message.Community };
        _session = _session with
        {
            Duration = Math.Max(_session.Duration, message.Time - _session.Time),
            GetRequests = _session.GetRequests + (message.Pdu is SnmpReader.Get or SnmpReader.GetNext ? 1 : 0),
            GetBulkRequests = _session.GetBulkRequests + (message.Pdu == SnmpReader.GetBulk ? 1 : 0),
            GetResponses = _session.GetResponses + (message.Pdu == SnmpReader.Response ? 1 : 0),
            SetRequests = _session.SetRequests + (message.Pdu == SnmpReader.Set ? 1 : 0),
        };
    }

    private void Credential(SnmpMessage message)
    {
        bool isResponse = message.Pdu == SnmpReader.Response;
        if (message.Community is { } community)
        {
            CredentialSeen seen = Seen(message, isResponse) with { Scheme = message.Version == SnmpVersion.V1 ? "v1" : "v2c", Kind = CredentialKind.Community, Secret = community };
            if (isResponse && message.RequestId is { } answered)
            {
                // Agents answer only to communities that they know (RFC 1157, 4.1).
                _credentials.Emit((_pending.Remove(answered) ?? seen) with { Success = true });
            }
            else if (message.RequestId is { } id && message.Pdu != SnmpReader.TrapV1)
            {
                Ask(id, seen);
            }
            else
            {
                _credentials.Emit(seen);
            }
        }
        else if (message.User is { } user && !isResponse)
        {
            _credentials.Emit(Seen(message, isResponse) with { Scheme = "v3", Kind = CredentialKind.Name, User = user, Realm = message.Engine });
        }
    }

    private void Ask(long id, CredentialSeen seen)
    {
        if (_pending.Set(id, seen, out _) is { } gone)
        {
            _credentials.Emit(gone);
        }
    }

    private static CredentialSeen Seen(SnmpMessage message, bool isResponse) => new()
    {
        Flow = message.Flow,
        Frame = message.Frame,
        Time = message.Time,
        Protocol = Protocol,
        Scheme = string.Empty,
        Kind = CredentialKind.Community,
        Direction = isResponse ? message.Direction.Opposite() : message.Direction,
    };
}
