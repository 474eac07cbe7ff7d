using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>IMAP (RFC 9051), with STARTTLS.</summary>
public sealed class ImapProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "imap";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [143];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        Confidence confidence = LineReader.ProbeLine(first, out ReadOnlySpan<byte> line);
        if (direction == Direction.ToOriginator)
        {
            return first is not [(byte)'*', ..] ? (first.IsEmpty ? Confidence.Undecided : Confidence.No)
                : confidence != Confidence.Certain ? confidence
                : LineReader.Begins(line, "* OK"u8) || LineReader.Begins(line, "* PREAUTH"u8) || LineReader.Begins(line, "* BYE"u8) ? Confidence.Certain
                : Confidence.No;
        }

        if (confidence != Confidence.Certain)
        {
            return confidence;
        }

        ReadOnlySpan<byte> tag = LineReader.Word(line, out ReadOnlySpan<byte> rest);
        bool isOther = LineReader.IsOneOf(tag, "USER PASS EHLO HELO MAIL NICK AUTH"u8) || tag.IsEmpty || tag.Length > 32;
        return !isOther && LineReader.IsOneOf(LineReader.Word(rest, out _), "CAPABILITY LOGIN STARTTLS ID AUTHENTICATE NOOP LOGOUT SELECT ENABLE NAMESPACE"u8)
            ? Confidence.Plausible : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new ImapParser(this, flow, bus);
}
