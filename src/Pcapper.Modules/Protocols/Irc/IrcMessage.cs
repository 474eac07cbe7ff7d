using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Irc;

/// <summary>The form of IRC messages (RFC 2812, 2.3.1).</summary>
internal static class IrcMessage
{
    /// <summary>Judges a line of a client.</summary>
    public static Confidence ProbeClient(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> word = LineReader.Word(line, out ReadOnlySpan<byte> rest);
        if (LineReader.Is(word, "CAP"u8))
        {
            return LineReader.IsOneOf(LineReader.Word(rest, out _), "LS REQ END LIST"u8) ? Confidence.Certain : Confidence.No;
        }

        if (LineReader.Is(word, "USER"u8))
        {
            int spaces = rest.Count((byte)' ');
            return spaces >= 3 ? Confidence.Certain : Confidence.No;
        }

        return LineReader.IsOneOf(word, "NICK PASS STARTTLS JOIN PRIVMSG PING PONG QUIT"u8) && (!rest.IsEmpty || LineReader.IsOneOf(word, "STARTTLS QUIT"u8))
            ? Confidence.Plausible : Confidence.No;
    }

    /// <summary>Judges a line of a server.</summary>
    public static Confidence ProbeServer(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> word = LineReader.Word(line, out ReadOnlySpan<byte> rest);
        if (word is [(byte)':', _, ..])
        {
            ReadOnlySpan<byte> command = LineReader.Word(rest, out _);
            bool isNumeric = command is [>= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9'];
            return isNumeric || LineReader.IsOneOf(command, "NOTICE CAP PRIVMSG JOIN MODE"u8) ? Confidence.Certain : Confidence.No;
        }

        return LineReader.Is(word, "NOTICE"u8) && rest.IndexOf(" :"u8) > 0 ? Confidence.Certain
            : LineReader.IsOneOf(word, "PING ERROR"u8) && rest is [(byte)':', ..] ? Confidence.Plausible : Confidence.No;
    }

    /// <summary>Gets the command or number, and its parameters.</summary>
    public static ReadOnlySpan<byte> Command(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> parameters)
    {
        ReadOnlySpan<byte> word = LineReader.Word(line, out parameters);
        return word is [(byte)':', ..] ? LineReader.Word(parameters, out parameters) : word;
    }
}
