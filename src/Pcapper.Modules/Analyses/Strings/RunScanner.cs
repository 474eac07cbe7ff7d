using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>
/// Finds runs of text in the bytes of one direction, whatever pieces these come in: a run that reaches the end of a piece is held until it
/// is known where it ends. A run is cut at <see cref="LongestRun"/> bytes, and the rest is another.
/// </summary>
internal abstract class RunScanner(int minimum, bool isLineAtStart, RunSink found)
{
    /// <summary>The bytes after which a run is cut, at the end of a character.</summary>
    public const int LongestRun = 4096;

    private const int LongestCharacter = 4;
    private const int FirstHeld = 256;

    private byte[] _held = [];
    private int _heldLength;
    private int _checked;
    private int _characters;
    private long _start;
    private long _end;
    private FrameRef _frame;
    private Timestamp _time;
    private bool _isLineStart = isLineAtStart;
    private bool _startsLine;

    /// <summary>Gets how many characters a run has at least.</summary>
    protected int Minimum { get; } = minimum;

    /// <summary>Takes the next bytes.</summary>
    public void Take(in StreamBytes bytes)
    {
        if (bytes.Bytes.IsEmpty)
        {
            return;
        }

        if (bytes.Offset != _end)
        {
            Flush();
            _isLineStart = false;
        }

        _end = bytes.Offset + bytes.Bytes.Length;
        int at = _heldLength == 0 ? 0 : Continue(bytes.Bytes);
        while (at < bytes.Bytes.Length)
        {
            int skipped = Start(bytes.Bytes[at..]);
            if (skipped < 0)
            {
                _isLineStart = EndsLine(bytes.Bytes);
                return;
            }

            _isLineStart = at + skipped == 0 ? _isLineStart : EndsLine(bytes.Bytes[..(at + skipped)]);
            at += skipped;
            int length = Length(bytes.Bytes[at..], LongestRun, 0, out int characters, out bool isOpen);
            if (isOpen)
            {
                Hold(bytes, at, length, characters);
                return;
            }

            if (characters >= Minimum)
            {
                Found(bytes.Bytes.Slice(at, length), bytes.Offset + at, bytes.Frame, bytes.Time, _isLineStart && IsLineEnd(bytes.Bytes[(at + length)..]));
            }

            at += Math.Max(1, length);
            _isLineStart = false;
        }
    }

    /// <summary>Nothing follows: what is held ends here.</summary>
    public void Flush()
    {
        if (_heldLength > 0 && _characters >= Minimum)
        {
            Found(_held.AsSpan(0, _checked), _start, _frame, _time, _startsLine);
        }

        _heldLength = 0;
    }

    /// <summary>Gets where the first run may begin that has enough characters, or reaches the end; negative if none does.</summary>
    protected abstract int Start(ReadOnlySpan<byte> bytes);

    /// <summary>Measures the run that the bytes begin or go on with.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="most">Where it is cut, at the end of a character.</param>
    /// <param name="before">How many characters of the run stand before them.</param>
    /// <param name="characters">How many more characters it has.</param>
    /// <param name="isOpen">Whether it reaches the end, perhaps with a part of a character, and so may go on.</param>
    protected abstract int Length(ReadOnlySpan<byte> bytes, int most, int before, out int characters, out bool isOpen);

    /// <summary>Tells whether bytes end where a line ends.</summary>
    protected abstract bool EndsLine(ReadOnlySpan<byte> bytes);

    /// <summary>Tells whether a line ends where bytes begin.</summary>
    protected abstract bool IsLineEnd(ReadOnlySpan<byte> bytes);

    /// <summary>Gets how a run is written.</summary>
    protected abstract StringEncoding EncodingOf(ReadOnlySpan<byte> run);

    private void Found(ReadOnlySpan<byte> run, long offset, FrameRef frame, Timestamp time, bool isLine)
        => found(new TextRun { Bytes = run, Encoding = EncodingOf(run), Offset = offset, Frame = frame, Time = time, IsLine = isLine && run.Length < LongestRun });

    private void Hold(in StreamBytes bytes, int at, int length, int characters)
    {
        _heldLength = 0;
        Append(bytes.Bytes[at..]);
        _checked = length;
        _characters = characters;
        _start = bytes.Offset + at;
        _frame = bytes.Frame;
        _time = bytes.Time;
        _startsLine = _isLineStart;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_heldLength + bytes.Length > _held.Length)
        {
            Array.Resize(ref _held, Math.Min(LongestRun + LongestCharacter, Math.Max(FirstHeld, (_heldLength + bytes.Length) * 2)));
        }

        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += bytes.Length;
    }

    // Goes on with the run that is held; returns how many of the bytes are dealt with.
    private int Continue(ReadOnlySpan<byte> bytes)
    {
        int before = _heldLength;
        int taken = Math.Min(bytes.Length, LongestRun + LongestCharacter - _heldLength);
        Append(bytes[..taken]);
        _checked += Length(_held.AsSpan(_checked, _heldLength - _checked), LongestRun - _checked, _characters, out int characters, out bool isOpen);
        _characters += characters;
        if (isOpen)
        {
            return bytes.Length;
        }

        // What was held of a character that came to nothing begins no run.
        int dealt = Math.Max(0, _checked - before);
        if (_characters >= Minimum)
        {
            Found(_held.AsSpan(0, _checked), _start, _frame, _time, _startsLine && _checked >= before && IsLineEnd(bytes[dealt..]));
        }

        _heldLength = 0;
        _isLineStart = false;
        return dealt;
    }
}
