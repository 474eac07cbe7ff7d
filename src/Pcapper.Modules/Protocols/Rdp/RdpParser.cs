using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Rdp;

/// <summary>Reads the negotiation and follows it to TLS; a session with RDP's own encryption is passed over.</summary>
internal sealed class RdpParser : FlowParser
{
    private const int Shortest = 11;

    private bool _wasAsked;
    private bool _isOver;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (_isOver)
        {
            return ParseResult.Finished;
        }

        bool isRequest = direction == Direction.ToResponder;
        if (isRequest && _wasAsked)
        {
            // The confirm may be missing from the capture: a ClientHello says as much.
            return LineReader.IsTls(chunk.Bytes) ? ParseResult.Upgrade(0, "tls") : ParseResult.NeedMore(chunk.Bytes.Length + 1L);
        }

        switch (RdpNegotiation.Read(chunk.Bytes, isRequest ? RdpNegotiation.Request : RdpNegotiation.Confirm, out RdpNegotiation negotiation))
        {
            case ParseStatus.NeedMore:
                return ParseResult.NeedMore(Math.Max(Shortest, chunk.Bytes.Length + 1L));
            case ParseStatus.Malformed:
                return _wasAsked ? ParseResult.Malformed("connection confirm") : ParseResult.NotThisProtocol();
            default:
                _wasAsked |= isRequest;
                _isOver = !isRequest && negotiation.Selected == 0;
                return isRequest ? ParseResult.Done(negotiation.Length) : _isOver ? ParseResult.Finished : ParseResult.Upgrade(negotiation.Length, "tls");
        }
    }
}
