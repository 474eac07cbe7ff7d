using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>The control connection of FTP (RFC 959), with AUTH TLS (RFC 4217).</summary>
public sealed class FtpProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "ftp";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [21, 2121];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => direction == Direction.ToResponder ? ProbeCommand(first) : ProbeReply(first);

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new FtpParser(this, flow, bus);

    private static Confidence ProbeCommand(ReadOnlySpan<byte> first)
    {
        Confidence confidence = LineReader.ProbeCommand(
            first, "FEAT SYST PASV EPSV CLNT PBSZ PROT CWD PWD XPWD SITE MLSD MKD RMD"u8, "USER PASS AUTH QUIT TYPE PORT EPRT LIST NLST RETR STOR OPTS HOST ACCT NOOP HELP"u8);
        if (confidence != Confidence.Plausible)
        {
            return confidence;
        }

        LineReader.TryRead(first, out ReadOnlySpan<byte> line, out _);
        ReadOnlySpan<byte> word = LineReader.Word(line, out ReadOnlySpan<byte> argument);
        return !LineReader.Is(word, "AUTH"u8) ? Confidence.Plausible
            : LineReader.IsOneOf(argument, "TLS SSL TLS-C TLS-P"u8) ? Confidence.Certain : Confidence.No;
    }

    private static Confidence ProbeReply(ReadOnlySpan<byte> first)
    {
        if (first is not [>= (byte)'1' and <= (byte)'5', ..])
        {
            return first.IsEmpty ? Confidence.Undecided : Confidence.No;
        }

        Confidence confidence = LineReader.ProbeLine(first, out ReadOnlySpan<byte> line);
        return confidence != Confidence.Certain ? confidence
            : !Reply.TryRead(line, out int code, out _, out ReadOnlySpan<byte> text) || Reply.IsMail(text) ? Confidence.No
            : code == 220 && Reply.IsFile(text) ? Confidence.Certain
            : code is 120 or 220 or 230 or 331 or 421 or 530 ? Confidence.Plausible : Confidence.No;
    }
}
