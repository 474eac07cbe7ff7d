using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Pairs answers of the encapsulation with their requests, and states both; what CIP says is for <see cref="CipDialog"/>.</summary>
internal sealed class EnipDialog
{
    /// <summary>All reasons beyond those that states tell apart.</summary>
    public const int OtherStatus = 63;

    private const string Protocol = "enip";
    private const int MostItems = 16;
    private const int MostIdentities = 16;
    private const int MostIo = 1024;
    private const ushort IdentityItem = 0x000C;
    private const ushort ConnectedItem = 0x00B1;
    private const ushort UnconnectedItem = 0x00B2;

    private readonly Emitter<EnipMessage> _messages;
    private readonly Emitter<EnipIdentitySeen> _identities;
    private readonly Emitter<SoftwareSeen> _software;
    private readonly Emitter<CipIoSeen> _io;
    private readonly CipDialog _cip;

    // A client that asks again before it was answered asks the same.
    private readonly Dictionary<EnipCommand, (FrameRef Frame, Timestamp Time)> _asked = [];

    /// <summary>Initializes a new instance of the <see cref="EnipDialog"/> class.</summary>
    public EnipDialog(FlowContext flow, RecordBus bus)
    {
        Flow = new IcsFlow(flow, bus, Protocol, EnipProtocol.Port);
        _messages = bus.Emitter<EnipMessage>();
        _identities = bus.Emitter<EnipIdentitySeen>();
        _software = bus.Emitter<SoftwareSeen>();
        _io = bus.Emitter<CipIoSeen>();
        _cip = new CipDialog(Flow, bus, Identify);
    }

    /// <summary>Gets what is known of the flow.</summary>
    public IcsFlow Flow { get; }

    /// <summary>Reads a datagram of an I/O connection.</summary>
    public void Io(Direction direction, FrameRef frame, Timestamp time, in EnipIo io)
    {
        if (_io.IsWanted)
        {
            _io.Emit(new CipIoSeen
            {
                Flow = Flow.Id,
                Frame = frame,
                Time = time,
                Direction = direction,
                Connection = io.Connection,
                Sequence = io.Sequence,
                Data = Convert.ToHexStringLower(io.Data[..Math.Min(io.Data.Length, MostIo)]),
                Length = io.Data.Length,
            });
        }
    }

    /// <summary>Reads a message.</summary>
    public void Read(Direction direction, FrameRef frame, Timestamp time, in EnipHeader header, ReadOnlySpan<byte> body)
    {
        bool isRequest = Flow.IsToServer(direction);
        Emit(direction, frame, time, header, isRequest);
        if (header.HasCip)
        {
            Carried(direction, frame, time, header, body);
        }
        else if (header.Command == EnipCommand.ListIdentity && !isRequest)
        {
            Identities(direction, frame, time, body);
        }
    }

    private void Emit(Direction direction, FrameRef frame, Timestamp time, in EnipHeader header, bool isRequest)
    {
        if (!_messages.IsWanted)
        {
            return;
        }

        long call = CipCalls.Of(header.Command);
        var poll = new IcsPollKey(0, call, -1, 0);
        var message = new EnipMessage
        {
            Flow = Flow.Id,
            Frame = frame,
            Time = time,
            Direction = direction,
            IsRequest = isRequest,
            Client = Flow.Client,
            Server = Flow.Server,
            ServerPort = Flow.ServerPort,
            Station = 0,
            Call = call,
            Command = header.Command,
            Length = header.Length,
            Session = header.Session,
            Status = header.Status,
            Context = header.Context,
            Options = header.Options,
            IsUsual = Flow.ServerPort == EnipProtocol.Port,
        };
        if (isRequest && !header.HasCip)
        {
            _asked[header.Command] = (frame, time);
            message = message with { Poll = poll, Interval = Flow.Polls.Asked(poll, time) };
        }
        else if (!isRequest && _asked.Remove(header.Command, out (FrameRef Frame, Timestamp Time) asked))
        {
            message = message with { Poll = poll, RequestFrame = asked.Frame, ResponseTime = Math.Max(0, time - asked.Time) };
        }

        _messages.Emit(message with { Refusal = isRequest || header.Status == 0 ? null : OtherStatus });
    }

    private void Carried(Direction direction, FrameRef frame, Timestamp time, in EnipHeader header, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return;
        }

        var reader = new WireReader(body);
        reader.Skip(6);
        int count = reader.U16Little();
        for (int i = 0; i < Math.Min(count, MostItems) && !reader.Overrun; i++)
        {
            ushort type = reader.U16Little();
            ReadOnlySpan<byte> item = reader.Take(reader.U16Little());
            if (reader.Overrun)
            {
                break;
            }

            if (type == UnconnectedItem && !item.IsEmpty)
            {
                _cip.Read(direction, frame, time, header.Context, null, item);
            }
            else if (type == ConnectedItem && item is [var low, var high, _, ..])
            {
                _cip.Read(direction, frame, time, header.Session, (ushort)(low | (high << 8)), item[2..]);
            }
        }

        if (reader.Overrun)
        {
            Flow.Fault(direction, frame, time, "item beyond the message");
        }
    }

    private void Identities(Direction direction, FrameRef frame, Timestamp time, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        int count = reader.U16Little();
        for (int i = 0; i < Math.Min(count, MostIdentities) && !reader.Overrun; i++)
        {
            ushort type = reader.U16Little();
            ReadOnlySpan<byte> item = reader.Take(reader.U16Little());
            if (type == IdentityItem && EnipIdentity.ReadItem(item) is { } identity)
            {
                Identify(direction, frame, time, 0, identity);
            }
        }
    }

    private void Identify(Direction direction, FrameRef frame, Timestamp time, long slot, EnipIdentity identity)
    {
        IpAddress host = Flow.Id.Sender(direction);
        if (_identities.IsWanted)
        {
            _identities.Emit(new EnipIdentitySeen { Flow = Flow.Id, Frame = frame, Time = time, Host = host, Slot = slot, Identity = identity });
        }

        if (_software.IsWanted)
        {
            _software.Emit(new SoftwareSeen
            {
                Flow = Flow.Id,
                Frame = frame,
                Time = time,
                Host = host,
                Port = Flow.ServerPort,
                Protocol = Protocol,
                Banner = $"{identity.ProductName} {identity.Revision}",
            });
        }
    }
}
