using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>Pairs answers with their requests, and states both.</summary>
internal sealed class S7Dialog(FlowContext flow, RecordBus bus)
{
    private const string Protocol = "s7comm";
    private const long Patience = 10 * Timestamp.PerSecond;

    private readonly Emitter<S7Message> _messages = bus.Emitter<S7Message>();
    private readonly Emitter<SoftwareSeen> _software = bus.Emitter<SoftwareSeen>();
    private readonly Emitter<CredentialSeen> _credentials = bus.Emitter<CredentialSeen>();
    private readonly List<Pending> _pending = [];
    private readonly S7Values _values = new();
    private long _slot;

    /// <summary>Gets what is known of the flow.</summary>
    public IcsFlow Flow { get; } = new(flow, bus, Protocol, S7Protocol.Port);

    /// <summary>Reads what asks for a connection, accepts or refuses it.</summary>
    public void Connection(in S7Place place, in CotpUnit unit)
    {
        bool isToServer = Flow.IsToServer(place.Direction);
        if (unit.Type is not (CotpUnit.ConnectionRequest or CotpUnit.ConnectionConfirm or CotpUnit.DisconnectRequest))
        {
            return;
        }

        // The second byte of a selector of two is rack and slot.
        _slot = isToServer && unit is { Type: CotpUnit.ConnectionRequest, Called: [_, var slot] } ? slot : _slot;
        S7Message message = Make(place, S7Kind.Connection, S7Calls.Connect) with { IsRequest = isToServer };
        if (isToServer && unit.Type == CotpUnit.ConnectionRequest)
        {
            Emit(Asked(message, new IcsPollKey(_slot, S7Calls.Connect, -1, 0), []));
        }
        else if (!isToServer && Take(p => p.Message.Kind == S7Kind.Connection) is { } pending)
        {
            Emit(Answered(message, pending) with { Refusal = unit.Type == CotpUnit.DisconnectRequest ? S7Names.ConnectionRefused : null });
        }
    }

    /// <summary>Reads a message.</summary>
    public void Read(in S7Place place, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            // An acknowledgment of the transport below.
            return;
        }

        S7Pdu pdu = S7Pdu.Read(bytes);
        if (bytes[0] != S7Pdu.Number || pdu.IsBroken)
        {
            Flow.Fault(place.Direction, place.Frame, place.Time, bytes[0] != S7Pdu.Number ? "data of another protocol" : "lengths do not fit");
            return;
        }

        bool isToServer = Flow.IsToServer(place.Direction);
        switch (pdu.Kind)
        {
            case S7Kind.Job when isToServer:
                Job(place, pdu);
                break;
            case S7Kind.Job:
                Emit(Make(place, S7Kind.Job, S7Calls.OfController(First(pdu))) with { Reference = pdu.Reference, Function = First(pdu) });
                break;
            case S7Kind.UserData:
                UserData(place, pdu, isToServer);
                break;
            default:
                Acknowledgment(place, pdu, isToServer);
                break;
        }
    }

    private static byte First(in S7Pdu pdu) => pdu.Parameter.IsEmpty ? (byte)0 : pdu.Parameter[0];

    private S7Message Make(in S7Place place, S7Kind kind, long call) => new()
    {
        Flow = Flow.Id,
        Frame = place.Frame,
        Time = place.Time,
        Direction = place.Direction,
        IsRequest = false,
        Client = Flow.Client,
        Server = Flow.Server,
        ServerPort = Flow.ServerPort,
        Station = _slot,
        Call = call,
        Kind = kind,
        IsUsual = Flow.ServerPort == S7Protocol.Port,
    };

    private void Job(in S7Place place, in S7Pdu pdu)
    {
        byte function = First(pdu);
        S7Control control = S7Control.Read(pdu.Parameter);
        bool isVariable = function is S7Calls.Read or S7Calls.Write;
        bool isBroken = control.IsBroken;
        S7Item[] items = isVariable ? S7Item.Read(pdu.Parameter, out isBroken) : [];
        if (isBroken)
        {
            Flow.Fault(place.Direction, place.Frame, place.Time, "parameters do not fit the function");
        }

        long call = S7Calls.OfJob(function, control.Service);
        S7Message message = Make(place, S7Kind.Job, call) with
        {
            IsRequest = true,
            Reference = pdu.Reference,
            Function = function,
            Service = control.Service,
            Block = control.Block,
        };
        IcsPollKey poll = isVariable && items.Length > 0 ? S7Values.Poll(_slot, call, items, pdu.Parameter) : new IcsPollKey(_slot, call, -1, 0);
        message = Asked(message, poll, items);
        if (function == S7Calls.Write && _messages.IsWanted)
        {
            List<IcsOddity>? oddities = null;
            message = message with { Values = _values.Read(Flow, _slot, items, pdu.Data, true, place.Time, ref oddities) };
        }

        Emit(message);
    }

    private void Acknowledgment(in S7Place place, in S7Pdu pdu, bool isToServer)
    {
        byte? function = pdu.Parameter.IsEmpty ? null : First(pdu);
        ushort reference = pdu.Reference;
        S7Message message = Make(place, pdu.Kind, isToServer ? S7Calls.OfController(function ?? 0) : function is { } known ? S7Calls.OfJob(known) : S7Calls.Unknown) with
        {
            Reference = reference,
            Function = function,
            ErrorClass = pdu.ErrorClass,
            ErrorCode = pdu.ErrorCode,
            IsClientAnswer = isToServer,
            Refusal = pdu.ErrorClass == 0 && pdu.ErrorCode == 0 ? null : S7Names.OfError(pdu.ErrorClass),
        };
        if (isToServer)
        {
            Emit(message);
            return;
        }

        if (Take(p => p.Message.Kind == S7Kind.Job && p.Message.Reference == reference) is { } pending)
        {
            message = Answered(message, pending);
            if (function is { } answered && answered != pending.Message.Function)
            {
                Flow.Fault(place.Direction, place.Frame, place.Time, "answer of another function");
            }
            else if (function is S7Calls.Read or S7Calls.Write && pending.Items.Length > 0)
            {
                message = Variables(message, pending, pdu.Data);
            }
        }

        Emit(message);
    }

    private S7Message Variables(S7Message message, Pending pending, ReadOnlySpan<byte> data)
    {
        bool isRead = message.Function == S7Calls.Read;
        int refusal = S7Values.Refusal(pending.Items, data, isRead);
        message = message with { Refusal = message.Refusal ?? (refusal == 0 ? null : refusal) };
        if (!isRead || message.Refusal is not null || !_messages.IsWanted)
        {
            return message;
        }

        List<IcsOddity>? oddities = null;
        IcsValue[] values = _values.Read(Flow, _slot, pending.Items, data, false, message.Time, ref oddities);
        S7Item first = pending.Items[0];
        if (first.IsNumber && values.Length > 0 && Flow.Polls.Answered(pending.Poll, first.Table, StableHash.Of(data), message.Time) is { } odd)
        {
            (oddities ??= []).Add(odd with { Address = first.Address });
        }

        return message with { Values = values, Oddities = oddities };
    }

    private void UserData(in S7Place place, in S7Pdu pdu, bool isToServer)
    {
        S7UserData data = S7UserData.Read(pdu.Parameter, pdu.Data, isToServer);
        if (data.IsBroken)
        {
            Flow.Fault(place.Direction, place.Frame, place.Time, "user data without its parameters");
            return;
        }

        ushort reference = pdu.Reference;
        bool isRequest = isToServer && data.IsRequest;
        bool isReport = !isToServer && !data.IsResponse;
        S7Message message = Make(place, S7Kind.UserData, isReport ? S7Calls.OfReport(data.Group, data.SubFunction) : S7Calls.OfUserData(data.Group, data.SubFunction, data.List)) with
        {
            IsRequest = isRequest,
            Reference = reference,
            Function = data.Function,
            SubFunction = data.SubFunction,
            List = data.List,
            IsClientAnswer = isToServer && !data.IsRequest,
            ErrorClass = data.Error is { } error ? (byte)(error >> 8) : null,
            ErrorCode = data.Error is { } code ? (byte)code : null,
            Identities = data.Identities ?? [],
        };
        if (isRequest)
        {
            message = Asked(message, new IcsPollKey(_slot, message.Call, data.List ?? -1, data.Index), []);
        }
        else if (data.IsResponse && Take(p => p.Message.Kind == S7Kind.UserData && p.Message.Reference == reference) is { } pending)
        {
            message = Answered(message, pending);
        }

        if (!isRequest && data.Error is > 0 and var refused)
        {
            message = message with { Refusal = S7Names.OfError((byte)(refused >> 8)) };
        }

        Emit(message);
        State(message, data.Password);
    }

    private S7Message Asked(S7Message message, IcsPollKey poll, S7Item[] items)
    {
        _pending.RemoveAll(p => message.Time - p.Message.Time > Patience);
        if (_pending.Count == IcsLimits.InFlight)
        {
            _pending.RemoveAt(0);
        }

        _pending.Add(new Pending(message, poll, items));
        return message with
        {
            Poll = poll,
            Interval = Flow.Polls.Asked(poll, message.Time),
            SinceCommand = IcsActions.IsCommand(S7Calls.Action(message.Call)) ? Flow.Commanded(message.Time) : null,
            InFlight = _pending.Count,
        };
    }

    private static S7Message Answered(S7Message message, Pending pending) => message with
    {
        Call = pending.Message.Call,
        Poll = pending.Poll,
        ResponseTime = Math.Max(0, message.Time - pending.Message.Time),
        RequestFrame = pending.Message.Frame,
        Block = pending.Message.Block,
    };

    private Pending? Take(Predicate<Pending> isAsked)
    {
        int at = _pending.FindLastIndex(isAsked);
        if (at < 0)
        {
            return null;
        }

        Pending found = _pending[at];
        _pending.RemoveAt(at);
        return found;
    }

    private void Emit(S7Message message)
    {
        if (_messages.IsWanted)
        {
            _messages.Emit(message);
        }
    }

    private void State(S7Message message, string? password)
    {
        if (password is not null && _credentials.IsWanted)
        {
            _credentials.Emit(new CredentialSeen
            {
                Flow = message.Flow,
                Frame = message.Frame,
                Time = message.Time,
                Protocol = Protocol,
                Scheme = "s7",
                Kind = CredentialKind.Password,
                Direction = message.Direction,
                Secret = Secret.From(password),
            });
        }

        if (message is { IsRequest: false, Identities.Count: > 0 } && _software.IsWanted)
        {
            _software.Emit(new SoftwareSeen
            {
                Flow = message.Flow,
                Frame = message.Frame,
                Time = message.Time,
                Host = message.Server,
                Port = message.ServerPort,
                Protocol = Protocol,
                Banner = string.Join(' ', message.Identities.Where(i => i.Name is "module" or "firmware" or "module type").Select(i => i.Text)),
            });
        }
    }

    private sealed record Pending(S7Message Message, IcsPollKey Poll, S7Item[] Items);
}
