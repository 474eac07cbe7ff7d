using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>Pairs answers with requests, per master and outstation, and states both.</summary>
internal sealed class Dnp3Dialog(IcsFlow flow, RecordBus bus)
{
    private const int Crob = 12;
    private const int MostStations = 256;
    private const int ControlStatus = 10;
    private const int MostReason = 63;
    private const long Patience = 30 * Timestamp.PerSecond;
    private const int NeedsTime = 0x10;
    private const int Restarted = 0x80;
    private const long Settled = 10 * Timestamp.PerSecond;
    private const int Report = 130;
    private const int Select = 3;
    private const int Operate = 4;
    private const int Analog = 30;

    private readonly Emitter<Dnp3Message> _messages = bus.Emitter<Dnp3Message>();
    private readonly Emitter<Dnp3Exchange> _exchanges = bus.Emitter<Dnp3Exchange>();
    private readonly Emitter<Dnp3ObjectSeen> _objects = bus.Emitter<Dnp3ObjectSeen>();
    private readonly Emitter<Dnp3ControlSeen> _controls = bus.Emitter<Dnp3ControlSeen>();
    private readonly List<Dnp3Message> _pending = [];
    private readonly RecentMap<ushort, Station> _stations = new(MostStations);

    /// <summary>Reads a fragment.</summary>
    public void Read(Direction direction, Dnp3LinkHeader header, FrameRef frame, Timestamp time, ReadOnlySpan<byte> bytes)
    {
        if (Dnp3Apdu.Read(bytes) is not { } apdu)
        {
            flow.Fault(direction, frame, time, "fragment too short");
            return;
        }

        if (apdu.IsBroken)
        {
            flow.Fault(direction, frame, time, "objects do not fit");
        }

        bool isRequest = !apdu.IsAnswer;
        Dnp3Message message = Make(direction, header, isRequest, frame, time) with
        {
            Call = Dnp3Calls.Of(apdu.Function, About(apdu, isRequest ? header.Destination : header.Source)),
            Function = apdu.Function,
            Indications = apdu.Indications,
            Sequence = apdu.Sequence,
            Headers = apdu.Headers,
            Controls = apdu.Controls,
            FileName = apdu.FileName,
            AuthenticationError = apdu.AuthenticationError,
        };
        message = isRequest ? Ask(message) : Answer(message, apdu);
        if (_messages.IsWanted)
        {
            _messages.Emit(message);
        }

        Details(message);
    }

    /// <summary>Takes a frame of the link layer that carries no fragment: what a master asks there, and what the outstation answers.</summary>
    public void Link(Direction direction, Dnp3LinkHeader header, FrameRef frame, Timestamp time)
    {
        if (!_messages.IsWanted || header.IsPrimary != header.IsFromMaster)
        {
            return;
        }

        Dnp3Message message = Make(direction, header, header.IsPrimary, frame, time) with { Call = Dnp3Calls.OfLink(header.Function), LinkFunction = header.Function };
        if (message.IsRequest)
        {
            Expire(time);
            Queue(message);
            _messages.Emit(message);
            return;
        }

        // An acknowledgment on the link answers data as well, which have their own answer.
        int at = _pending.FindLastIndex(p => p.LinkFunction is not null && p.Master == message.Master && p.Station == message.Station);
        if (at >= 0)
        {
            Dnp3Message asked = _pending[at];
            _pending.RemoveAt(at);
            _messages.Emit(message with { Call = asked.Call, ResponseTime = Math.Max(0, time - asked.Time), RequestFrame = asked.Frame });
        }
    }

    /// <summary>States what was never answered.</summary>
    public void End()
    {
        foreach (Dnp3Message request in _pending)
        {
            State(request, null);
        }

        _pending.Clear();
    }

    private static int Reason(int indications, IReadOnlyList<Dnp3Control> controls)
    {
        // The second octet: function not supported, objects unknown, parameters wrong, already executing (4.5).
        for (int bit = 0; bit < 4; bit++)
        {
            if ((indications >> (8 + bit) & 1) != 0)
            {
                return bit + 1;
            }
        }

        foreach (Dnp3Control control in controls)
        {
            if (control.Status != 0)
            {
                return Math.Min(ControlStatus + control.Status, MostReason);
            }
        }

        return 0;
    }

    private int About(Dnp3Apdu apdu, ushort station)
    {
        if (apdu.Function == 25)
        {
            return apdu.FileMode == 1 ? Dnp3Calls.FileRead : Dnp3Calls.Plain;
        }

        if (apdu.Function is not (1 or 2) || apdu.Headers.Count == 0)
        {
            return Dnp3Calls.Plain;
        }

        return apdu.Headers[0].Group switch
        {
            0 => Dnp3Calls.Attributes,
            34 or 110 or 112 => apdu.Function == 2 ? Dnp3Calls.Parameters : Dnp3Calls.Plain,
            50 when apdu.Function == 2 => _stations.Find(station) is { Indications: { } last } && (last & NeedsTime) == 0 ? Dnp3Calls.TimeUnasked : Dnp3Calls.TimeAsked,
            70 => Dnp3Calls.FileData,
            80 when apdu.Function == 2 => Dnp3Calls.Indications,
            _ => Dnp3Calls.Plain,
        };
    }

    private Dnp3Message Make(Direction direction, Dnp3LinkHeader header, bool isRequest, FrameRef frame, Timestamp time) => new()
    {
        Flow = flow.Id,
        Frame = frame,
        Time = time,
        Direction = direction,
        IsRequest = isRequest,
        Client = isRequest ? flow.Id.Sender(direction) : flow.Id.Receiver(direction),
        Server = isRequest ? flow.Id.Receiver(direction) : flow.Id.Sender(direction),
        ServerPort = isRequest == (direction == Direction.ToResponder) ? flow.Id.ResponderPort : flow.Id.OriginatorPort,
        Station = isRequest ? header.Destination : header.Source,
        Master = isRequest ? header.Source : header.Destination,
        IsBroadcast = isRequest && header.IsBroadcast,
        IsUsual = flow.Id.ResponderPort == Dnp3Protocol.Port || flow.Id.OriginatorPort == Dnp3Protocol.Port,
        Call = 0,
    };

    private Dnp3Message Ask(Dnp3Message message)
    {
        Expire(message.Time);
        int function = message.Function!.Value;
        bool controls = function is 3 or 4 or 5 or 6;
        long address = controls && message.Controls.Count > 0 ? message.Controls[0].Index
            : message.Headers.Count > 0 ? (message.Headers[0].Group << 8) | message.Headers[0].Variation
            : -1;
        var poll = new IcsPollKey(message.Station, message.Call, address, controls ? message.Controls.Count : message.Headers.Count);
        if (_messages.IsWanted && function != 0)
        {
            List<IcsOddity>? none = null;
            message = message with
            {
                Poll = poll,
                Interval = flow.Polls.Asked(poll, message.Time),
                SinceCommand = IcsActions.IsCommand(Dnp3Calls.Action(message.Call)) ? flow.Commanded(message.Time) : null,
                Values = function is 4 or 5 or 6 ? [.. message.Controls.Select(c => flow.Points.Note(
                    message.Station, Table(c), c.Index, c.Group == Crob ? c.Code : c.Value, true, message.Time, false, ref none))] : [],
            };
        }

        Station station = Known(message.Station);
        message = message with { IsUnselected = function == Operate && station.Selected != message.Sequence };
        station.Selected = function == Select ? (message.Sequence + 1) & 0x0F : function == 0 ? station.Selected : null;
        if (Dnp3Calls.IsWithoutAnswer(function) || message.IsBroadcast)
        {
            if (function != 0)
            {
                State(message, null);
            }

            return message;
        }

        Queue(message);
        return message with { InFlight = _pending.Count };
    }

    private Dnp3Message Answer(Dnp3Message message, Dnp3Apdu apdu)
    {
        int indications = message.Indications ?? 0;
        Station station = Known(message.Station);
        bool hasRestarted = station.Hears(indications, message.Time);
        int at = message.Function == Report || !apdu.IsFirst ? -1
            : _pending.FindLastIndex(p => p.Function is not null && p.Sequence == message.Sequence && p.Station == message.Station && p.Master == message.Master);
        Dnp3Message? request = at < 0 ? null : _pending[at];
        if (request is not null)
        {
            _pending.RemoveAt(at);
            message = message with
            {
                Poll = request.Poll,
                ResponseTime = Math.Max(0, message.Time - request.Time),
                RequestFrame = request.Frame,
                Refusal = Reason(indications, message.Controls) is > 0 and var reason ? reason : null,
            };
        }

        State(request, message);
        if (!_messages.IsWanted)
        {
            return message;
        }

        List<IcsOddity>? oddities = null;
        ulong hash = 0;
        int analog = 0;
        var values = new IcsValue[apdu.Values.Count];
        for (int i = 0; i < values.Length; i++)
        {
            IcsValue value = apdu.Values[i];
            bool isMeasured = value.Table % Dnp3Apdu.Decimal == Analog;
            values[i] = flow.Points.Note(message.Station, value.Table, value.Address, value.Value, false, message.Time, isMeasured, ref oddities);
            if (isMeasured)
            {
                hash = StableHash.Combine(StableHash.Combine(hash, (ulong)value.Address), unchecked((ulong)value.Value));
                analog++;
            }
        }

        if (analog > 0 && message.Poll is { } poll && flow.Polls.Answered(poll, Analog, hash, message.Time) is { } odd)
        {
            (oddities ??= []).Add(odd);
        }

        return message with { Values = values, Oddities = oddities, HasRestarted = hasRestarted, Call = request?.Call ?? message.Call };
    }

    private static int Table(Dnp3Control control) => control.Group + (control.Group != Crob && control.Code != 0 ? Dnp3Apdu.Decimal : 0);

    private Station Known(long number)
    {
        if (_stations.Find((ushort)number) is { } known)
        {
            return known;
        }

        var station = new Station();
        _stations.Set((ushort)number, station, out _);
        return station;
    }

    private void Queue(Dnp3Message request)
    {
        if (_pending.Count == IcsLimits.InFlight)
        {
            State(_pending[0], null);
            _pending.RemoveAt(0);
        }

        _pending.Add(request);
    }

    private void Expire(Timestamp now)
    {
        while (_pending.Count > 0 && now - _pending[0].Time > Patience)
        {
            State(_pending[0], null);
            _pending.RemoveAt(0);
        }
    }

    private void State(Dnp3Message? request, Dnp3Message? answer)
    {
        if (!_exchanges.IsWanted || (request?.Function ?? answer?.Function) is null)
        {
            return;
        }

        Dnp3Message first = request ?? answer!;
        _exchanges.Emit(new Dnp3Exchange
        {
            Flow = flow.Id,
            Frame = first.Frame,
            Time = first.Time,
            Request = request?.Function,
            Reply = answer?.Function,
            Indications = answer?.Indications,
        });
    }

    private void Details(Dnp3Message message)
    {
        if (_objects.IsWanted)
        {
            foreach (Dnp3ObjectHeader header in message.Headers)
            {
                _objects.Emit(new Dnp3ObjectSeen { Flow = flow.Id, Frame = message.Frame, Time = message.Time, Function = message.Function!.Value, Header = header });
            }
        }

        if (_controls.IsWanted)
        {
            foreach (Dnp3Control control in message.Controls)
            {
                _controls.Emit(new Dnp3ControlSeen { Flow = flow.Id, Frame = message.Frame, Time = message.Time, Function = message.Function!.Value, Control = control });
            }
        }
    }

    private sealed class Station
    {
        private Timestamp _clearSince;

        /// <summary>Gets the last indications.</summary>
        public int? Indications { get; private set; }

        /// <summary>Gets or sets the sequence number that an operate must have, or null if nothing is selected.</summary>
        public int? Selected { get; set; }

        /// <summary>Notes indications; tells whether the outstation restarted. An unsolicited response may be older than the answer before it.</summary>
        public bool Hears(int indications, Timestamp time)
        {
            bool wasClear = Indications is { } before && (before & Restarted) == 0;
            bool isSet = (indications & Restarted) != 0;
            bool hasRestarted = wasClear && isSet && time - _clearSince >= Settled;
            _clearSince = wasClear ? _clearSince : time;
            Indications = indications;
            return hasRestarted;
        }
    }
}
