using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Reads the messages of one direction: head, then body by RFC 9112, 6.3.</summary>
internal sealed class MessageReader(bool sawStart)
{
    private const int MaxHead = 64 * 1024;

    private readonly HttpBody _body = new();
    private Phase _phase;
    private int _scanned;
    private long _remaining;
    private long? _announced;
    private bool _hasGap;
    private bool _searchesLines;
    private bool _isAligned = sawStart;
    private string? _problem;
    private byte[]? _partialHead;

    private enum Phase
    {
        Head,
        Length,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer,
        UntilClose,
        Lost,
    }

    /// <summary>What happened when bytes were read.</summary>
    public enum Event
    {
        /// <summary>Nothing to tell yet.</summary>
        None,

        /// <summary>A head is complete: <see cref="Head"/> and <see cref="Line"/> are set; call <see cref="BeginBody"/>.</summary>
        HeadRead,

        /// <summary>The body is complete.</summary>
        BodyRead,
    }

    /// <summary>Gets the start line of the message at hand.</summary>
    public StartLine Line { get; private set; }

    /// <summary>Gets the fields of the message at hand.</summary>
    public HeaderBlock Head { get; private set; } = new();

    /// <summary>Gets the frame of the message's first byte.</summary>
    public FrameRef Frame { get; private set; }

    /// <summary>Gets the time of that frame.</summary>
    public Timestamp Time { get; private set; }

    /// <summary>Gets a value indicating whether a message's body is being read.</summary>
    public bool IsInBody => _phase is not (Phase.Head or Phase.Lost);

    /// <summary>Gets a value indicating whether reading goes on wherever the next start line is found.</summary>
    public bool IsLost => _phase == Phase.Lost;

    /// <summary>Gets a value indicating whether the body lasts until the direction is closed.</summary>
    public bool IsUntilClose => _phase == Phase.UntilClose;

    /// <summary>Reads on.</summary>
    public ParseResult Read(in StreamChunk chunk, bool isFirst, out Event what)
    {
        what = Event.None;
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        switch (_phase)
        {
            case Phase.Head:
                return ReadHead(chunk, isFirst, ref what);
            case Phase.Length:
                return ReadData(chunk, Phase.Head, ref what);
            case Phase.ChunkSize:
                return ReadChunkSize(bytes);
            case Phase.ChunkData:
                return ReadData(chunk, Phase.ChunkEnd, ref what);
            case Phase.ChunkEnd:
                return ReadLineEnd(bytes);
            case Phase.Trailer:
                return ReadTrailer(bytes, ref what);
            case Phase.UntilClose:
                _body.Add(bytes, chunk);
                return ParseResult.Done(bytes.Length);
            default:
                return FindStart(chunk, ref what);
        }
    }

    /// <summary>Says how the body of the message at hand is delimited, and begins to read it; returns false if there is none.</summary>
    public bool BeginBody(bool isBodiless)
    {
        _body.Clear();
        _hasGap = false;
        _announced = null;
        bool isChunked = Head.Has("Transfer-Encoding", "chunked");
        if (isBodiless)
        {
            return false;
        }

        if (isChunked)
        {
            _phase = Phase.ChunkSize;
            return true;
        }

        if (long.TryParse(Head["Content-Length"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long length))
        {
            _announced = length;
            _remaining = length;
            _phase = length > 0 ? Phase.Length : Phase.Head;
            return length > 0;
        }

        // A response without a length lasts until the close; a request without one has no body.
        _phase = Line.Method is null ? Phase.UntilClose : Phase.Head;
        return _phase == Phase.UntilClose;
    }

    /// <summary>Gets the rule that was broken since the last time, or null.</summary>
    public string? TakeProblem()
    {
        string? problem = _problem;
        _problem = null;
        return problem;
    }

    /// <summary>Bytes are missing: passes over them inside a body of known length, else looks for the next start line.</summary>
    public void Gap(long missing)
    {
        _hasGap = true;
        _scanned = 0;
        _body.File?.Gap(missing);
        if (_phase is Phase.Length or Phase.ChunkData && missing < _remaining)
        {
            _remaining -= missing;
        }
        else if (_phase != Phase.UntilClose)
        {
            _phase = Phase.Lost;
            _searchesLines = false;
        }
    }

    /// <summary>Gives the message as far as it was read.</summary>
    public HttpMessage Finish(bool isComplete)
    {
        ReadOnlyMemory<byte> start = _body.Decode(Head["Content-Encoding"]);
        _body.File?.End(isComplete && !_hasGap);
        HttpMessage message = Beginning() with
        {
            BodyBytes = _body.Seen,
            AnnouncedBytes = _announced,
            IsComplete = isComplete && !_hasGap,
            BodyStart = start,
            SniffedType = start.IsEmpty ? null : MediaTypes.Sniff(start.Span),
        };
        _body.Clear();
        if (_phase is Phase.UntilClose)
        {
            _phase = Phase.Head;
        }

        return message;
    }

    /// <summary>Gives the message without its body.</summary>
    public HttpMessage Beginning() => new()
    {
        Frame = Frame,
        Time = Time,
        Method = Line.Method,
        Target = Line.Target,
        Version = Line.Version,
        Status = Line.Status,
        Reason = Line.Reason,
        Fields = Head.Fields,
        AnnouncedBytes = _announced,
    };

    /// <summary>Makes a file of the body that begins.</summary>
    public void Carry(HttpBodies files, Direction direction, HttpMessage? request)
        => _body.File = files.AreWanted ? files.Open(direction, Beginning(), request, _announced) : null;

    private ParseResult ReadHead(in StreamChunk chunk, bool isFirst, ref Event what)
    {
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        int blank = bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (blank != 0)
        {
            return ParseResult.Done(blank < 0 ? bytes.Length : blank);
        }

        int end = EndOfHead(bytes, Math.Max(0, _scanned - 3));
        if (end < 0)
        {
            _scanned = bytes.Length;
            bool cannotBe = RememberHead(chunk) && StartLine.Probe(bytes) == Confidence.No;
            return cannotBe ? Lost(isFirst, bytes) : bytes.Length >= MaxHead ? ParseResult.Malformed("head too long") : ParseResult.NeedMore(bytes.Length + 1);
        }

        _scanned = 0;
        _partialHead = null;
        int lineEnd = bytes.IndexOf((byte)'\n');
        if (!StartLine.TryParse(bytes[..lineEnd].TrimEnd((byte)'\r'), out StartLine line))
        {
            return Lost(isFirst, bytes);
        }

        Line = line;
        Head = HeaderBlock.Parse(bytes[(lineEnd + 1)..end]);
        Frame = chunk.Frame;
        Time = chunk.Time;
        _isAligned = true;
        what = Event.HeadRead;
        return ParseResult.Done(end);
    }

    /// <summary>
    /// The rest of a head will never come (a snap length cut it, or the flow is over): takes what was seen of it, if that has a start line.
    /// Returns false if there is no such head.
    /// </summary>
    public bool TryFinishHead()
    {
        if (_phase is not (Phase.Head or Phase.Lost) || _partialHead is not { } head)
        {
            return false;
        }

        _partialHead = null;
        int lineEnd = head.AsSpan().IndexOf((byte)'\n');
        int end = head.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (lineEnd < 0 || !StartLine.TryParse(head.AsSpan(0, lineEnd).TrimEnd((byte)'\r'), out StartLine line))
        {
            return false;
        }

        Line = line;
        Head = HeaderBlock.Parse(head.AsSpan(lineEnd + 1, end - lineEnd - 1));
        _body.Clear();
        _announced = null;
        return true;
    }

    // Copied when it has doubled since the last time: linear in all, and whole where one segment carried it.
    private bool RememberHead(in StreamChunk chunk)
    {
        if (_partialHead is not null && chunk.Bytes.Length < 2 * _partialHead.Length)
        {
            return false;
        }

        _partialHead = chunk.Bytes.ToArray();
        (Frame, Time) = (chunk.Frame, chunk.Time);
        return true;
    }

    // Something that is no start line: another protocol if it is the flow's first, else a place to search from.
    private ParseResult Lost(bool isFirst, ReadOnlySpan<byte> bytes)
    {
        if (isFirst)
        {
            return ParseResult.NotThisProtocol();
        }

        if (_isAligned)
        {
            return Broken("not a start line", bytes);
        }

        // The capture began in the middle of a message: nobody broke a rule.
        Gap(0);
        _partialHead = null;
        return ParseResult.Done(bytes.Length);
    }

    // Passes over the line that breaks a rule; the next start line, wherever it is, begins anew.
    private ParseResult Broken(string rule, ReadOnlySpan<byte> bytes)
    {
        _problem = rule;
        _scanned = 0;
        _partialHead = null;
        _phase = Phase.Lost;
        _searchesLines = true;
        int end = bytes.IndexOf((byte)'\n');
        return ParseResult.Done(end < 0 ? bytes.Length : end + 1);
    }

    // Behind a gap a start line counts only where a segment begins: the lines of a body may look like anything.
    private ParseResult FindStart(in StreamChunk chunk, ref Event what)
    {
        const int MaxLine = 4096;
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        int at = 0;
        do
        {
            Confidence confidence = StartLine.Probe(bytes[at..]);
            bool mayBecome = confidence == Confidence.Undecided && _searchesLines && bytes.Length - at < MaxLine;
            if (at > 0 && (mayBecome || confidence == Confidence.Certain))
            {
                return ParseResult.Done(at);
            }

            if (confidence == Confidence.Certain)
            {
                _phase = Phase.Head;
                return ReadHead(chunk, isFirst: false, ref what);
            }

            if (mayBecome)
            {
                return ParseResult.NeedMore(bytes.Length + 1);
            }

            int end = bytes[at..].IndexOf((byte)'\n');
            at = end < 0 ? bytes.Length : at + end + 1;
        }
        while (_searchesLines && at < bytes.Length);

        return ParseResult.Done(bytes.Length);
    }

    private static int EndOfHead(ReadOnlySpan<byte> bytes, int from)
    {
        int at = from;
        while (true)
        {
            int next = bytes[at..].IndexOf((byte)'\n');
            if (next < 0)
            {
                return -1;
            }

            at += next + 1;
            ReadOnlySpan<byte> rest = bytes[at..];
            if (rest.StartsWith("\n"u8))
            {
                return at + 1;
            }

            if (rest.StartsWith("\r\n"u8))
            {
                return at + 2;
            }
        }
    }

    private ParseResult ReadData(in StreamChunk chunk, Phase next, ref Event what)
    {
        int count = (int)Math.Min(chunk.Bytes.Length, _remaining);
        _body.Add(chunk.Bytes[..count], chunk);
        _remaining -= count;
        if (_remaining == 0)
        {
            _phase = next;
            what = next == Phase.Head ? Event.BodyRead : Event.None;
        }

        return ParseResult.Done(count);
    }

    private ParseResult ReadChunkSize(ReadOnlySpan<byte> bytes)
    {
        const int MaxLine = 1024;
        int end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            return bytes.Length > MaxLine ? BadChunk(bytes) : ParseResult.NeedMore(bytes.Length + 1);
        }

        ReadOnlySpan<byte> line = bytes[..end].Trim(" \t\r"u8);
        if (!System.Buffers.Text.Utf8Parser.TryParse(line, out long size, out int used, 'x') || used > 15 || size < 0
            || (used < line.Length && line[used] is not ((byte)';' or (byte)' ' or (byte)'\t')))
        {
            return BadChunk(bytes);
        }

        _remaining = size;
        _phase = size == 0 ? Phase.Trailer : Phase.ChunkData;
        return ParseResult.Done(end + 1);
    }

    private ParseResult BadChunk(ReadOnlySpan<byte> bytes)
    {
        _hasGap = true;
        return Broken("bad chunk size", bytes);
    }

    private ParseResult ReadLineEnd(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == (byte)'\r' && bytes.Length < 2)
        {
            return ParseResult.NeedMore(2);
        }

        _phase = Phase.ChunkSize;
        return bytes.StartsWith("\r\n"u8) ? ParseResult.Done(2) : bytes[0] == (byte)'\n' ? ParseResult.Done(1) : BadChunk(bytes);
    }

    private ParseResult ReadTrailer(ReadOnlySpan<byte> bytes, ref Event what)
    {
        int end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            return bytes.Length > MaxHead / 2 ? BadChunk(bytes) : ParseResult.NeedMore(bytes.Length + 1);
        }

        if (bytes[..end].TrimEnd((byte)'\r').IsEmpty)
        {
            _phase = Phase.Head;
            _announced = _body.Seen;
            what = Event.BodyRead;
        }

        return ParseResult.Done(end + 1);
    }
}
