using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Both directions of one 5-tuple inside one tunnel, between its start and its end.</summary>
public sealed class Flow : FlowContext
{
    private readonly FlowTable _table;
    private readonly FlowId _id;
    private readonly IpAddress _originator;
    private readonly ushort _originatorPort;
    private readonly IpProtocol _protocol;
    private HistoryLetters _history;
    private long _packetsToResponder;
    private long _packetsToOriginator;
    private long _ipBytesToResponder;
    private long _ipBytesToOriginator;
    private long _payloadToResponder;
    private long _payloadToOriginator;
    private Timestamp _last;
    private FrameRef _lastFrame;
    private MacAddress _originatorMac;
    private MacAddress _responderMac;
    private bool _hasOriginatorMac;
    private bool _hasResponderMac;

    internal Flow(FlowTable table, FlowId id, Timestamp first, bool isGuessed, bool isFlipped)
    {
        _table = table;
        _id = id;
        _originator = id.Key.Originator;
        _originatorPort = id.Key.OriginatorPort;
        _protocol = id.Key.Protocol;
        First = first;
        _last = first;
        _lastFrame = id.First;
        IsGuessed = isGuessed;
        if (isFlipped)
        {
            _history.Flipped();
        }
    }

    /// <inheritdoc/>
    public override FlowId Id => _id;

    /// <summary>Gets when its first packet was captured.</summary>
    public Timestamp First { get; }

    /// <inheritdoc/>
    public override Timestamp Last => _last;

    /// <inheritdoc/>
    public override FrameRef LastFrame => _lastFrame;

    /// <inheritdoc/>
    public override bool SawStart => !IsGuessed;

    /// <inheritdoc/>
    public override Expectation? AnnouncedAs => Announcement;

    /// <summary>Gets a value indicating whether which side opened it was guessed.</summary>
    public bool IsGuessed { get; }

    /// <summary>Gets the direction of the packet that was taken last.</summary>
    public Direction LatestDirection { get; private set; }

    /// <summary>Gets what the TCP segment that was taken last was.</summary>
    public SegmentKind LatestSegment => Tcp?.LatestKind ?? SegmentKind.Empty;

    internal Expectation? Announcement { get; set; }

    internal TcpConnection? Tcp { get; private set; }

    internal StreamDriver? Streams { get; set; }

    internal bool IsStarted => _packetsToResponder + _packetsToOriginator > 0;

    internal VlanStack Vlans { get; set; }

    internal UInt128 Path { get; set; }

    /// <inheritdoc/>
    public override void Expect(Expectation expectation) => _table.Expect(_id.Key, expectation);

    /// <summary>Gets after how long a silence, in nanoseconds, the next packet begins a new flow.</summary>
    internal long Timeout => Tcp switch
    {
        null => _protocol == IpProtocol.Sctp ? FlowTimeouts.Established : FlowTimeouts.Datagram,
        { IsOver: true } or { IsAttempt: true } => FlowTimeouts.Attempt,
        _ => FlowTimeouts.Established,
    };

    private IStreamSink Sink => Streams is null ? NoStreams.Instance : Streams;

    /// <summary>Gets the direction of a packet of this flow by its sender.</summary>
    internal Direction DirectionOf(in IpAddress source, ushort port)
        => _originatorPort == port && _originator == source ? Direction.ToResponder : Direction.ToOriginator;

    internal void Take(in Packet packet, Direction direction, long ipBytes, int packets)
    {
        LatestDirection = direction;
        _last = packet.Frame.Time;
        _lastFrame = packet.Frame.Ref;
        if (direction == Direction.ToResponder)
        {
            _packetsToResponder += packets;
            _ipBytesToResponder += ipBytes;
            if (!_hasOriginatorMac && packet.HasMac)
            {
                _hasOriginatorMac = true;
                _originatorMac = packet.SourceMac;
            }
        }
        else
        {
            _packetsToOriginator += packets;
            _ipBytesToOriginator += ipBytes;
            if (!_hasResponderMac && packet.HasMac)
            {
                _hasResponderMac = true;
                _responderMac = packet.SourceMac;
            }
        }

        if (packet.Protocol == IpProtocol.Tcp && packet.HasPorts)
        {
            Tcp ??= new TcpConnection();
            Tcp.Take(packet, direction, ref _history, Sink);
            return;
        }

        AddPayload(direction, packet.PayloadLength);
        if (packet.Protocol == IpProtocol.Udp && packet.PayloadLength > 0)
        {
            Streams?.Datagram(direction, packet.Payload, packet.PayloadLength - packet.Payload.Length, packet.Frame.Ref, packet.Frame.Time);
        }
    }

    /// <summary>Counts a UDP layer that carries a tunnel.</summary>
    internal void TakeOuter(in Packet packet, in OuterUdp outer, Direction direction)
    {
        _last = packet.Frame.Time;
        _lastFrame = packet.Frame.Ref;
        if (direction == Direction.ToResponder)
        {
            _packetsToResponder++;
            _ipBytesToResponder += outer.IpLength;
        }
        else
        {
            _packetsToOriginator++;
            _ipBytesToOriginator += outer.IpLength;
        }

        CarriesTunnel = outer.Carries;
        AddPayload(direction, outer.PayloadLength);
    }

    internal TunnelKind CarriesTunnel { get; private set; }

    internal void End(Emitter<FlowEnded> ended, Emitter<AnomalySeen> anomalies)
    {
        if (Tcp is not null)
        {
            Tcp.End(_last, Sink);
            ReportConflicts(anomalies);
        }

        Streams?.End();
        if (ended.IsWanted)
        {
            ended.Emit(Summarize());
        }
    }

    private FlowEnded Summarize() => new()
    {
        Flow = _id,
        Frame = _id.First,
        Time = First,
        Last = _last,
        LastFrame = _lastFrame,
        Services = Streams?.Services ?? (CarriesTunnel == TunnelKind.None ? [] : [TunnelName(CarriesTunnel)]),
        WasProbed = Streams is not null,
        OriginatorFlags = Tcp?.FlagsOf(Direction.ToResponder) ?? TcpFlags.None,
        ResponderFlags = Tcp?.FlagsOf(Direction.ToOriginator) ?? TcpFlags.None,
        ToResponder = Totals(Direction.ToResponder),
        ToOriginator = Totals(Direction.ToOriginator),
        State = Tcp?.Conclude() ?? DatagramState(),
        History = _history.ToString(),
        IsGuessed = IsGuessed,
        SynToSynAck = Tcp?.SynToSynAck,
        SynAckToAck = Tcp?.SynAckToAck,
        Vlans = Vlans,
        OriginatorMac = _hasOriginatorMac ? _originatorMac : null,
        ResponderMac = _hasResponderMac ? _responderMac : null,
        Path = Path,
        FirstBytes = Streams?.FirstBytes ?? default,
    };

    private static string TunnelName(TunnelKind kind) => kind switch
    {
        TunnelKind.Vxlan => "vxlan",
        TunnelKind.Geneve => "geneve",
        TunnelKind.GtpU => "gtpv1",
        _ => "teredo",
    };

    private void AddPayload(Direction direction, int length)
    {
        if (length > 0)
        {
            _history.Once('d', direction);
        }

        if (direction == Direction.ToResponder)
        {
            _payloadToResponder += length;
        }
        else
        {
            _payloadToOriginator += length;
        }
    }

    private DirectionTotals Totals(Direction direction)
    {
        (long packets, long ipBytes, long payload) = direction == Direction.ToResponder
            ? (_packetsToResponder, _ipBytesToResponder, _payloadToResponder)
            : (_packetsToOriginator, _ipBytesToOriginator, _payloadToOriginator);
        return Tcp?.Totals(direction, packets, ipBytes) ?? new DirectionTotals { Packets = packets, IpBytes = ipBytes, PayloadBytes = payload };
    }

    private ConnState DatagramState() => (_packetsToResponder > 0, _packetsToOriginator > 0) switch
    {
        _ when _id.Key.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 => ConnState.OTH,
        (true, true) => ConnState.SF,
        (true, false) => ConnState.S0,
        (false, true) => ConnState.SHR,
        _ => ConnState.OTH,
    };

    private void ReportConflicts(Emitter<AnomalySeen> anomalies)
    {
        foreach (Direction direction in (ReadOnlySpan<Direction>)[Direction.ToResponder, Direction.ToOriginator])
        {
            FrameRef frame = Tcp!.ConflictFrame(direction);
            if (frame.Number != 0 && anomalies.IsWanted)
            {
                anomalies.Emit(new AnomalySeen { Flow = _id, Frame = frame, Time = First, Protocol = "tcp", Rule = "overlap with different bytes" });
            }
        }
    }

    /// <summary>Takes the place of a driver where nobody wants to know what flows speak.</summary>
    private sealed class NoStreams : IStreamSink
    {
        public static readonly NoStreams Instance = new();

        public bool Wants(Direction direction) => false;

        public void Deliver(Direction direction, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
        {
        }

        public void Gap(Direction direction, long missing)
        {
        }

        public void Close(Direction direction, Timestamp time)
        {
        }
    }
}
