using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The TCP part of a flow: states of both sides, times of the handshake, trouble counters, reassembly.</summary>
internal sealed class TcpConnection
{
    private const uint SmallestReach = 128 * 1024;

    private Side _originator;
    private Side _responder;
    private RivalSyn? _rival;
    private TcpTrouble? _trouble;
    private Timestamp _syn;
    private Timestamp _synAck;
    private bool _hasSyn;
    private bool _hasSynAck;
    private bool _handshakeDone;
    private bool _knowsScales;

    /// <summary>Initializes a new instance of the <see cref="TcpConnection"/> class.</summary>
    public TcpConnection() => (_originator.Stream, _responder.Stream) = (new(Direction.ToResponder), new(Direction.ToOriginator));

    /// <summary>Gets the time from SYN to SYN-ACK in nanoseconds.</summary>
    public long? SynToSynAck { get; private set; }

    /// <summary>Gets the time from SYN-ACK to the originator's ACK in nanoseconds.</summary>
    public long? SynAckToAck { get; private set; }

    /// <summary>Gets what the latest segment was.</summary>
    public SegmentKind LatestKind { get; private set; }

    /// <summary>Gets a value indicating whether both sides closed, or one reset the flow.</summary>
    public bool IsOver => _originator.State == TcpSideState.Reset || _responder.State == TcpSideState.Reset
        || (_originator.State == TcpSideState.Closed && _responder.State == TcpSideState.Closed);

    /// <summary>Gets a value indicating whether the responder never answered.</summary>
    public bool IsAttempt => _originator.State == TcpSideState.SynSent && _responder.State == TcpSideState.Inactive;

    /// <summary>Forgets everything, to serve another flow.</summary>
    public void Restart()
    {
        _originator.Restart();
        _responder.Restart();
        (_syn, _synAck) = (default, default);
        (_hasSyn, _hasSynAck, _handshakeDone) = (false, false, false);
        _knowsScales = false;
        (_rival, _trouble) = (null, null);
        (SynToSynAck, SynAckToAck) = (null, null);
        LatestKind = SegmentKind.Empty;
    }

    /// <summary>Tells whether a SYN begins a new connection: this one is over, or it is about data that nobody answered.</summary>
    public bool IsNewConnection(Direction direction, uint sequence)
    {
        ref Side side = ref Of(direction);
        return IsOver || (!side.IsRepeatedSyn(sequence) && Of(direction.Opposite()).State == TcpSideState.Inactive && side.Stream.Position > 0);
    }

    /// <summary>Tells whether a SYN is none of this connection, although both sides speak.</summary>
    public bool IsRival(Direction direction, uint sequence)
    {
        ref Side side = ref Of(direction);
        return !IsOver && side.State != TcpSideState.Inactive && Of(direction.Opposite()).State != TcpSideState.Inactive && !side.IsRepeatedSyn(sequence);
    }

    /// <summary>Remembers such a SYN, the latest only.</summary>
    public void Hold(RivalSyn rival)
    {
        _rival = rival;
        LatestKind = SegmentKind.Empty;
        Note(TcpTrouble.OtherSyn, rival.Direction, rival.Frame, rival.Time);
    }

    /// <summary>Gets the SYN that a segment answers, if it is none of this connection: so a new one began with it.</summary>
    public RivalSyn? Answered(in Packet packet, Direction direction)
        => _rival is not null && _rival.Direction != direction && (packet.Flags & TcpFlags.Ack) != 0 && packet.Acknowledgment == _rival.Sequence + 1 ? _rival : null;

    /// <summary>Begins with a SYN that was seen before.</summary>
    public void Open(RivalSyn syn, ref HistoryLetters history)
    {
        history.Once('s', Direction.ToResponder);
        _originator.State = TcpSideState.SynSent;
        _originator.Flags = syn.Flags;
        _originator.HasSyn = true;
        _originator.InitialSequence = syn.Sequence;
        _originator.Scale = syn.Scale;
        _originator.Stream.Start(syn.Sequence + 1);
        _hasSyn = true;
        _syn = syn.Time;
    }

    /// <summary>Takes one segment.</summary>
    public void Take(in Packet packet, Direction direction, ref HistoryLetters history, IStreamSink sink)
    {
        ref Side side = ref Of(direction);
        ref Side peer = ref Of(direction.Opposite());
        TcpFlags flags = packet.Flags;
        Timestamp time = packet.Frame.Time;
        uint sequence = packet.Sequence;
        side.Flags |= flags;
        LatestKind = SegmentKind.Empty;
        if ((flags & TcpFlags.Syn) != 0)
        {
            TakeSyn(ref side, ref peer, packet, direction, ref history);
            sequence++;
        }
        else if (side.State == TcpSideState.Inactive)
        {
            side.State = TcpSideState.Partial;
        }

        if ((flags & TcpFlags.Rst) != 0)
        {
            side.State = TcpSideState.Reset;
            history.Once('r', direction);
            return;
        }

        var window = new ReceiveWindow(peer.Window == 0 && peer.SawWindow, peer.Reach);
        if (packet.PayloadLength > 0 && (side.Stream.IsTentative || (flags & TcpFlags.Urg) != 0))
        {
            LookAtData(ref side, packet, sequence, window, direction);
        }

        if (packet.PayloadLength > 0 && (flags & TcpFlags.Ack) != 0)
        {
            peer.Stream.Acknowledged(packet.Acknowledgment, isAnswer: true, sink);
        }

        LatestKind = side.Stream.Add(sequence, packet.Payload, packet.PayloadLength, window, packet.Frame.Ref, time, sink);
        Count(ref side, packet, direction, ref history);
        if ((flags & TcpFlags.Fin) != 0 && !side.Stream.IsOutside(sequence + (uint)packet.PayloadLength, window))
        {
            history.Once('f', direction);
            if (side.State != TcpSideState.Reset)
            {
                side.State = TcpSideState.Closed;
            }

            side.Stream.Fin(sequence + (uint)packet.PayloadLength, time, sink);
        }

        if ((flags & TcpFlags.Ack) != 0)
        {
            TakeAck(ref side, ref peer, packet, direction, ref history, sink);
        }
    }

    /// <summary>Flushes what waits for segments that never came.</summary>
    public void End(Timestamp time, IStreamSink sink)
    {
        _originator.Stream.End(time, sink);
        _responder.Stream.End(time, sink);
    }

    /// <summary>States the rules that the connection broke.</summary>
    public void ReportTrouble(FlowId flow, Emitter<AnomalySeen> anomalies) => _trouble?.Report(flow, anomalies);

    /// <summary>Gets all control bits that a direction's packets had.</summary>
    public TcpFlags FlagsOf(Direction direction) => Of(direction).Flags;

    /// <summary>Gives what one direction amounted to.</summary>
    public DirectionTotals Totals(Direction direction, long packets, long ipBytes)
    {
        ref Side side = ref Of(direction);
        return new DirectionTotals
        {
            Packets = packets,
            IpBytes = ipBytes,
            PayloadBytes = side.Stream.Position,
            MissedBytes = side.Stream.Missed,
            Retransmitted = side.Retransmitted,
            OutOfOrder = side.OutOfOrder,
            KeepAlives = side.KeepAlives,
            ZeroWindows = side.ZeroWindows,
            Conflicts = side.Stream.Conflicts,
            NotCompared = side.Stream.NotCompared,
        };
    }

    /// <summary>Gets the frame of the first overlap with different bytes in a direction.</summary>
    public FrameRef ConflictFrame(Direction direction) => Of(direction).Stream.ConflictFrame;

    /// <summary>Names the state of the connection by those of its sides (Zeek's conn.log, conn_state).</summary>
    public ConnState Conclude()
    {
        TcpSideState o = _originator.State;
        TcpSideState r = _responder.State;
        bool originatorIdle = o is TcpSideState.Inactive or TcpSideState.Partial;
        bool responderIdle = r is TcpSideState.Inactive or TcpSideState.Partial;
        bool nothingSent = _originator.Stream.Position == 0 && _responder.Stream.Position == 0;
        return (o, r) switch
        {
            (TcpSideState.SynSent or TcpSideState.SynAckSent, TcpSideState.Reset) => ConnState.REJ,
            (TcpSideState.Reset, TcpSideState.Reset) when nothingSent => ConnState.REJ,
            (_, TcpSideState.Reset) => originatorIdle ? ConnState.RSTRH : ConnState.RSTR,
            (TcpSideState.Reset, _) => responderIdle ? ConnState.RSTOS0 : ConnState.RSTO,
            (TcpSideState.Closed, TcpSideState.Closed) => ConnState.SF,
            (TcpSideState.Closed, _) => responderIdle ? ConnState.SH : ConnState.S2,
            (_, TcpSideState.Closed) => originatorIdle ? ConnState.SHR : ConnState.S3,
            (TcpSideState.SynSent, TcpSideState.Inactive) => ConnState.S0,
            (TcpSideState.Established, TcpSideState.Established) => ConnState.S1,
            _ => ConnState.OTH,
        };
    }

    private ref Side Of(Direction direction) => ref direction == Direction.ToResponder ? ref _originator : ref _responder;

    private void TakeSyn(ref Side side, ref Side peer, in Packet packet, Direction direction, ref HistoryLetters history)
    {
        bool isAnswer = (packet.Flags & TcpFlags.Ack) != 0;
        history.Once(isAnswer ? 'h' : 's', direction);
        if (side.State is TcpSideState.Inactive or TcpSideState.Partial)
        {
            side.State = isAnswer ? TcpSideState.SynAckSent : TcpSideState.SynSent;
        }

        if (side.HasSyn && side.InitialSequence != packet.Sequence)
        {
            side.HasOtherSyn = true;
            Note(TcpTrouble.OtherSyn, direction, packet.Frame.Ref, packet.Frame.Time);
        }

        if (!side.HasSyn || side.Stream.Position == 0)
        {
            side.HasSyn = true;
            side.InitialSequence = packet.Sequence;
            side.Scale = WindowScale.Of(packet);
            side.Stream.Start(packet.Sequence + 1);
        }

        if (isAnswer)
        {
            _knowsScales = side.Scale.IsKnown && peer.HasSyn && peer.Scale.IsKnown;
            bool isScaled = side.Scale.Shift is not null && peer.Scale.Shift is not null;
            side.Shift = isScaled ? side.Scale.Shift.GetValueOrDefault() : (byte)0;
            peer.Shift = isScaled ? peer.Scale.Shift.GetValueOrDefault() : (byte)0;
            Confirm(ref peer, packet, direction);
        }

        if (!isAnswer && direction == Direction.ToResponder && !_hasSynAck)
        {
            _hasSyn = true;
            _syn = packet.Frame.Time;
        }
        else if (isAnswer && direction == Direction.ToOriginator && !_hasSynAck)
        {
            _hasSynAck = true;
            _synAck = packet.Frame.Time;
            if (_hasSyn)
            {
                SynToSynAck = Math.Max(0, _synAck - _syn);
            }
        }
    }

    // The answer to a SYN tells which one was meant.
    private void Confirm(ref Side peer, in Packet packet, Direction direction)
    {
        if (!peer.HasSyn || !peer.Stream.IsTentative)
        {
            return;
        }

        if (packet.Acknowledgment == peer.InitialSequence + 1)
        {
            peer.Stream.Start(packet.Acknowledgment);
            peer.Stream.Confirm();
        }
        else
        {
            Note(TcpTrouble.OtherSyn, direction.Opposite(), packet.Frame.Ref, packet.Frame.Time);
            peer.InitialSequence = packet.Acknowledgment - 1;
            peer.Stream.Start(packet.Acknowledgment);
        }
    }

    private void LookAtData(ref Side side, in Packet packet, uint sequence, in ReceiveWindow window, Direction direction)
    {
        if (side.Stream.Contradicts(sequence, window))
        {
            Note(TcpTrouble.OtherSyn, direction, packet.Frame.Ref, packet.Frame.Time);
            side.Stream.Start(sequence);
        }

        if ((packet.Flags & TcpFlags.Urg) != 0)
        {
            Note(TcpTrouble.Urgent, direction, packet.Frame.Ref, packet.Frame.Time);
        }
    }

    private void Note(int rule, Direction direction, FrameRef frame, Timestamp time) => (_trouble ??= new TcpTrouble()).Note(rule, direction, frame, time);

    private void TakeAck(ref Side side, ref Side peer, in Packet packet, Direction direction, ref HistoryLetters history, IStreamSink sink)
    {
        bool isSyn = (packet.Flags & TcpFlags.Syn) != 0;
        if (!isSyn)
        {
            if (packet.PayloadLength == 0 && (packet.Flags & TcpFlags.Fin) == 0)
            {
                history.Once('a', direction);
            }

            if (peer.Stream.IsTentative && (packet.Acknowledgment == peer.Stream.Next || peer.HasOtherSyn) && direction == Direction.ToResponder)
            {
                peer.Stream.Start(packet.Acknowledgment);
                peer.Stream.Confirm();
            }

            if (direction == Direction.ToResponder && _hasSynAck && !_handshakeDone)
            {
                _handshakeDone = true;
                SynAckToAck = Math.Max(0, packet.Frame.Time - _synAck);
            }

            if (peer.State == TcpSideState.SynAckSent && side.State is TcpSideState.SynSent or TcpSideState.Closed)
            {
                peer.State = TcpSideState.Established;
                if (side.State == TcpSideState.SynSent)
                {
                    side.State = TcpSideState.Established;
                }
            }
        }

        bool closed = packet.Window == 0 && !isSyn;
        if (closed && (side.Window != 0 || !side.SawWindow))
        {
            side.ZeroWindows++;
            history.Logarithmic('w', direction, side.ZeroWindows);
        }

        side.Window = packet.Window;
        side.SawWindow = true;
        if (_knowsScales)
        {
            side.Reach = Math.Max(SmallestReach, (uint)packet.Window << (isSyn ? 1 : side.Shift + 1));
        }

        peer.Stream.Acknowledged(packet.Acknowledgment, isAnswer: false, sink);
    }

    private void Count(ref Side side, in Packet packet, Direction direction, ref HistoryLetters history)
    {
        switch (LatestKind)
        {
            case SegmentKind.New or SegmentKind.WindowProbe:
                history.Once('d', direction);
                break;
            case SegmentKind.Retransmission:
                side.Retransmitted++;
                history.Logarithmic('t', direction, side.Retransmitted);
                break;
            case SegmentKind.OutOfOrder:
                side.OutOfOrder++;
                break;
            case SegmentKind.KeepAlive:
                side.KeepAlives++;
                break;
            case SegmentKind.Outside:
                Note(TcpTrouble.Outside, direction, packet.Frame.Ref, packet.Frame.Time);
                break;
            default:
                break;
        }
    }

    private struct Side
    {
        public TcpStream Stream;
        public TcpSideState State;
        public TcpFlags Flags;
        public uint InitialSequence;
        public uint Reach;
        public ushort Window;
        public bool SawWindow;
        public bool HasSyn;
        public bool HasOtherSyn;
        public WindowScale Scale;
        public byte Shift;
        public uint Retransmitted;
        public uint OutOfOrder;
        public uint KeepAlives;
        public uint ZeroWindows;

        public void Restart()
        {
            Direction direction = Stream.Direction;
            this = default;
            Stream = new TcpStream(direction);
        }

        // Also one that was captured behind what came after it.
        public readonly bool IsRepeatedSyn(uint sequence)
            => HasSyn ? InitialSequence == sequence : Stream.Started && sequence + 1 == Stream.Next - (uint)Stream.Position;
    }
}
