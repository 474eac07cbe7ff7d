using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Both directions of one 5-tuple inside one tunnel, between its start and its end.</summary>
public sealed class Flow : FlowContext
{
    private readonly FlowTable _table;

    // All that a flow is, apart from where it is held: flows are used again, and this is cleared as one.
    private Facts _facts;

    /// <summary>Where the table holds it.</summary>
    internal FlowPlace Place;

    internal Flow(FlowTable table) => _table = table;

    /// <inheritdoc/>
    public override FlowId Id => new(_facts.Key, _facts.FirstFrame);

    /// <summary>Gets when its first packet was captured.</summary>
    public Timestamp First => _facts.First;

    /// <inheritdoc/>
    public override Timestamp Last => _facts.Last;

    /// <inheritdoc/>
    public override FrameRef LastFrame => _facts.LastFrame;

    /// <inheritdoc/>
    public override bool SawStart => !IsGuessed;

    /// <inheritdoc/>
    public override Expectation? AnnouncedAs => _facts.Announcement;

    /// <inheritdoc/>
    public override string? ServerName
    {
        get => _facts.ServerName;
        set => _facts.ServerName = value;
    }

    /// <summary>Gets a value indicating whether which side opened it was guessed.</summary>
    public bool IsGuessed => _facts.IsGuessed;

    /// <summary>Gets the direction of the packet that was taken last.</summary>
    public Direction LatestDirection => _facts.LatestDirection;

    /// <summary>Gets what the TCP segment that was taken last was.</summary>
    public SegmentKind LatestSegment => Tcp?.LatestKind ?? SegmentKind.Empty;

    /// <summary>
    /// Gets or sets what the one packet consumer that follows connections keeps of this one; null at first, and let go of with the flow.
    /// </summary>
    public object? Companion
    {
        get => _facts.Companion;
        set => _facts.Companion = value;
    }

    internal ref readonly FlowKey Key => ref _facts.Key;

    internal TcpConnection? Tcp => _facts.Tcp;

    internal StreamDriver? Streams => _facts.Streams;

    internal bool IsOver => _facts.IsOver;

    /// <summary>Gets after how long a silence, in nanoseconds, the next packet begins a new flow.</summary>
    internal long Timeout => _facts.Timeout;

    private IStreamSink Sink => Streams is null ? NoStreams.Instance : Streams;

    private bool IsProbed => _table.WantsStreams && _facts.Key.Protocol is IpProtocol.Tcp or IpProtocol.Udp;

    /// <inheritdoc/>
    public override void Expect(Expectation expectation) => _table.Expect(_facts.Key, expectation);

    /// <summary>Begins with its first packet; nothing of the flow that it was before is left.</summary>
    internal void Begin(in FlowKey key, in Packet packet, bool isGuessed, bool isFlipped)
    {
        _facts = default;
        _facts.Key = key;
        _facts.FirstFrame = packet.Frame.Ref;
        _facts.LastFrame = packet.Frame.Ref;
        _facts.First = packet.Frame.Time;
        _facts.Last = packet.Frame.Time;
        _facts.IsGuessed = isGuessed;
        _facts.Vlans = packet.Vlans;
        _facts.Path = packet.Path;
        _facts.Timeout = key.Protocol == IpProtocol.Sctp ? FlowTimeouts.Established : FlowTimeouts.Datagram;
        if (isFlipped)
        {
            _facts.History.Flipped();
        }
    }

    internal void Announce(Expectation? expectation) => _facts.Announcement = expectation;

    /// <summary>Gets the direction of a packet of this flow by its sender.</summary>
    internal Direction DirectionOf(in IpAddress source, ushort port)
        => _facts.Key.OriginatorPort == port && _facts.Key.Originator == source ? Direction.ToResponder : Direction.ToOriginator;

    internal void Take(in Packet packet, Direction direction, long ipBytes, int packets)
    {
        _facts.LatestDirection = direction;
        if ((packet.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn && TryHold(packet, direction, ipBytes, packets))
        {
            return;
        }

        _facts.Last = packet.Frame.Time;
        _facts.LastFrame = packet.Frame.Ref;
        Count(direction, ipBytes, packets);
        if (packet.HasMac)
        {
            NoteMac(direction, packet.SourceMac);
        }

        if (packet.PayloadLength > 0 && Streams is null && IsProbed)
        {
            _facts.Streams = _table.NewDriver(this);
        }

        if (packet.Protocol == IpProtocol.Tcp && packet.HasPorts)
        {
            _facts.Tcp ??= _table.RentConnection();
            _facts.Tcp.Take(packet, direction, ref _facts.History, Sink);
            NoteState(_facts.Tcp);
            return;
        }

        AddPayload(direction, packet.PayloadLength);
        if (packet.Protocol == IpProtocol.Udp && packet.PayloadLength > 0)
        {
            Streams?.Datagram(direction, packet.Payload, packet.PayloadLength - packet.Payload.Length, packet.Frame.Ref, packet.Frame.Time);
        }
    }

    /// <summary>Begins anew with a SYN that another connection of the same ends had taken.</summary>
    internal void Open(RivalSyn syn)
    {
        _facts.First = syn.Time;
        _facts.FirstFrame = syn.Frame;
        _facts.PacketsToResponder = syn.Packets;
        _facts.IpBytesToResponder = syn.IpBytes;
        _facts.Tcp = _table.RentConnection();
        _facts.Tcp.Open(syn, ref _facts.History);
        NoteState(_facts.Tcp);
    }

    /// <summary>Gives up a SYN that began another connection.</summary>
    internal void GiveUp(RivalSyn syn)
    {
        (_facts.Last, _facts.LastFrame) = (syn.LastBefore, syn.LastFrameBefore);
        Count(syn.Direction, -syn.IpBytes, -syn.Packets);
    }

    /// <summary>Counts a UDP layer that carries a tunnel.</summary>
    internal void TakeOuter(in Packet packet, in OuterUdp outer, Direction direction)
    {
        _facts.Last = packet.Frame.Time;
        _facts.LastFrame = packet.Frame.Ref;
        Count(direction, outer.IpLength, 1);

        _facts.CarriesTunnel = outer.Carries;
        AddPayload(direction, outer.PayloadLength);
    }

    internal void End(ReadOnlySpan<IFlowCounter> counters, Emitter<FlowEnded> ended, Emitter<AnomalySeen> anomalies)
    {
        if (Tcp is not null)
        {
            Tcp.End(_facts.Last, Sink);
            ReportTrouble(anomalies);
        }

        Streams?.End();
        Conclude(counters, ended);

        // Let go of what it held: the object waits for its next flow.
        _facts.Streams = null;
        _facts.Announcement = null;
        _facts.ServerName = null;
        _facts.Companion = null;
        if (_facts.Tcp is TcpConnection connection)
        {
            _facts.Tcp = null;
            _table.Return(connection);
        }
    }

    // It is looked up for every packet, more often than it changes.
    private void NoteState(TcpConnection tcp)
    {
        _facts.IsOver = tcp.IsOver;
        _facts.Timeout = _facts.IsOver || tcp.IsAttempt ? FlowTimeouts.Attempt : FlowTimeouts.Established;
    }

    private void Conclude(ReadOnlySpan<IFlowCounter> counters, Emitter<FlowEnded> ended)
    {
        IReadOnlyList<string> services = Streams?.Services ?? (_facts.CarriesTunnel == TunnelKind.None ? [] : [TunnelName(_facts.CarriesTunnel)]);
        var counts = new FlowCounts
        {
            Capture = _facts.FirstFrame.Capture,
            Protocol = _facts.Key.Protocol,
            Service = services.Count == 0 ? null : services[^1],
            WasProbed = IsProbed,
            ToResponder = Totals(Direction.ToResponder),
            ToOriginator = Totals(Direction.ToOriginator),
        };
        foreach (IFlowCounter counter in counters)
        {
            counter.Count(counts);
        }

        if (ended.IsWanted)
        {
            ended.Emit(Summarize(services, counts));
        }
    }

    private FlowEnded Summarize(IReadOnlyList<string> services, in FlowCounts counts) => new()
    {
        Flow = Id,
        Frame = _facts.FirstFrame,
        Time = First,
        Last = _facts.Last,
        LastFrame = _facts.LastFrame,
        Services = services,
        WasProbed = counts.WasProbed,
        OriginatorFlags = Tcp?.FlagsOf(Direction.ToResponder) ?? TcpFlags.None,
        ResponderFlags = Tcp?.FlagsOf(Direction.ToOriginator) ?? TcpFlags.None,
        ToResponder = counts.ToResponder,
        ToOriginator = counts.ToOriginator,
        State = Tcp?.Conclude() ?? DatagramState(),
        History = _facts.History.ToString(),
        IsGuessed = IsGuessed,
        SynToSynAck = Tcp?.SynToSynAck,
        SynAckToAck = Tcp?.SynAckToAck,
        Vlans = _facts.Vlans,
        OriginatorMac = _facts.HasOriginatorMac ? _facts.OriginatorMac : null,
        ResponderMac = _facts.HasResponderMac ? _facts.ResponderMac : null,
        Path = _facts.Path,
        FirstBytes = Streams?.FirstBytes ?? default,
        ServerName = _facts.ServerName,
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
            _facts.History.Once('d', direction);
        }

        if (direction == Direction.ToResponder)
        {
            _facts.PayloadToResponder += length;
        }
        else
        {
            _facts.PayloadToOriginator += length;
        }
    }

    private DirectionTotals Totals(Direction direction)
    {
        (long packets, long ipBytes, long payload) = direction == Direction.ToResponder
            ? (_facts.PacketsToResponder, _facts.IpBytesToResponder, _facts.PayloadToResponder)
            : (_facts.PacketsToOriginator, _facts.IpBytesToOriginator, _facts.PayloadToOriginator);
        return Tcp?.Totals(direction, packets, ipBytes) ?? new DirectionTotals { Packets = packets, IpBytes = ipBytes, PayloadBytes = payload };
    }

    private ConnState DatagramState() => (_facts.PacketsToResponder > 0, _facts.PacketsToOriginator > 0) switch
    {
        _ when _facts.Key.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 => ConnState.OTH,
        (true, true) => ConnState.SF,
        (true, false) => ConnState.S0,
        (false, true) => ConnState.SHR,
        _ => ConnState.OTH,
    };

    // A SYN of which it is not known yet which connection it belongs to.
    private bool TryHold(in Packet packet, Direction direction, long ipBytes, int packets)
    {
        if (Tcp is null || !Tcp.IsRival(direction, packet.Sequence))
        {
            return false;
        }

        Tcp.Hold(new RivalSyn
        {
            Direction = direction,
            Sequence = packet.Sequence,
            Flags = packet.Flags,
            Scale = WindowScale.Of(packet),
            Frame = packet.Frame.Ref,
            Time = packet.Frame.Time,
            Packets = packets,
            IpBytes = ipBytes,
            LastBefore = _facts.Last,
            LastFrameBefore = _facts.LastFrame,
        });
        (_facts.Last, _facts.LastFrame) = (packet.Frame.Time, packet.Frame.Ref);
        Count(direction, ipBytes, packets);
        return true;
    }

    private void Count(Direction direction, long ipBytes, int packets)
    {
        if (direction == Direction.ToResponder)
        {
            _facts.PacketsToResponder += packets;
            _facts.IpBytesToResponder += ipBytes;
        }
        else
        {
            _facts.PacketsToOriginator += packets;
            _facts.IpBytesToOriginator += ipBytes;
        }
    }

    private void NoteMac(Direction direction, MacAddress mac)
    {
        if (direction == Direction.ToResponder && !_facts.HasOriginatorMac)
        {
            (_facts.HasOriginatorMac, _facts.OriginatorMac) = (true, mac);
        }
        else if (direction == Direction.ToOriginator && !_facts.HasResponderMac)
        {
            (_facts.HasResponderMac, _facts.ResponderMac) = (true, mac);
        }
    }

    private void ReportTrouble(Emitter<AnomalySeen> anomalies)
    {
        if (!anomalies.IsWanted)
        {
            return;
        }

        Tcp!.ReportTrouble(Id, anomalies);
        foreach (Direction direction in (ReadOnlySpan<Direction>)[Direction.ToResponder, Direction.ToOriginator])
        {
            FrameRef frame = Tcp.ConflictFrame(direction);
            if (frame.Number != 0)
            {
                anomalies.Emit(new AnomalySeen { Flow = Id, Frame = frame, Time = First, Protocol = "tcp", Rule = "overlap with different bytes" });
            }
        }
    }

    private struct Facts
    {
        public FlowKey Key;
        public Timestamp Last;
        public long Timeout;
        public FrameRef LastFrame;
        public TcpConnection? Tcp;
        public StreamDriver? Streams;
        public long PacketsToResponder;
        public long PacketsToOriginator;
        public long IpBytesToResponder;
        public long IpBytesToOriginator;
        public long PayloadToResponder;
        public long PayloadToOriginator;
        public HistoryLetters History;
        public Timestamp First;
        public FrameRef FirstFrame;
        public Expectation? Announcement;
        public string? ServerName;

        public object? Companion;
        public MacAddress OriginatorMac;
        public MacAddress ResponderMac;
        public VlanStack Vlans;
        public UInt128 Path;
        public TunnelKind CarriesTunnel;
        public Direction LatestDirection;
        public bool HasOriginatorMac;
        public bool HasResponderMac;
        public bool IsGuessed;
        public bool IsOver;
    }

    /// <summary>Takes the place of a driver where nobody wants to know what flows speak.</summary>
    private sealed class NoStreams : IStreamSink
    {
        public static readonly NoStreams Instance = new();

        public bool Wants(Direction direction) => false;

        public void Deliver(Direction direction, long offset, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
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
