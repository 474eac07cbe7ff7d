using Pcapper.Engine;

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
    /// <summary>The most lines of a direction that are looked at: software and upgrades are told at the beginning.</summary>
    private const int MostLines = 200;

    private readonly int[] _lines = new int[2];
    private readonly bool[] _isSkipping = new bool[2];
    private readonly bool[] _isWaiting = new bool[2];
    private Direction? _held;
    private Direction? _asker;
    private bool _isConfirmed;
    private bool _isOver;

    /// <summary>Gets who tells what software was seen.</summary>
    protected SoftwareTeller Teller { get; } = new(flow, bus, protocol.Name);

    /// <summary>Gets what states logins.</summary>
    protected LoginTeller Logins { get; } = new(flow, bus, protocol.Name);

    /// <summary>Gets a value indicating whether TLS was asked for and the answer is awaited.</summary>
    protected bool IsTlsAsked => _asker is not null;

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

        if (_asker == direction)
        {
            // The answer may be missing from the capture: a ClientHello says as much, unless the other side's greeting waits to be read.
            return LineReader.IsTls(bytes) && !_isWaiting[1 - (int)direction] ? ParseResult.Upgrade(0, "tls") : ParseResult.NeedMore(bytes.Length + 1L);
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
                return ParseResult.NeedMore(bytes.Length + 1L);
            }
        }

        _isWaiting[(int)direction] = false;
        if (!hasLine)
        {
            _isSkipping[(int)direction] = true;
            return ParseResult.Done(bytes.Length);
        }

        return _lines[(int)direction]++ == MostLines ? ParseResult.Finished : Apply(TakeLine(direction, line, chunk), length);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        _isSkipping[(int)direction] = true;
        _isWaiting[(int)direction] = false;
        return !_isOver;
    }

    /// <inheritdoc/>
    public override void OnEnd() => Logins.End();

    /// <summary>Looks at one line, without its end.</summary>
    protected abstract LineOutcome TakeLine(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk);

    /// <summary>Notes that a side asked for TLS: what it sends next is held back until the other side has answered.</summary>
    protected void AskTls(Direction direction) => _asker = direction;

    /// <summary>Notes that TLS was refused.</summary>
    protected void RefuseTls() => _asker = null;

    private ParseResult Apply(LineOutcome outcome, int length)
    {
        switch (outcome)
        {
            case LineOutcome.Finished:
                _isOver = true;
                return ParseResult.Finished;
            case LineOutcome.Tls:
                return ParseResult.Upgrade(length, "tls");
            default:
                return ParseResult.Done(length);
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
        for (int lines = 0; lines < MostLines && LineReader.TryRead(rest, out ReadOnlySpan<byte> line, out int length); lines++)
        {
            TakeLine(direction, line, chunk);
            rest = rest[length..];
        }

        return ParseResult.Done(Math.Max(1, chunk.Bytes.Length));
    }
}
