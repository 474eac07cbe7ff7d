using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.LdapStart;

/// <summary>Passes over messages and follows StartTLS (RFC 4511, 4.14).</summary>
internal sealed class LdapParser : FlowParser
{
    private const int ShownOfMessage = 64;
    private const int MostMessages = 200;

    private bool _isTlsAsked;
    private int _messages;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (_isTlsAsked && direction == Direction.ToResponder)
        {
            return LineReader.IsTls(chunk.Bytes) ? ParseResult.Upgrade(0, "tls") : ParseResult.NeedMore(chunk.Bytes.Length + 1L);
        }

        switch (LdapMessage.Read(chunk.Bytes, out LdapMessage message))
        {
            case ParseStatus.NeedMore:
                return ParseResult.NeedMore(chunk.Bytes.Length + 1L);
            case ParseStatus.Malformed when _messages == 0:
                return ParseResult.NotThisProtocol();
            case ParseStatus.Malformed:
                return ParseResult.Finished;   // wrapped by SASL, which later issues look into
        }

        bool isExtended = message.Operation is LdapMessage.ExtendedRequest or LdapMessage.ExtendedResponse;
        if (isExtended && message.Length <= Limits.Message && !chunk.IsDatagram)
        {
            if (chunk.Bytes.Length < message.Length)
            {
                return ParseResult.NeedMore(message.Length);
            }

            return TakeExtended(message, chunk.Bytes[message.HeaderLength..(int)message.Length]);
        }

        return ++_messages > MostMessages ? ParseResult.Finished : ParseResult.Done(message.Length);
    }

    private ParseResult TakeExtended(LdapMessage message, ReadOnlySpan<byte> content)
    {
        _messages++;
        ReadOnlySpan<byte> shown = content[..Math.Min(content.Length, ShownOfMessage)];
        if (message.Operation == LdapMessage.ExtendedRequest)
        {
            // [0] requestName, an OID as text.
            _isTlsAsked = shown is [0x80, 22, ..] && shown[2..].StartsWith("1.3.6.1.4.1.1466.20037"u8);
        }
        else if (_isTlsAsked)
        {
            _isTlsAsked = false;
            if (shown is [0x0A, 1, 0, ..])
            {
                return ParseResult.Upgrade(message.Length, "tls");
            }
        }

        return ParseResult.Done(message.Length);
    }
}
