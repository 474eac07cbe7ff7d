using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>
/// The base of parsers of text protocols: hands over line by line, finds its way back after a gap, holds back a beginning that another
/// protocol could have too until the other direction has spoken, and holds back what follows a request for TLS until it is answered.
/// </summary>
/// <param name="protocol">The protocol, which judges beginnings.</param>
/// <param name="flow">The flow.</param>
/// <param name="bus">Where records go.</param>
internal abstract class LineParser(IProtocol protocol, FlowContext flow, RecordBus bus) : FlowParser
{
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly int[] _lines = new int[2];
    private readonly bool[] _isSkipping = new bool[2];
    private readonly bool[] _isWaiting = new bool[2];
    private Direction? _held;
    private readonly int[] _alreadyRead = new int[2];
    private HeldBytes? _first;
    private HeldBytes? _early;
    private Direction? _asker;
    private readonly LineBody?[] _bodies = new LineBody?[2];
    private bool _isDataAsked;
    private bool _isTlsGranted;
    private bool _isConfirmed;
    private bool _isOver;

    /// <summary>Gets who tells what software was seen.</summary>
    protected SoftwareTeller Teller { get; } = new(flow, bus, protocol.Name);

    /// <summary>Gets what states logins.</summary>
    protected LoginTeller Logins { get; } = new(flow, bus, protocol.Name);

    /// <summary>Gets a value indicating whether TLS was asked for and the answer is awaited.</summary>
    protected bool IsTlsAsked => _asker is not null && !_isDataAsked;

    /// <summary>Gets a value indicating whether leave to send data was asked for and the answer is awaited.</summary>
    protected bool IsDataAsked => _asker is not null && _isDataAsked;

    /// <summary>Gets a value indicating whether all lines are to be read, however many there are.</summary>
    protected virtual bool WantsAll => Logins.IsWanted;

    /// <inheritdoc/>
    public sealed override bool FollowsOneDirection => _isOver;

    /// <inheritdoc/>
    public sealed override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (chunk.IsDatagram)
        {
            return ParseDatagram(direction, chunk);
        }

        ReadOnlySpan<byte> bytes = chunk.Bytes;
        if (_isOver)
        {
            return ParseResult.Finished;
        }

        if (_alreadyRead[(int)direction] > 0)
        {
            int read = Math.Min(_alreadyRead[(int)direction], bytes.Length);
            _alreadyRead[(int)direction] -= read;
            _isWaiting[(int)direction] = false;
            return _isTlsGranted ? ParseResult.Upgrade(read, "tls") : ParseResult.Done(read);
        }

        if (_isTlsGranted)
        {
            return ParseResult.NeedMore(bytes.Length + 1L);
        }

        if (_bodies[(int)direction] is { } body)
        {
            int taken = TakeBody(direction, body, bytes, chunk);
            if (taken > 0)
            {
                return ParseResult.Done(taken);
            }
        }

        if (_asker == direction && !_isDataAsked && LineReader.IsTls(bytes))
        {
            // The answer may be missing from the capture: a ClientHello says as much, unless the other side's greeting waits to be read.
            return _isWaiting[1 - (int)direction] ? ParseResult.NeedMore(bytes.Length + 1L) : ParseResult.Upgrade(0, "tls");
        }

        bool hasLine = LineReader.TryRead(bytes, out ReadOnlySpan<byte> line, out int length);
        if (_isSkipping[(int)direction])
        {
            _isSkipping[(int)direction] = !hasLine;
            return ParseResult.Done(hasLine ? length : bytes.Length);
        }

        if (!hasLine && bytes.Length < LineReader.MaxLine)
        {
            return ParseResult.NeedMore(bytes.Length + 1L);
        }

        if (!_isConfirmed)
        {
            Confidence confidence = protocol.Probe(direction, bytes);
            if (confidence == Confidence.No)
            {
                return ParseResult.NotThisProtocol();
            }

            _isConfirmed = confidence == Confidence.Certain || (_held is { } held && held != direction) || bytes.Length >= LineReader.MaxLine;
            if (!_isConfirmed)
            {
                _held = direction;
                _isWaiting[(int)direction] = true;
                _first = new HeldBytes(direction);
                _first.TryAdd(bytes, chunk);
                return ParseResult.NeedMore(bytes.Length + 1L);
            }

            ReadFirst(direction);
        }

        _isWaiting[(int)direction] = false;
        if (!hasLine && _asker == direction && _isDataAsked)
        {
            GrantData();
            return Parse(direction, chunk);
        }

        if (!hasLine)
        {
            _isSkipping[(int)direction] = true;
            return ParseResult.Done(bytes.Length);
        }

        // Software and upgrades are told at the beginning.
        if (!WantsAll && _lines[(int)direction]++ == Limits.TextElements)
        {
            return ParseResult.Finished;
        }

        if (_asker == direction)
        {
            return Hold(direction, bytes[..length], chunk) ? ParseResult.Done(length) : Parse(direction, chunk);
        }

        return Apply(TakeLine(direction, line, chunk), direction, length);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        _isWaiting[(int)direction] = false;
        _alreadyRead[(int)direction] = 0;
        if (_asker == direction && _isDataAsked)
        {
            GrantData();
        }

        if (_bodies[(int)direction] is { } body)
        {
            _isSkipping[(int)direction] = !body.Skip(missing);
            TakeBody(direction, body, default, default);
            BodyGap(direction);
        }
        else
        {
            _isSkipping[(int)direction] = true;
            Lost(direction);
        }

        return !_isOver;
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        while (_asker is not null)
        {
            Release(isGranted: _isDataAsked);
        }

        Logins.End();
    }

    /// <summary>Looks at one line, without its end.</summary>
    protected abstract LineOutcome TakeLine(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk);

    /// <summary>Notes that a side asked for TLS: what it sends next is held back until the other side has answered.</summary>
    protected void AskTls(Direction direction) => _asker = direction;

    /// <summary>Notes that TLS was refused: what was held back is read.</summary>
    protected void RefuseTls() => Release(isGranted: false);

    /// <summary>Notes that a side asked for leave to send data: what it sends next is held back until the other side has answered.</summary>
    protected void AskData(Direction direction)
    {
        _asker = direction;
        _isDataAsked = true;
    }

    /// <summary>Notes that leave to send data was given, or must have been: what was held back is data.</summary>
    protected void GrantData() => Release(isGranted: true);

    /// <summary>Notes that leave to send data was refused: what was held back is lines.</summary>
    protected void RefuseData() => Release(isGranted: false);

    /// <summary>The next bytes of a direction are no lines.</summary>
    protected void Follow(Direction direction, LineBody? body) => _bodies[(int)direction] = body is { IsOver: true } ? null : body;

    /// <summary>What is being read of a direction that is no line has ended, although nothing in it says so.</summary>
    protected void BreakBody(Direction direction)
    {
        if (_bodies[(int)direction] is { } body)
        {
            _bodies[(int)direction] = null;
            BodyOver(direction, body);
        }
    }

    /// <summary>Gets what is being read of a direction that is no line, or null.</summary>
    protected LineBody? Followed(Direction direction) => _bodies[(int)direction];

    /// <summary>Makes what takes the data that a side was given leave to send.</summary>
    protected virtual LineBody? Data(Direction direction) => null;

    /// <summary>A body has ended; lines follow.</summary>
    protected virtual void BodyOver(Direction direction, LineBody body)
    {
    }

    /// <summary>Bytes of a body are missing.</summary>
    protected virtual void BodyGap(Direction direction)
    {
    }

    /// <summary>Lines of a direction are missing.</summary>
    protected virtual void Lost(Direction direction)
    {
    }

    private int TakeBody(Direction direction, LineBody body, ReadOnlySpan<byte> bytes, in StreamChunk chunk)
    {
        int taken = body.IsOver || bytes.IsEmpty ? 0 : body.Take(bytes, chunk);
        if (body.IsOver)
        {
            _bodies[(int)direction] = null;
            BodyOver(direction, body);
        }

        return taken;
    }

    private void Release(bool isGranted)
    {
        if (_asker is not { } asker)
        {
            return;
        }

        _asker = null;
        if (_isDataAsked)
        {
            _isDataAsked = false;
            Follow(asker, isGranted ? Data(asker) : null);
        }

        if (_early is { } early)
        {
            Read(early);
        }

        _early = _asker is null ? null : _early;
    }

    // What the other side began with is read in its turn, before what confirms it; the engine shows it once more later.
    private void ReadFirst(Direction direction)
    {
        if (_first is { } first && first.Direction != direction)
        {
            Read(first);
            _alreadyRead[(int)first.Direction] = first.Position;
        }

        _first = null;
    }

    private void Read(HeldBytes held)
    {
        while (_asker is null && !held.IsEmpty)
        {
            StreamChunk chunk = held.Rest;
            if (_bodies[(int)held.Direction] is { } body)
            {
                held.Read(TakeBody(held.Direction, body, chunk.Bytes, chunk));
            }
            else if (LineReader.TryRead(chunk.Bytes, out ReadOnlySpan<byte> line, out int length))
            {
                held.Read(length);
                _isOver |= TakeLine(held.Direction, line, chunk) == LineOutcome.Finished;
            }
            else
            {
                break;
            }
        }
    }

    private bool Hold(Direction direction, ReadOnlySpan<byte> bytes, in StreamChunk chunk)
    {
        _early ??= new HeldBytes(direction);
        if (_early.TryAdd(bytes, chunk))
        {
            return true;
        }

        // So much is not sent without leave: the answer is missing from the capture.
        if (_isDataAsked)
        {
            GrantData();
            return false;
        }

        if (_anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = chunk.Frame, Time = chunk.Time, Protocol = protocol.Name, Rule = "too much sent before the answer to a request for TLS" });
        }

        return true;
    }

    private ParseResult Apply(LineOutcome outcome, Direction direction, int length)
    {
        switch (outcome)
        {
            case LineOutcome.Finished:
                _isOver = true;
                return ParseResult.Finished;
            case LineOutcome.Tls when _alreadyRead[1 - (int)direction] > 0:
                // The engine shows the request once more; TLS begins behind it.
                _isTlsGranted = true;
                return ParseResult.Done(length);
            case LineOutcome.Tls:
                return ParseResult.Upgrade(length, "tls");
            default:
                return _isOver ? ParseResult.Finished : ParseResult.Done(length);
        }
    }

    private ParseResult ParseDatagram(Direction direction, in StreamChunk chunk)
    {
        if (!_isConfirmed)
        {
            if (protocol.Probe(direction, chunk.Bytes) is Confidence.No or Confidence.Undecided)
            {
                return ParseResult.NotThisProtocol();
            }

            _isConfirmed = true;
        }

        ReadOnlySpan<byte> rest = chunk.Bytes;
        for (int lines = 0; (lines < Limits.TextElements || Logins.IsWanted) && LineReader.TryRead(rest, out ReadOnlySpan<byte> line, out int length); lines++)
        {
            TakeLine(direction, line, chunk);
            rest = rest[length..];
        }

        return ParseResult.Done(Math.Max(1, chunk.Bytes.Length));
    }
}
