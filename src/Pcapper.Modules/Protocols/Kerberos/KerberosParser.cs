using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Parses Kerberos messages and pairs replies with requests.</summary>
public sealed class KerberosParser(FlowContext flow, RecordBus bus) : FlowParser
{
    internal const int MinMessage = 16;
    internal const int MaxStreamMessage = 256 * 1024;
    private const int LengthPrefix = 4;

    private readonly KerberosEmitter _emitter = new(flow, bus, "kerberos");
    private readonly List<(Direction Direction, KerberosRequest Request)> _pending = [];
    private bool _consumed;

    /// <inheritdoc/>
    public override int MaxMessage => LengthPrefix + MaxStreamMessage;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (chunk.IsDatagram)
        {
            return Accept(direction, chunk.Bytes, chunk, chunk.Bytes.Length) || chunk.Missing > 0
                ? ParseResult.Done(Math.Max(1, chunk.Bytes.Length))
                : ParseResult.Malformed("not a Kerberos message");
        }

        var reader = new WireReader(chunk.Bytes);
        uint length = reader.U32();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(LengthPrefix + MinMessage);
        }

        if (length is < MinMessage or > MaxStreamMessage)
        {
            return _consumed ? ParseResult.Malformed("message length") : ParseResult.NotThisProtocol();
        }

        ReadOnlySpan<byte> message = reader.Take((int)length);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(LengthPrefix + length);
        }

        _consumed = true;
        return Accept(direction, message, chunk, LengthPrefix + (int)length) ? ParseResult.Done(LengthPrefix + length) : ParseResult.Malformed("not a Kerberos message");
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        foreach ((Direction direction, KerberosRequest request) in _pending)
        {
            _emitter.Emit(direction, request, null);
        }

        _pending.Clear();
    }

    private static bool IsRepetition(KerberosRequest known, KerberosRequest request)
        => known.Type == request.Type && known.Nonce is not null && known.Nonce == request.Nonce
            && string.Equals(known.Client, request.Client, StringComparison.Ordinal)
            && string.Equals(known.Service, request.Service, StringComparison.Ordinal);

    // The frame that shows a message is the one that completes it, as in Wireshark.
    private bool Accept(Direction direction, ReadOnlySpan<byte> message, in StreamChunk chunk, int end)
    {
        bool isPasswordChange = false;
        KerberosMessageType? type = KerberosReader.TypeOf(message);
        if (type is null && PasswordChange.TryRead(message, out ReadOnlySpan<byte> inner))
        {
            isPasswordChange = true;
            message = inner;
            type = KerberosReader.TypeOf(message);
        }

        if (type is not { } known)
        {
            return false;
        }

        if (!_emitter.IsWanted)
        {
            return true;
        }

        FrameRef frame = chunk.FrameAt(end - 1);
        Timestamp time = chunk.TimeAt(end - 1);
        if (KerberosReader.IsRequest(known))
        {
            return KerberosReader.ReadRequest(message, frame, time) is { } request
                && AcceptRequest(direction, isPasswordChange ? request with { IsPasswordChange = true } : request);
        }

        return KerberosReader.ReadReply(message, frame, time) is { } reply && AcceptReply(direction, reply, chunk.IsDatagram);
    }

    private bool AcceptRequest(Direction direction, KerberosRequest request)
    {
        if (_pending.Exists(p => p.Direction == direction && IsRepetition(p.Request, request)))
        {
            return true;
        }

        _pending.Add((direction, request));
        if (_pending.Count > Limits.MessagesInFlight)
        {
            _emitter.Emit(_pending[0].Direction, _pending[0].Request, null);
            _pending.RemoveAt(0);
        }

        return true;
    }

    private bool AcceptReply(Direction direction, KerberosReply reply, bool isDatagram)
    {
        int asked = AskedBy(direction, reply, isDatagram);
        if (asked < 0)
        {
            _emitter.Emit(direction.Opposite(), null, reply);
        }
        else
        {
            _emitter.Emit(_pending[asked].Direction, _pending[asked].Request, reply);
            _pending.RemoveAt(asked);
        }

        return true;
    }

    // Datagrams get lost, and who asks again has given up what he asked before: there the latest request that fits is meant. A stream answers in turn.
    private int AskedBy(Direction direction, KerberosReply reply, bool isDatagram)
    {
        int found = -1;
        KerberosFit best = KerberosFit.None;
        for (int i = 0; i < _pending.Count && best != KerberosFit.Names; i++)
        {
            int at = isDatagram ? _pending.Count - 1 - i : i;
            KerberosFit fit = _pending[at].Direction == direction ? KerberosFit.None : KerberosFits.Of(reply, _pending[at].Request);
            if (fit > best)
            {
                (found, best) = (at, fit);
            }
        }

        return found;
    }
}
