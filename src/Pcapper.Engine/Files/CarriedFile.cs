using System.Buffers;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// A file while it crosses the network: hashed as its bytes come, its first bytes kept, its holes known. Bytes may come in any order; memory is
/// bounded (<see cref="Limits.FileHead"/>, <see cref="Limits.FileMemory"/>), what goes beyond waits in temporary storage.
/// </summary>
public sealed class CarriedFile : IFileContent
{
    private const int ReadSize = 64 * 1024;

    private readonly FlowFiles _files;
    private readonly int _number;
    private readonly bool _hasContent;
    private readonly bool _isHeld;
    private readonly ByteRanges _ranges = new();
    private byte[] _head = [];
    private HeldContent? _held;
    private ContentHashes? _hashes;
    private long _position;
    private long _hashed;
    private long _beyond;
    private bool _isChanged;
    private long _unknownFrom = long.MaxValue;

    internal CarriedFile(FlowFiles files, int number, Direction direction, FrameRef frame, Timestamp time, bool hasContent, bool isHeld)
    {
        _files = files;
        _number = number;
        _hasContent = hasContent;
        _isHeld = isHeld;
        Direction = direction;
        (Frame, Time) = (frame, time);
        (LastFrame, LastTime) = (frame, time);
    }

    /// <summary>Gets which way it goes.</summary>
    public Direction Direction { get; }

    /// <summary>Gets the frame that shows where it begins.</summary>
    public FrameRef Frame { get; }

    /// <summary>Gets when that was captured.</summary>
    public Timestamp Time { get; }

    /// <summary>Gets the frame of the latest bytes.</summary>
    public FrameRef LastFrame { get; private set; }

    /// <summary>Gets when they were captured.</summary>
    public Timestamp LastTime { get; private set; }

    /// <summary>Gets a value indicating whether it has ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Gets or sets the protocol to be named, if it is not the parser's own.</summary>
    public string? Protocol { get; set; }

    /// <summary>Gets or sets the name, raw, or null.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets where it came from or went to, raw: a URL, a share; or null.</summary>
    public string? Location { get; set; }

    /// <summary>Gets or sets the media type that the sender declared, or null.</summary>
    public string? DeclaredType { get; set; }

    /// <summary>Gets or sets how many bytes it has, if announced.</summary>
    public long? TotalBytes { get; set; }

    /// <summary>Gets or sets a value indicating whether content is missing that no hole shows: a decoder stopped, a limit was reached.</summary>
    public bool IsCut { get; set; }

    /// <summary>Gets how many bytes were seen, each once.</summary>
    public long SeenBytes => _ranges.Seen + _beyond;

    /// <summary>Gets how far the content goes from the beginning without a hole.</summary>
    public long Prefix => _ranges.Prefix;

    /// <summary>Gets where <see cref="Append"/> goes on.</summary>
    public long Position => _position;

    /// <inheritdoc/>
    public long Length => _ranges.End;

    /// <summary>Gets the identifier that logs use, in Zeek's form: <c>F</c> and seventeen base-62 digits.</summary>
    public string Id => LogId.Of('F', StableHash.Combine(StableHash.Combine(StableHash.Of(_files.Flow.Uid), (ulong)Frame.Number), (ulong)_number));

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        WriteAt(_position, bytes, frame, time);
        _position += bytes.Length;
    }

    /// <summary>The next bytes are missing.</summary>
    public void Gap(long missing)
    {
        long position = unchecked(_position + missing);
        _position = position < _position ? long.MaxValue : position;
    }

    /// <summary>Bytes were seen to cross that are not at hand: they count as seen, but the content is not known.</summary>
    public void Skip(long offset, long count)
    {
        if (count <= 0)
        {
            return;
        }

        if (offset < 0 || offset > Limits.FileEnd - count || !_ranges.Add(offset, offset + count))
        {
            _beyond += count;
            return;
        }

        _unknownFrom = Math.Min(_unknownFrom, offset);
    }

    /// <summary>Takes bytes that stand somewhere in the file. Of what came before, the first counts; or the last, if these replace it.</summary>
    public void WriteAt(long offset, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time, bool replaces = false)
    {
        (LastFrame, LastTime) = (frame, time);
        if (!_hasContent || offset < 0 || offset > Limits.FileEnd - bytes.Length)
        {
            _beyond += bytes.Length;
            return;
        }

        long end = offset + bytes.Length;
        for (long at = offset; at < end;)
        {
            (long start, long stop) = _ranges.FirstUnseen(at, end);
            if (replaces && start > at)
            {
                Replace(at, bytes[(int)(at - offset)..(int)(start - offset)]);
            }

            if (start < stop)
            {
                Place(start, bytes[(int)(start - offset)..(int)(stop - offset)]);
            }

            at = Math.Max(stop, at + 1);
        }
    }

    /// <inheritdoc/>
    public bool Read(long offset, Span<byte> bytes)
    {
        if (IsUnknown)
        {
            return false;
        }

        int fromHead = (int)Math.Clamp(Limits.FileHead - offset, 0, bytes.Length);
        if (fromHead > 0)
        {
            int known = (int)Math.Clamp(_head.Length - offset, 0, fromHead);
            _head.AsSpan((int)Math.Min(offset, _head.Length), known).CopyTo(bytes);
            bytes[known..fromHead].Clear();
        }

        Span<byte> rest = bytes[fromHead..];
        if (rest.IsEmpty)
        {
            return true;
        }

        if (_held is null)
        {
            rest.Clear();
            return true;
        }

        return _held.Read(offset + fromHead, rest);
    }

    /// <summary>Ends the file: it is stated, with all that was seen of it.</summary>
    /// <param name="isWhole">Whether nothing but a hole speaks against its being complete.</param>
    public void End(bool isWhole)
    {
        if (IsEnded)
        {
            return;
        }

        IsEnded = true;
        long missing = Math.Max(Math.Max(TotalBytes ?? 0, _ranges.End), _position == long.MaxValue ? 0 : _position) - _ranges.Seen;
        bool isComplete = isWhole && !IsCut && _hasContent && missing == 0 && _beyond == 0;
        (string Md5, string Sha1, string Sha256)? hashes = isComplete && _files.WantContents ? Hashes() : null;
        _files.Ended(_number, SeenBytes == 0 && !isComplete ? null : new FileTransfer
        {
            Flow = _files.Flow,
            Frame = Frame,
            Time = Time,
            LastFrame = LastFrame,
            LastTime = LastTime,
            Id = Id,
            Protocol = Protocol ?? _files.Protocol,
            Direction = Direction,
            Name = Name,
            Location = Location,
            DeclaredType = DeclaredType,
            SniffedType = Head.IsEmpty ? null : _files.Demand.Sniff?.Invoke(Head),
            SeenBytes = SeenBytes,
            TotalBytes = TotalBytes,
            MissingBytes = missing,
            IsComplete = isComplete,
            Head = _files.WantContents ? _head.AsMemory(0, Head.Length) : default(ReadOnlyMemory<byte>),
            Md5 = hashes?.Md5,
            Sha1 = hashes?.Sha1,
            Sha256 = hashes?.Sha256,
        }, this);
        Release();
    }

    /// <summary>The flow is over: ends what was left open.</summary>
    internal void Cut()
    {
        if (_isHeld)
        {
            Drop();
        }
        else
        {
            End(isWhole: false);
        }
    }

    /// <summary>Ends without stating anything.</summary>
    public void Drop()
    {
        if (!IsEnded)
        {
            IsEnded = true;
            _files.Ended(_number, null, this);
            Release();
        }
    }

    private bool IsUnknown => _unknownFrom != long.MaxValue;

    private bool Keeps => _isHeld || _files.Demand.KeepsContents;

    private ReadOnlySpan<byte> Head => _head.AsSpan(0, (int)Math.Min(Math.Min(_ranges.Prefix, _unknownFrom), _head.Length));

    private void Place(long offset, ReadOnlySpan<byte> bytes)
    {
        if (!_ranges.Add(offset, offset + bytes.Length))
        {
            _beyond += bytes.Length;
            return;
        }

        ToHead(offset, bytes);
        if (!_files.WantContents && !_isHeld)
        {
            return;
        }

        long prefix = _ranges.Prefix;
        if (Keeps || offset + bytes.Length > prefix)
        {
            Hold(offset, bytes);
        }

        if (!_isHeld && prefix > Limits.FileHead && prefix > _hashed && !_isChanged && !IsUnknown)
        {
            Advance(offset, bytes, prefix);
        }
    }

    // Hashes what follows on what was hashed: out of the head, these bytes, and what waited for them.
    private void Advance(long offset, ReadOnlySpan<byte> bytes, long prefix)
    {
        _hashes ??= new ContentHashes();
        if (_hashed < Limits.FileHead)
        {
            _hashes.Add(_head.AsSpan((int)_hashed, (int)(Limits.FileHead - _hashed)));
            _hashed = Limits.FileHead;
        }

        if (_hashed >= offset && _hashed < offset + bytes.Length)
        {
            _hashes.Add(bytes[(int)(_hashed - offset)..]);
            _hashed = offset + bytes.Length;
        }

        if (_hashed < prefix)
        {
            HashHeld(_hashes, prefix);
        }

        if (!Keeps)
        {
            _held?.Forget(_hashed);
        }
    }

    private void HashHeld(ContentHashes hashes, long end)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        while (_hashed < end)
        {
            Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(ReadSize, end - _hashed));
            if (!Read(_hashed, piece))
            {
                break;
            }

            hashes.Add(piece);
            _hashed += piece.Length;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Replace(long offset, ReadOnlySpan<byte> bytes)
    {
        ToHead(offset, bytes);
        _isChanged |= offset < _hashed;
        if (Keeps || (_files.WantContents && offset + bytes.Length > _ranges.Prefix))
        {
            Hold(offset, bytes);
        }
    }

    private void ToHead(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset >= Limits.FileHead)
        {
            return;
        }

        int end = (int)Math.Min(offset + bytes.Length, Limits.FileHead);
        if (_head.Length < end)
        {
            Array.Resize(ref _head, Math.Min(Limits.FileHead, Math.Max(end, _head.Length * 2)));
        }

        bytes[..(int)(end - offset)].CopyTo(_head.AsSpan((int)offset));
    }

    private void Hold(long offset, ReadOnlySpan<byte> bytes)
    {
        int inHead = (int)Math.Clamp(Limits.FileHead - offset, 0, bytes.Length);
        if (inHead < bytes.Length)
        {
            _held ??= new HeldContent(_files);
            _held.Write(offset + inHead, bytes[inHead..]);
        }
    }

    private (string Md5, string Sha1, string Sha256)? Hashes()
    {
        if (IsUnknown)
        {
            return null;
        }

        long length = _ranges.End;
        if (length <= Limits.FileHead)
        {
            return ContentHashes.Of(_head.AsSpan(0, (int)length));
        }

        if (!_isChanged)
        {
            return _hashed == length ? _hashes!.Finish() : null;
        }

        if (!Keeps)
        {
            return null;
        }

        using var anew = new ContentHashes();
        _hashed = 0;
        HashHeld(anew, length);
        return _hashed == length ? anew.Finish() : null;
    }

    private void Release()
    {
        _hashes?.Dispose();
        _held?.Dispose();
        _head = [];
    }
}
