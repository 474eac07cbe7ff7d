using System.Buffers;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The pieces of a stream that wait for earlier ones: in order, none overlapping another. What came first stays.</summary>
internal sealed class WaitingPieces
{
    private readonly List<Piece> _pieces = [];
    private int _bytes;

    /// <summary>Gets a value indicating whether nothing waits.</summary>
    public bool IsEmpty => _pieces.Count == 0;

    /// <summary>Gets a value indicating whether more waits than is allowed.</summary>
    public bool IsTooMuch => _bytes > Limits.OutOfOrder || _pieces.Count > Limits.OutOfOrderPieces;

    /// <summary>Gets the sequence number of the first piece.</summary>
    public uint First => _pieces[0].Sequence;

    /// <summary>Tells whether a byte is among them.</summary>
    public bool Holds(uint sequence)
    {
        int at = Search(sequence);
        return at < _pieces.Count && (int)(sequence - _pieces[at].Sequence) >= 0;
    }

    /// <summary>Adds what is new of a segment; false if some of the rest differs from what waits already.</summary>
    /// <param name="sequence">Of its first byte.</param>
    /// <param name="payload">As far as it was captured.</param>
    /// <param name="length">By its header.</param>
    /// <param name="keeps">Whether the bytes are of use, and not only their number.</param>
    /// <param name="frame">The frame it came in.</param>
    /// <param name="time">When that was captured.</param>
    public bool Add(uint sequence, ReadOnlySpan<byte> payload, int length, bool keeps, FrameRef frame, Timestamp time)
    {
        bool agrees = true;
        int at = Search(sequence);
        while (length > 0)
        {
            int step;
            if (at < _pieces.Count && (int)(sequence - _pieces[at].Sequence) is >= 0 and var inside)
            {
                step = Math.Min(length, _pieces[at].Length - inside);
                agrees &= _pieces[at].Agrees(inside, payload[..Math.Min(step, payload.Length)]);
            }
            else
            {
                step = at < _pieces.Count ? Math.Min(length, (int)(_pieces[at].Sequence - sequence)) : length;
                _pieces.Insert(at, Piece.Of(sequence, payload[..Math.Min(step, payload.Length)], step, keeps, frame, time));
                _bytes += step;
            }

            at++;
            sequence += (uint)step;
            length -= step;
            payload = step < payload.Length ? payload[step..] : default;
        }

        return agrees;
    }

    /// <summary>Gets the piece at an index.</summary>
    public Piece this[int index] => _pieces[index];

    /// <summary>Gets how many pieces from the first on touch each other, the first touching a sequence number.</summary>
    public int CountReady(uint next)
    {
        int ready = 0;
        while (ready < _pieces.Count && (int)(_pieces[ready].Sequence - next) <= 0)
        {
            next = _pieces[ready].Sequence + (uint)_pieces[ready].Length;
            ready++;
        }

        return ready;
    }

    /// <summary>Removes the first pieces.</summary>
    public void Remove(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _bytes -= _pieces[i].Length;
            _pieces[i].Release();
        }

        _pieces.RemoveRange(0, count);
    }

    // The first piece that ends behind a byte.
    private int Search(uint sequence)
    {
        int low = 0;
        int high = _pieces.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if ((int)(sequence - _pieces[middle].Sequence) >= _pieces[middle].Length)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>One piece.</summary>
    internal readonly struct Piece
    {
        private readonly byte[]? _bytes;
        private readonly int _captured;

        private Piece(uint sequence, int length, byte[]? bytes, int captured, FrameRef frame, Timestamp time)
        {
            Sequence = sequence;
            Length = length;
            Frame = frame;
            Time = time;
            _bytes = bytes;
            _captured = captured;
        }

        /// <summary>Gets the sequence number of its first byte.</summary>
        public uint Sequence { get; }

        /// <summary>Gets its length by the header of its segment.</summary>
        public int Length { get; }

        /// <summary>Gets the frame it came in.</summary>
        public FrameRef Frame { get; }

        /// <summary>Gets when that was captured.</summary>
        public Timestamp Time { get; }

        /// <summary>Gets the captured bytes, as far as they were kept.</summary>
        public ReadOnlySpan<byte> Bytes => _bytes is null ? default : _bytes.AsSpan(0, _captured);

        /// <summary>Gets a value indicating whether bytes were captured of which only the number was of use.</summary>
        public bool IsCountOnly => _bytes is null && _captured > 0;

        /// <summary>Makes one.</summary>
        public static Piece Of(uint sequence, ReadOnlySpan<byte> captured, int length, bool keeps, FrameRef frame, Timestamp time)
        {
            byte[]? copy = null;
            if (keeps && captured.Length > 0)
            {
                copy = ArrayPool<byte>.Shared.Rent(captured.Length);
                captured.CopyTo(copy);
            }

            return new Piece(sequence, length, copy, captured.Length, frame, time);
        }

        /// <summary>Tells whether bytes are the same as its own from an offset on, as far as both are known.</summary>
        public bool Agrees(int offset, ReadOnlySpan<byte> bytes)
        {
            ReadOnlySpan<byte> own = Bytes;
            int comparable = Math.Min(bytes.Length, own.Length - offset);
            return comparable <= 0 || own.Slice(offset, comparable).SequenceEqual(bytes[..comparable]);
        }

        /// <summary>Gives back its memory.</summary>
        public void Release()
        {
            if (_bytes is not null)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }
        }
    }
}
