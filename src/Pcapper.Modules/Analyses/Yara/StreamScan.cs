using System.Buffers;
using Pcapper.Engine;
using Pcapper.Modules.Data;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Yara;

/// <summary>
/// Tries rules on the bytes of one flow, each direction by itself, in windows that begin where the stream does and overlap
/// (<see cref="Limits.ScannedStream"/>, <see cref="Limits.ScanOverlap"/>): how the bytes were cut into segments says nothing.
/// </summary>
internal sealed class StreamScan(FlowId flow, IContentScanner scanner, Emitter<ContentMatch> matches) : StreamWatcher
{
    private Window? _toResponder;
    private Window? _toOriginator;
    private readonly HashSet<(Direction, string)> _told = [];
    private bool _isEncrypted;

    /// <inheritdoc/>
    public override bool Wants(Direction direction) => !_isEncrypted;

    /// <inheritdoc/>
    public override void Take(Direction direction, in StreamBytes bytes)
    {
        Window window = direction == Direction.ToResponder ? _toResponder ??= new Window() : _toOriginator ??= new Window();
        if (bytes.Offset != window.End)
        {
            Scan(direction, window);
            window.Clear(bytes.Offset);
        }

        window.Pieces.Add((bytes.Offset, bytes.Frame, bytes.Time));
        ReadOnlySpan<byte> rest = bytes.Bytes;
        while (!rest.IsEmpty)
        {
            rest = rest[window.Add(rest)..];
            if (window.IsFull)
            {
                Scan(direction, window);
                window.Shift();
            }
        }
    }

    /// <inheritdoc/>
    public override void Speaks(string protocol)
    {
        if (EncryptedProtocols.Has(protocol))
        {
            // What was said in the clear before counts.
            _isEncrypted = true;
            End();
        }
    }

    /// <inheritdoc/>
    public override void SpeaksNoMore() => _isEncrypted = false;

    /// <inheritdoc/>
    public override void End()
    {
        Scan(Direction.ToResponder, _toResponder);
        Scan(Direction.ToOriginator, _toOriginator);
        Release();
    }

    private void Release()
    {
        _toResponder?.Release();
        _toOriginator?.Release();
        (_toResponder, _toOriginator) = (null, null);
    }

    private void Scan(Direction direction, Window? window)
    {
        if (window is not { HasNew: true })
        {
            return;
        }

        foreach (RuleHit hit in scanner.Scan(window.Bytes))
        {
            // Windows overlap, and one match of a rule is enough.
            if (!_told.Add((direction, hit.Rule)))
            {
                continue;
            }

            (long _, FrameRef frame, Timestamp time) = window.PieceOf(hit.Strings.Count == 0 ? 0 : hit.Strings.Min(s => s.Offset));
            matches.Emit(new ContentMatch
            {
                Flow = flow,
                Frame = frame,
                Time = time,
                Direction = direction,
                Hit = hit with { Strings = [.. hit.Strings.Select(s => s with { Offset = s.Offset + window.Start })] },
            });
        }
    }

    private sealed class Window
    {
        private byte[] _bytes = [];
        private int _count;

        /// <summary>Gets where in the stream the window begins.</summary>
        public long Start { get; private set; }

        /// <summary>Gets how many of its first bytes were tried before.</summary>
        public int Known { get; private set; }

        /// <summary>Gets which pieces came in which frame, in order, with their offsets in the stream.</summary>
        public List<(long Offset, FrameRef Frame, Timestamp Time)> Pieces { get; } = [];

        public long End => Start + _count;

        public bool IsFull => _count == Limits.ScannedStream;

        public bool HasNew => _count > Known;

        public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _count);

        public int Add(ReadOnlySpan<byte> bytes)
        {
            int taken = Math.Min(bytes.Length, Limits.ScannedStream - _count);
            if (_bytes.Length < _count + taken)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(Limits.ScannedStream, Math.Max(_count + taken, 2 * _bytes.Length)));
                Bytes.CopyTo(larger);
                Release();
                _bytes = larger;
            }

            bytes[..taken].CopyTo(_bytes.AsSpan(_count));
            _count += taken;
            return taken;
        }

        public void Shift()
        {
            Bytes[^Limits.ScanOverlap..].CopyTo(_bytes);
            Start += _count - Limits.ScanOverlap;
            _count = Known = Limits.ScanOverlap;
            int first = Pieces.FindLastIndex(p => p.Offset <= Start);
            Pieces.RemoveRange(0, Math.Max(0, first));
        }

        public void Clear(long start)
        {
            (Start, _count, Known) = (start, 0, 0);
            Pieces.Clear();
        }

        public (long Offset, FrameRef Frame, Timestamp Time) PieceOf(long offset) => Pieces[Math.Max(0, Pieces.FindLastIndex(p => p.Offset <= Start + offset))];

        public void Release()
        {
            if (_bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = [];
        }
    }
}
