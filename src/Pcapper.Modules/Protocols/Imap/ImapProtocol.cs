using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>IMAP (RFC 9051), with STARTTLS.</summary>
public sealed class ImapProtocol : IProtocol
{
    private const int LongestTag = 32;

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
            bool mayBegin = first is [(byte)'*', ..] || (first is [var letter, ..] && char.IsAsciiLetterOrDigit((char)letter) && first[..Math.Min(first.Length, LongestTag + 1)].Contains((byte)' '));
            return first.IsEmpty || (confidence == Confidence.Undecided && first.Length <= LongestTag) ? Confidence.Undecided
                : !mayBegin ? Confidence.No
                : confidence == Confidence.Certain ? ProbeResponse(line) : confidence;
        }

        if (confidence != Confidence.Certain)
        {
            return confidence;
        }

        // RFC 2177, 3: what ends IDLE has no tag.
        if (LineReader.Is(line, "DONE"u8))
        {
            return Confidence.Plausible;
        }

        ReadOnlySpan<byte> tag = LineReader.Word(line, out ReadOnlySpan<byte> rest);
        ReadOnlySpan<byte> command = LineReader.Word(rest, out _);
        if (tag.IsEmpty || tag.Length > LongestTag || LineReader.IsOneOf(tag, "USER PASS EHLO HELO MAIL NICK AUTH"u8))
        {
            return Confidence.No;
        }

        // In the middle of a session any command may come first; tags are numbered.
        return LineReader.IsOneOf(command, "CAPABILITY LOGIN STARTTLS ID AUTHENTICATE NOOP LOGOUT SELECT ENABLE NAMESPACE"u8)
            || (tag.ContainsAnyInRange((byte)'0', (byte)'9') && LineReader.IsOneOf(command, "UID FETCH LIST LSUB STATUS EXAMINE IDLE APPEND STORE SEARCH CLOSE EXPUNGE CHECK"u8))
            ? Confidence.Plausible : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new ImapParser(this, flow, bus);

    private static Confidence ProbeResponse(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> tag = LineReader.Word(line, out ReadOnlySpan<byte> text);
        ReadOnlySpan<byte> word = LineReader.Word(text, out ReadOnlySpan<byte> rest);
        if (tag is not [(byte)'*'])
        {
            return tag.ContainsAnyInRange((byte)'0', (byte)'9') && LineReader.IsOneOf(word, "OK NO BAD"u8) ? Confidence.Plausible : Confidence.No;
        }

        return line is not [_, (byte)' ', ..] ? Confidence.No
            : LineReader.IsOneOf(word, "OK PREAUTH BYE"u8) ? Confidence.Certain
            : LineReader.IsOneOf(word, "FLAGS CAPABILITY LIST LSUB SEARCH STATUS"u8) ? Confidence.Plausible
            : !word.ContainsAnyExceptInRange((byte)'0', (byte)'9') && LineReader.IsOneOf(LineReader.Word(rest, out _), "FETCH EXISTS RECENT EXPUNGE"u8) ? Confidence.Plausible
            : Confidence.No;
    }
}
