using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>Pairs responses with their requests, and states both.</summary>
internal sealed class ModbusDialog(FlowContext flow, RecordBus bus)
{
    private const string Protocol = "modbus";
    private const byte ExceptionBit = 0x80;
    private const long Patience = 10 * Timestamp.PerSecond;

    private readonly Emitter<ModbusMessage> _messages = bus.Emitter<ModbusMessage>();
    private readonly Emitter<SoftwareSeen> _software = bus.Emitter<SoftwareSeen>();
    private readonly List<Pending> _pending = [];

    /// <summary>Gets what is known of the flow.</summary>
    public IcsFlow Flow { get; } = new(flow, bus, Protocol, ModbusProtocol.Port);

    /// <summary>Tells whether what goes this way asks.</summary>
    public bool IsRequest(Direction direction) => Flow.IsToServer(direction);

    /// <summary>Reads a message.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="frame">The frame of its first byte.</param>
    /// <param name="time">When.</param>
    /// <param name="transaction">The number that pairs it, or null in RTU frames.</param>
    /// <param name="adu">Unit, function and data.</param>
    public void Read(Direction direction, FrameRef frame, Timestamp time, ushort? transaction, ReadOnlySpan<byte> adu)
    {
        bool isRequest = IsRequest(direction);
        byte unit = adu[0];
        ReadOnlySpan<byte> bytes = adu[1..];
        bool isException = (bytes[0] & ExceptionBit) != 0;
        ModbusPdu pdu = isException ? ModbusPdu.Exception(bytes[0]) : ModbusPdu.Read(bytes, isRequest);
        if (pdu.IsBroken)
        {
            Flow.Fault(direction, frame, time, "data do not fit the function");
        }

        var message = new ModbusMessage
        {
            Flow = Flow.Id,
            Frame = frame,
            Time = time,
            Direction = direction,
            IsRequest = isRequest,
            Client = Flow.Client,
            Server = Flow.Server,
            ServerPort = Flow.ServerPort,
            Station = unit,
            IsUsual = transaction is not null && Flow.ServerPort == ModbusProtocol.Port,
            Call = ModbusCalls.Of(pdu.Function, Number(pdu.SubFunction)),
            Transaction = transaction,
            Unit = unit,
            Function = pdu.Function,
            SubFunction = isException ? null : Number(pdu.SubFunction),
            IsException = isException,
            Address = Number(pdu.Address),
            Quantity = Number(pdu.Quantity),
            ReadAddress = Number(pdu.ReadAddress),
            ReadQuantity = Number(pdu.ReadQuantity),
            AndMask = Number(pdu.AndMask),
            OrMask = Number(pdu.OrMask),
            Identities = pdu.Identities ?? [],
        };
        message = isRequest ? Ask(message, pdu) : Answer(message, pdu, isException ? bytes.Length > 1 ? bytes[1] : 0 : null);
        if (_messages.IsWanted)
        {
            _messages.Emit(message);
        }

        State(message);
    }

    private static int? Number(int value) => value < 0 ? null : value;

    private ModbusMessage Ask(ModbusMessage message, in ModbusPdu pdu)
    {
        _pending.RemoveAll(p => message.Time - p.Time > Patience);
        if (_pending.Count == IcsLimits.InFlight)
        {
            _pending.RemoveAt(0);
        }

        var poll = new IcsPollKey(message.Station, message.Call, message.Function == ModbusFunction.ReadWriteMultipleRegisters ? pdu.ReadAddress : pdu.Address, Math.Max(0, Math.Max(pdu.Quantity, pdu.ReadQuantity)));
        _pending.Add(new Pending(message, poll));
        if (!_messages.IsWanted)
        {
            return message;
        }

        List<IcsOddity>? oddities = null;
        return message with
        {
            // Unit 0 is everybody on a serial line; a device that speaks TCP itself may also be meant (1.0b, 4.4.2.2): then it answers.
            IsBroadcast = message.Unit == 0 && ModbusCalls.IsWrite(message.Function),
            Poll = poll,
            Interval = Flow.Polls.Asked(poll, message.Time),
            SinceCommand = IcsActions.IsCommand(ModbusCalls.Action(message.Call)) ? Flow.Commanded(message.Time) : null,
            InFlight = _pending.Count,
            Values = Values(message, pdu, pdu.Address, pdu.IsBroken ? 0 : pdu.Quantity, true, ref oddities),
        };
    }

    private ModbusMessage Answer(ModbusMessage message, in ModbusPdu pdu, int? refusal)
    {
        message = message with { Refusal = refusal };
        if (Find(message) is not { } asked)
        {
            return message;
        }

        ModbusMessage request = asked.Request;
        if (request.Function != message.Function)
        {
            Flow.Fault(message.Direction, message.Frame, message.Time, "response of another function");
            return message;
        }

        message = message with
        {
            Call = refusal is null && message.Function != ModbusFunction.Umas ? message.Call : request.Call,
            Poll = asked.Poll,
            Address = message.Address ?? request.ReadAddress ?? request.Address,
            ResponseTime = Math.Max(0, message.Time - request.Time),
            RequestFrame = request.Frame,
        };
        if (refusal is not null || !_messages.IsWanted || !ModbusCalls.IsRead(message.Function))
        {
            return message;
        }

        int wanted = request.ReadQuantity ?? request.Quantity ?? pdu.Quantity;
        if (pdu.IsBroken || (pdu.IsBits ? (wanted + 7) / 8 != pdu.Data.Length : message.Function != ModbusFunction.ReadFifoQueue && wanted * 2 != pdu.Data.Length))
        {
            Flow.Fault(message.Direction, message.Frame, message.Time, "another quantity than was asked for");
            return message;
        }

        List<IcsOddity>? oddities = null;
        IReadOnlyList<IcsValue> values = Values(message, pdu, message.Address ?? 0, wanted, false, ref oddities);
        if (!pdu.IsBits && pdu.Data.Length > 0 && Flow.Polls.Answered(asked.Poll, pdu.Table, StableHash.Of(pdu.Data), message.Time) is { } odd)
        {
            (oddities ??= []).Add(odd);
        }

        return message with { Quantity = wanted, Values = values, Oddities = oddities };
    }

    private Pending? Find(ModbusMessage answer)
    {
        // A serial line has one request at a time, and a client that always uses the same number has, too: those before the newest will not be answered
        // any more, but for what was sent together with it.
        int at = _pending.FindLastIndex(p => p.Request.Transaction == answer.Transaction && p.Request.Unit == answer.Unit);
        if (at < 0)
        {
            return null;
        }

        FrameRef frame = _pending[at].Request.Frame;
        at = _pending.FindIndex(p => p.Request.Transaction == answer.Transaction && p.Request.Unit == answer.Unit && p.Request.Frame == frame);
        Pending found = _pending[at];
        _pending.RemoveAt(at);
        _pending.RemoveAll(p => p.Request.Transaction == answer.Transaction && p.Request.Unit == answer.Unit && p.Request.Frame != frame);
        return found;
    }

    private IcsValue[] Values(ModbusMessage message, in ModbusPdu pdu, int address, int quantity, bool isWrite, ref List<IcsOddity>? oddities)
    {
        int count = pdu.Data.IsEmpty ? 0 : Math.Min(quantity, pdu.Held);
        if (count <= 0 || (isWrite && !ModbusCalls.IsWrite(message.Function)))
        {
            return [];
        }

        var values = new IcsValue[count];
        bool isRepeated = message.Function == ModbusFunction.ReadFifoQueue;
        for (int i = 0; i < count; i++)
        {
            values[i] = Flow.Points.Note(
                message.Station, pdu.Table, isRepeated ? address : address + i, pdu.Value(i), isWrite, message.Time, !isWrite && !pdu.IsBits && !isRepeated, ref oddities);
        }

        return values;
    }

    private void State(ModbusMessage message)
    {
        if (message.Identities.Count > 0 && _software.IsWanted)
        {
            _software.Emit(new SoftwareSeen
            {
                Flow = message.Flow,
                Frame = message.Frame,
                Time = message.Time,
                Host = message.Server,
                Port = message.ServerPort,
                Protocol = Protocol,
                Banner = string.Join(' ', message.Identities.Where(i => i.Object is <= 2 or 4 or 5).Select(i => i.Text)),
            });
        }
    }

    private sealed record Pending(ModbusMessage Request, IcsPollKey Poll)
    {
        public Timestamp Time => Request.Time;
    }
}
