using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>What the segments of one TCP connection did, as far as the next ones are judged by it: of a fixed size.</summary>
internal sealed class SegmentHistory
{
    // Wireshark User's Guide, "TCP Analysis".
    private const long FastWithin = 20_000_000;
    private const long OutOfOrderWithin = 3_000_000;
    private const int AcksForFast = 2;

    private Side _originator;
    private Side _responder;
    private Timestamp _syn;
    private long _handshake;
    private bool _hasSyn;
    private bool _hasSynAck;

    /// <summary>Takes a segment.</summary>
    /// <param name="packet">The segment.</param>
    /// <param name="direction">Which way it went.</param>
    /// <param name="ackTime">How long the bytes that it acknowledges had been on their way, if it measures that.</param>
    public SegmentNotes Take(in Packet packet, Direction direction, out long? ackTime)
    {
        ref Side own = ref direction == Direction.ToResponder ? ref _originator : ref _responder;
        ref Side peer = ref direction == Direction.ToResponder ? ref _responder : ref _originator;
        TakeHandshake(packet, direction);
        SegmentNotes notes = own.IsRepeated(packet) ? SegmentNotes.CapturedTwice : SegmentNotes.None;
        notes |= Judge(packet, own, peer);
        own.DuplicateAcks = (notes & SegmentNotes.DuplicateAck) != 0 ? own.DuplicateAcks + 1
            : own.HasAck && packet.Acknowledgment == own.Ack ? own.DuplicateAcks : 0;
        if ((packet.Flags & TcpFlags.Ack) != 0 && peer.HasWhole && IsAfter(packet.Acknowledgment, peer.Whole))
        {
            // Said once, until the peer is heard of again.
            notes |= SegmentNotes.AckedUnseen;
            peer.HasWhole = false;
        }

        ackTime = own.Take(packet, notes, ref peer);
        return notes;
    }

    private static bool IsAfter(uint one, uint other) => unchecked((int)(one - other)) > 0;

    private static uint EndOf(in Packet packet)
        => unchecked(packet.Sequence + (uint)packet.PayloadLength + ((packet.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1u : 0u));

    // The time from the SYN to the originator's first acknowledgment.
    private void TakeHandshake(in Packet packet, Direction direction)
    {
        TcpFlags flags = packet.Flags & (TcpFlags.Syn | TcpFlags.Ack);
        if (flags == TcpFlags.Syn && !_hasSynAck)
        {
            (_syn, _hasSyn) = (packet.Frame.Time, true);
        }
        else if (flags == (TcpFlags.Syn | TcpFlags.Ack))
        {
            _hasSynAck = true;
        }
        else if (_handshake == 0 && _hasSyn && _hasSynAck && direction == Direction.ToResponder)
        {
            _handshake = Math.Max(1, packet.Frame.Time - _syn);
        }
    }

    private SegmentNotes Judge(in Packet packet, in Side own, in Side peer)
    {
        bool isControl = (packet.Flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != 0;
        SegmentNotes notes = SegmentNotes.None;
        if (own.HasNext && packet.PayloadLength == 1 && packet.Sequence == own.Next && peer.HasWindow && peer.Window == 0)
        {
            return SegmentNotes.ZeroWindowProbe;
        }

        if (packet.Window == 0 && !isControl)
        {
            notes |= SegmentNotes.ZeroWindow;
        }

        if (!own.HasNext)
        {
            return notes | Fills(packet, peer, isControl);
        }

        if (IsAfter(packet.Sequence, own.Next) && (packet.Flags & TcpFlags.Rst) == 0)
        {
            notes |= SegmentNotes.PreviousNotCaptured;
        }

        if (packet.PayloadLength <= 1 && packet.Sequence == own.Next - 1 && !isControl)
        {
            return notes | SegmentNotes.KeepAlive;
        }

        notes |= Fills(packet, peer, isControl);
        return packet.PayloadLength == 0 && !isControl ? notes | JudgeAck(packet, own, peer) : notes | JudgeData(packet, own, peer);
    }

    private static SegmentNotes Fills(in Packet packet, in Side peer, bool isControl)
        => packet.PayloadLength > 0 && !isControl && peer.HasAck && peer.Scale is { } scale
            && EndOf(packet) == unchecked(peer.Ack + ((uint)peer.Window << scale)) ? SegmentNotes.WindowFull : SegmentNotes.None;

    private static SegmentNotes JudgeAck(in Packet packet, in Side own, in Side peer)
    {
        if (packet.Sequence != own.Next || !own.HasAck || packet.Acknowledgment != own.Ack)
        {
            return SegmentNotes.None;
        }

        if (packet.Window == 0)
        {
            return own.Window == 0 && peer.Latest == SegmentNotes.ZeroWindowProbe ? SegmentNotes.ZeroWindowProbeAck : SegmentNotes.None;
        }

        bool isSameWindow = packet.Window == own.Window;
        return isSameWindow && peer.Latest == SegmentNotes.KeepAlive ? SegmentNotes.KeepAliveAck
            : isSameWindow ? SegmentNotes.DuplicateAck
            : SegmentNotes.WindowUpdate;
    }

    private SegmentNotes JudgeData(in Packet packet, in Side own, in Side peer)
    {
        uint end = EndOf(packet);
        if (packet.PayloadLength > 0 && peer.HasAck && !IsAfter(end, peer.Ack))
        {
            return SegmentNotes.Retransmission | SegmentNotes.SpuriousRetransmission;
        }

        if (end == packet.Sequence || !IsAfter(own.Next, packet.Sequence))
        {
            return SegmentNotes.None;
        }

        Timestamp time = packet.Frame.Time;
        if (peer.DuplicateAcks >= AcksForFast && peer.Ack == packet.Sequence && time - peer.AckTime < FastWithin)
        {
            return SegmentNotes.Retransmission | SegmentNotes.FastRetransmission;
        }

        long within = _handshake > 0 ? _handshake : OutOfOrderWithin;
        return end != own.Next && time - own.NextTime >= 0 && time - own.NextTime < within ? SegmentNotes.OutOfOrder : SegmentNotes.Retransmission;
    }

    private struct Side
    {
        private const long TwiceWithin = 500_000;

        /// <summary>The number behind the highest one sent.</summary>
        public uint Next;

        /// <summary>The number up to which all was seen, from where it was last known on.</summary>
        public uint Whole;
        public bool HasWhole;
        public uint Ack;
        public int DuplicateAcks;
        public ushort Window;
        public bool HasNext;
        public bool HasAck;
        public bool HasWindow;

        /// <summary>The shift count for the window; null where the handshake was not seen.</summary>
        public byte? Scale;
        public SegmentNotes Latest;
        public Timestamp NextTime;
        public Timestamp AckTime;

        private byte? _offered;
        private uint _holeEnd;
        private bool _isTimed;
        private uint _timedEnd;
        private Timestamp _timed;
        private uint _lastSequence;
        private uint _lastAck;
        private uint _lastIdentification;
        private ushort _lastChecksum;
        private Timestamp _last;

        /// <summary>Tells whether a segment is the latest once more, not sent again but captured again.</summary>
        public readonly bool IsRepeated(in Packet packet)
        {
            if (!HasWindow || packet.Sequence != _lastSequence || packet.Acknowledgment != _lastAck || packet.Frame.Time - _last is < 0 or > TwiceWithin
                || Checksum(packet) != _lastChecksum || packet.Identification != _lastIdentification)
            {
                return false;
            }

            // Where packets are not numbered, acknowledgments that say the same thing look the same.
            return packet.Identification != 0 || EndOf(packet) != packet.Sequence;
        }

        /// <summary>Remembers a segment; gives the time that the bytes it acknowledges were on their way, if it is known.</summary>
        public long? Take(in Packet packet, SegmentNotes notes, ref Side peer)
        {
            Timestamp time = packet.Frame.Time;
            uint end = EndOf(packet);
            if ((packet.Flags & TcpFlags.Syn) != 0)
            {
                TakeScale(packet, ref peer);
            }

            if (end != packet.Sequence && (notes & (SegmentNotes.Retransmission | SegmentNotes.OutOfOrder)) != 0)
            {
                // Which of the two is acknowledged cannot be told (Karn and Partridge 1987).
                _isTimed = false;
            }
            else if (packet.PayloadLength > 0 && !_isTimed && notes is SegmentNotes.None or SegmentNotes.WindowFull)
            {
                (_isTimed, _timedEnd, _timed) = (true, end, time);
            }

            TakeWhole(packet, notes, end);
            if ((!HasNext || IsAfter(end, Next)) && (notes & SegmentNotes.ZeroWindowProbe) == 0)
            {
                (Next, NextTime, HasNext) = (end, time, true);
            }

            long? ackTime = null;
            HasAck = (packet.Flags & TcpFlags.Ack) != 0;
            if (HasAck)
            {
                if (peer._isTimed && !IsAfter(peer._timedEnd, packet.Acknowledgment))
                {
                    ackTime = Math.Max(0, time - peer._timed);
                    peer._isTimed = false;
                }

                (Ack, AckTime) = (packet.Acknowledgment, time);
            }

            (Window, HasWindow) = (packet.Window, true);
            Latest = notes & (SegmentNotes.KeepAlive | SegmentNotes.ZeroWindowProbe);
            (_lastSequence, _lastAck, _last) = (packet.Sequence, packet.Acknowledgment, time);
            (_lastIdentification, _lastChecksum) = (packet.Identification, Checksum(packet));
            return ackTime;
        }

        // What fills the latest hole makes all that was seen whole.
        private void TakeWhole(in Packet packet, SegmentNotes notes, uint end)
        {
            if ((notes & SegmentNotes.PreviousNotCaptured) != 0)
            {
                _holeEnd = packet.Sequence;
            }

            if (end == packet.Sequence || (HasWhole && (IsAfter(packet.Sequence, Whole) || !IsAfter(end, Whole))))
            {
                return;
            }

            bool fillsHole = HasNext && HasWhole && IsAfter(_holeEnd, Whole) && !IsAfter(_holeEnd, end);
            Whole = fillsHole && IsAfter(Next, end) ? Next : end;
            HasWhole = true;
        }

        private void TakeScale(in Packet packet, ref Side peer)
        {
            _offered = TcpOptions.WindowScaleOf(packet.Options);
            if ((packet.Flags & TcpFlags.Ack) != 0)
            {
                // RFC 7323, 2.2: it counts only if both offer one.
                bool isScaled = _offered is not null && peer._offered is not null;
                Scale = isScaled ? Math.Min(_offered.GetValueOrDefault(), (byte)14) : (byte)0;
                peer.Scale = isScaled ? Math.Min(peer._offered.GetValueOrDefault(), (byte)14) : (byte)0;
            }
        }

        private static ushort Checksum(in Packet packet)
        {
            var reader = new WireReader(packet.Transport);
            reader.Skip(16);
            return reader.U16();
        }
    }
}
