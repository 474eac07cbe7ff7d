using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The TCP part of a flow: states of both sides, times of the handshake, trouble counters, reassembly.</summary>
internal sealed class TcpConnection
{
    private Side _originator;
    private Side _responder;
    private Timestamp _syn;
    private Timestamp _synAck;
    private bool _hasSyn;
    private bool _hasSynAck;
    private bool _handshakeDone;

    /// <summary>Initializes a new instance of the <see cref="TcpConnection"/> class.</summary>
    public TcpConnection() => Restart();

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
        _originator = new(new TcpStream(Direction.ToResponder));
        _responder = new(new TcpStream(Direction.ToOriginator));
        (_syn, _synAck) = (default, default);
        (_hasSyn, _hasSynAck, _handshakeDone) = (false, false, false);
        (SynToSynAck, SynAckToAck) = (null, null);
        LatestKind = SegmentKind.Empty;
    }

    /// <summary>Reads from each piece of memory that the next segment needs (<see cref="FlowIndex.Warm"/>).</summary>
    public long Touch() => _originator.Stream.Position + (long)_originator.State + _responder.Stream.Position + (long)_responder.State;

    /// <summary>Tells whether a SYN begins a new connection rather than repeating this one's.</summary>
    public bool IsNewConnection(Direction direction, uint sequence)
        => IsOver || (direction == Direction.ToOriginator && _hasSynAck)
            || (direction == Direction.ToResponder && _hasSyn && _originator.InitialSequence != sequence && (_hasSynAck || _responder.State != TcpSideState.Inactive))
            || (direction == Direction.ToResponder && !_hasSyn && _originator.Stream.Started);

    /// <summary>Takes one segment.</summary>
    public void Take(in Packet packet, Direction direction, ref HistoryLetters history, IStreamSink sink)
    {
        ref Side side = ref direction == Direction.ToResponder ? ref _originator : ref _responder;
        ref Side peer = ref direction == Direction.ToResponder ? ref _responder : ref _originator;
        TcpFlags flags = packet.Flags;
        Timestamp time = packet.Frame.Time;
        uint sequence = packet.Sequence;
        side.Flags |= flags;
        LatestKind = SegmentKind.Empty;
        if ((flags & TcpFlags.Syn) != 0)
        {
            TakeSyn(ref side, packet, direction, ref history);
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

        LatestKind = side.Stream.Add(sequence, packet.Payload, packet.PayloadLength, peer.Window == 0 && peer.SawWindow, packet.Frame.Ref, time, sink);
        Count(ref side, direction, ref history);
        if ((flags & TcpFlags.Fin) != 0)
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

    /// <summary>Gets all control bits that a direction's packets had.</summary>
    public TcpFlags FlagsOf(Direction direction) => direction == Direction.ToResponder ? _originator.Flags : _responder.Flags;

    /// <summary>Gives what one direction amounted to.</summary>
    public DirectionTotals Totals(Direction direction, long packets, long ipBytes)
    {
        ref Side side = ref direction == Direction.ToResponder ? ref _originator : ref _responder;
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
        };
    }

    /// <summary>Gets the frame of the first overlap with different bytes in a direction.</summary>
    public FrameRef ConflictFrame(Direction direction) => (direction == Direction.ToResponder ? _originator : _responder).Stream.ConflictFrame;

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

    private void TakeSyn(ref Side side, in Packet packet, Direction direction, ref HistoryLetters history)
    {
        bool isAnswer = (packet.Flags & TcpFlags.Ack) != 0;
        history.Once(isAnswer ? 'h' : 's', direction);
        if (side.State is TcpSideState.Inactive or TcpSideState.Partial)
        {
            side.State = isAnswer ? TcpSideState.SynAckSent : TcpSideState.SynSent;
        }

        side.InitialSequence = packet.Sequence;
        side.Stream.Start(packet.Sequence + 1);
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

    private void TakeAck(ref Side side, ref Side peer, in Packet packet, Direction direction, ref HistoryLetters history, IStreamSink sink)
    {
        bool isSyn = (packet.Flags & TcpFlags.Syn) != 0;
        if (!isSyn)
        {
            if (packet.PayloadLength == 0 && (packet.Flags & TcpFlags.Fin) == 0)
            {
                history.Once('a', direction);
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
        peer.Stream.Acknowledged(packet.Acknowledgment, sink);
    }

    private void Count(ref Side side, Direction direction, ref HistoryLetters history)
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
            default:
                break;
        }
    }

    private struct Side(TcpStream stream)
    {
        public TcpStream Stream = stream;
        public TcpSideState State;
        public TcpFlags Flags;
        public uint InitialSequence;
        public ushort Window;
        public bool SawWindow;
        public long Retransmitted;
        public long OutOfOrder;
        public long KeepAlives;
        public long ZeroWindows;
    }
}
