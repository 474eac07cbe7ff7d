using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>SMTP and LMTP (RFC 5321, RFC 2033), with STARTTLS (RFC 3207).</summary>
public sealed class SmtpProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "smtp";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [24, 25, 26, 587, 2525];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        if (direction == Direction.ToResponder)
        {
            return LineReader.ProbeCommand(first, "EHLO HELO LHLO"u8, "MAIL RCPT DATA BDAT RSET QUIT NOOP AUTH STARTTLS VRFY EXPN"u8);
        }

        if (first is not [(byte)'2' or (byte)'4' or (byte)'5', ..])
        {
            return first.IsEmpty ? Confidence.Undecided : Confidence.No;
        }

        Confidence confidence = LineReader.ProbeLine(first, out ReadOnlySpan<byte> line);
        return confidence != Confidence.Certain ? confidence
            : !Reply.TryRead(line, out int code, out _, out ReadOnlySpan<byte> text) ? Confidence.No
            : Reply.IsMail(text) ? Confidence.Certain
            : Reply.IsFile(text) ? Confidence.No
            : code is 220 or 250 or 421 or 554 ? Confidence.Plausible : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new SmtpParser(this, flow, bus);
}
