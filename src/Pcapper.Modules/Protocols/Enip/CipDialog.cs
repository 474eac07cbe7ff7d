using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Pairs CIP answers with their requests, and states both, one by one.</summary>
/// <param name="flow">What is known of the flow.</param>
/// <param name="bus">Takes the records.</param>
/// <param name="identify">Takes what a device says of itself.</param>
internal sealed class CipDialog(IcsFlow flow, RecordBus bus, CipDialog.Identify identify)
{
    private const byte Answer = 0x80;
    private const byte PartialTransfer = 0x06;
    private const byte EmbeddedError = 0x1E;
    private const int MostValues = 1024;
    private const int Structure = 0x02A0;
    private const long Patience = 10 * Timestamp.PerSecond;

    private readonly Emitter<CipMessage> _messages = bus.Emitter<CipMessage>();
    private readonly List<Pending> _pending = [];
    private readonly List<IcsValue> _values = [];

    /// <summary>Takes what a device says of itself.</summary>
    public delegate void Identify(Direction direction, FrameRef frame, Timestamp time, long slot, EnipIdentity identity);

    /// <summary>Reads a message.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="frame">Its frame.</param>
    /// <param name="time">When.</param>
    /// <param name="key">What pairs it, beside the sequence: the context of the sender, or the session.</param>
    /// <param name="sequence">Its number in a connection, or null.</param>
    /// <param name="bytes">The message.</param>
    public void Read(Direction direction, FrameRef frame, Timestamp time, ulong key, ushort? sequence, ReadOnlySpan<byte> bytes)
    {
        if ((bytes[0] & Answer) != 0)
        {
            Answers(direction, frame, time, key, sequence, bytes);
        }
        else
        {
            Requests(direction, frame, time, key, sequence, bytes);
        }
    }

    private CipMessage Make(Direction direction, FrameRef frame, Timestamp time, ushort? sequence, bool isRequest, byte service) => new()
    {
        Flow = flow.Id,
        Frame = frame,
        Time = time,
        Direction = direction,
        IsRequest = isRequest,
        Client = isRequest ? flow.Id.Sender(direction) : flow.Id.Receiver(direction),
        Server = isRequest ? flow.Id.Receiver(direction) : flow.Id.Sender(direction),
        ServerPort = flow.ServerPort,
        Station = 0,
        Call = CipCalls.Of(0x10000, service),
        Sequence = sequence,
        Service = service,
        IsUsual = flow.ServerPort == EnipProtocol.Port,
    };

    private void Requests(Direction direction, FrameRef frame, Timestamp time, ulong key, ushort? sequence, ReadOnlySpan<byte> bytes)
    {
        _pending.RemoveAll(p => time - p.Time > Patience);
        if (_pending.Count == IcsLimits.InFlight)
        {
            _pending.RemoveAt(0);
        }

        var pending = new Pending(direction, frame, time, key, sequence);
        _pending.Add(pending);
        string? broken = CipMessages.Requests(
            bytes,
            (in CipRequest request) => Ask(pending, request),
            out bool isMultiple);
        pending.IsMultiple = isMultiple;
        Forget();
        if (broken is not null)
        {
            flow.Fault(direction, frame, time, broken);
        }
    }

    // A message may carry many requests: those that wait are counted one by one.
    private void Forget()
    {
        int waiting = 0;
        for (int i = _pending.Count - 1; i >= 0; i--)
        {
            waiting += _pending[i].Requests.Count;
            if (waiting > IcsLimits.InFlight)
            {
                _pending.RemoveRange(0, i + 1);
                return;
            }
        }
    }

    private void Ask(Pending pending, in CipRequest request)
    {
        CipPath path = request.Path;
        string point = path.Point;
        var poll = new IcsPollKey(request.Slot, request.Call, EnipDialect.PollAddress(CipPath.IdOf(point), path.Address), request.Count);
        CipMessage message = Make(pending.Direction, pending.Frame, pending.Time, pending.Sequence, true, request.Service) with
        {
            Station = request.Slot,
            Call = request.Call,
            Class = path.Class,
            Instance = path.Instance,
            Attribute = path.Attribute,
            Point = point,
            Poll = poll,
            Interval = flow.Polls.Asked(poll, pending.Time),
            SinceCommand = IcsActions.IsCommand(CipCalls.Action(request.Call)) ? flow.Commanded(pending.Time) : null,
            InFlight = _pending.Count,
        };
        pending.Requests.Add(new Asked(message, path.Address, request.Offset));
        if (_messages.IsWanted)
        {
            List<IcsOddity>? oddities = null;
            _messages.Emit(message with { Values = Written(message, path.Address, request.Data, ref oddities) });
        }
    }

    private void Answers(Direction direction, FrameRef frame, Timestamp time, ulong key, ushort? sequence, ReadOnlySpan<byte> bytes)
    {
        int at = _pending.FindLastIndex(p => p.Key == key && p.Sequence == sequence && p.Direction != direction);
        Pending? pending = at < 0 ? null : _pending[at];
        if (at >= 0)
        {
            _pending.RemoveAt(at);
        }

        if (pending is not { IsMultiple: true })
        {
            Answered(direction, frame, time, sequence, pending, 0, bytes);
            return;
        }

        ReadOnlySpan<byte> data = Head(bytes, out byte status, out _);
        for (int i = 0; i < pending.Requests.Count; i++)
        {
            bool isThere = CipMessages.TryPart(data, i, out ReadOnlySpan<byte> part) && !part.IsEmpty;
            if (isThere)
            {
                Answered(direction, frame, time, sequence, pending, i, part);
            }
            else if (status is not 0 and not EmbeddedError)
            {
                Answered(direction, frame, time, sequence, pending, i, bytes);
            }
        }
    }

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> bytes, out byte status, out ushort? extended)
    {
        var reader = new WireReader(bytes);
        reader.Skip(2);
        status = reader.U8();
        ReadOnlySpan<byte> more = reader.Take(reader.U8() * 2);
        extended = more is [var low, var high, ..] ? (ushort)(low | (high << 8)) : null;
        return reader.Overrun ? default : reader.Rest;
    }

    private void Answered(Direction direction, FrameRef frame, Timestamp time, ushort? sequence, Pending? pending, int index, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
        {
            flow.Fault(direction, frame, time, "answer cut short");
            return;
        }

        byte service = (byte)(bytes[0] & ~Answer);
        ReadOnlySpan<byte> data = Head(bytes, out byte status, out ushort? extended);
        CipMessage message = Make(direction, frame, time, sequence, false, service) with
        {
            Status = status,
            ExtendedStatus = extended,
            Refusal = status is 0 or PartialTransfer ? null : Math.Min(status, (byte)EnipDialog.OtherStatus),
        };
        if (pending is null || index >= pending.Requests.Count)
        {
            Emit(message);
            return;
        }

        (CipMessage request, long address, uint offset) = pending.Requests[index];
        message = message with
        {
            Station = request.Station,
            Call = request.Call,
            Class = request.Class,
            Instance = request.Instance,
            Attribute = request.Attribute,
            Point = request.Point,
            Poll = request.Poll,
            ResponseTime = Math.Max(0, time - request.Time),
            RequestFrame = request.Frame,
        };
        if (service != request.Service)
        {
            // What sends on, or several at once, may be refused as a whole.
            if (message.Refusal is null)
            {
                flow.Fault(direction, frame, time, "answer of another service");
            }

            Emit(message);
            return;
        }

        if (message.Refusal is null && request is { Class: CipCalls.Identity, Service: 1 } && EnipIdentity.ReadObject(data) is { } identity)
        {
            identify(direction, frame, time, request.Station, identity);
        }

        if (message.Refusal is null && _messages.IsWanted)
        {
            List<IcsOddity>? oddities = null;
            IcsValue[] values = Brought(message, address, offset, data, ref oddities);
            if (values is [var first, ..] && CipType.Kind(first.Table) != CipType.BitKind
                && flow.Polls.Answered(request.Poll!.Value, first.Table, StableHash.Of(data), time) is { } odd)
            {
                (oddities ??= []).Add(odd with { Address = first.Address });
            }

            message = message with { Values = values, Oddities = oddities };
        }

        Emit(message);
    }

    private void Emit(CipMessage message)
    {
        if (_messages.IsWanted)
        {
            _messages.Emit(message);
        }
    }

    // Type, count, from which byte on if in parts, data; or bytes only.
    private IcsValue[] Written(CipMessage message, long address, ReadOnlySpan<byte> data, ref List<IcsOddity>? oddities)
    {
        bool isTag = message.Class is null or 0x6B;
        var reader = new WireReader(data);
        switch (message.Service)
        {
            case CipCalls.WriteTag or CipCalls.WriteTagPart when isTag:
                int type = reader.U16Little();
                reader.Skip(2);
                uint offset = message.Service == CipCalls.WriteTagPart ? reader.U32Little() : 0;
                return Values(message, type, address, offset, reader.Rest, true, ref oddities);
            case CipCalls.SetAttribute when !isTag:
                return Values(message, CipType.Guess(data.Length), address, 0, data, true, ref oddities);
            default:
                return [];
        }
    }

    private IcsValue[] Brought(CipMessage message, long address, uint offset, ReadOnlySpan<byte> data, ref List<IcsOddity>? oddities)
    {
        bool isTag = message.Class is null or 0x6B;
        var reader = new WireReader(data);
        return message.Service switch
        {
            CipCalls.ReadTag or CipCalls.ReadTagPart when isTag => Values(message, reader.U16Little(), address, offset, reader.Rest, false, ref oddities),
            CipCalls.GetAttribute when !isTag && message.Class != CipCalls.Identity => Values(message, CipType.Guess(data.Length), address, 0, data, false, ref oddities),
            _ => [],
        };
    }

    private IcsValue[] Values(CipMessage message, int type, long address, uint offset, ReadOnlySpan<byte> data, bool isWrite, ref List<IcsOddity>? oddities)
    {
        int size = type == Structure ? 0 : CipType.Size(type & 0xFF);
        if (size == 0 || message.Point is null)
        {
            return [];
        }

        _values.Clear();
        int kind = CipType.KindOf(type & 0xFF);
        int table = CipType.Table(CipPath.IdOf(message.Point), kind);
        long first = address + (offset / (uint)size);
        for (int i = 0; i < Math.Min(data.Length / size, MostValues); i++)
        {
            _values.Add(flow.Points.Note(
                message.Station, table, first + i, CipType.Value(type & 0xFF, data[(i * size)..]), isWrite, message.Time, !isWrite && kind != CipType.BitKind && size > 1, ref oddities));
        }

        return [.. _values];
    }

    private sealed record Asked(CipMessage Message, long Address, uint Offset);

    private sealed class Pending(Direction direction, FrameRef frame, Timestamp time, ulong key, ushort? sequence)
    {
        public Direction Direction { get; } = direction;

        public FrameRef Frame { get; } = frame;

        public Timestamp Time { get; } = time;

        public ulong Key { get; } = key;

        public ushort? Sequence { get; } = sequence;

        public bool IsMultiple { get; set; }

        public List<Asked> Requests { get; } = [];
    }
}
