using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Redis;

/// <summary>The form of Redis messages: a sign, then a number or a text, up to CR LF.</summary>
internal static class Resp
{
    /// <summary>The most bytes that a counted string can have (proto-max-bulk-len).</summary>
    public const long MaxString = 512L * 1024 * 1024;

    private const int MaxDigits = 10;
    private const int MaxArray = 1_000_000;

    /// <summary>Judges whether a stream begins with a command: an array of counted strings, or a word.</summary>
    public static Confidence ProbeCommand(ReadOnlySpan<byte> first)
    {
        if (first is not [(byte)'*', ..])
        {
            return LineReader.ProbeCommand(first, default, "PING INFO ECHO SELECT COMMAND CONFIG HELLO KEYS DBSIZE FLUSHALL SLAVEOF REPLICAOF MONITOR"u8);
        }

        if (!LineReader.TryRead(first, out ReadOnlySpan<byte> line, out int length))
        {
            return first.Length <= MaxDigits && IsDigits(first[1..]) ? Confidence.Undecided : Confidence.No;
        }

        ReadOnlySpan<byte> rest = first[length..];
        return !TryNumber(line[1..], out long count) || count is < 1 or > MaxArray || first[length - 2] != '\r' ? Confidence.No
            : rest.IsEmpty ? Confidence.Undecided
            : rest[0] != '$' ? Confidence.No
            : LineReader.TryRead(rest, out line, out _) ? (TryNumber(line[1..], out _) ? Confidence.Certain : Confidence.No)
            : rest.Length <= MaxDigits && IsDigits(rest[1..]) ? Confidence.Undecided : Confidence.No;
    }

    /// <summary>Judges whether a stream begins with a reply; many protocols' replies look alike, so it is never certain.</summary>
    public static Confidence ProbeReply(ReadOnlySpan<byte> first)
    {
        if (first is not [(byte)'+' or (byte)'-' or (byte)':' or (byte)'$' or (byte)'*' or (byte)'%', ..])
        {
            return first.IsEmpty ? Confidence.Undecided : Confidence.No;
        }

        Confidence confidence = LineReader.ProbeLine(first, out ReadOnlySpan<byte> line);
        return confidence != Confidence.Certain ? confidence : first[0] switch
        {
            (byte)'+' => line[1..].ContainsAny(" :"u8) ? Confidence.No : Confidence.Plausible,
            (byte)'-' => IsErrorCode(LineReader.Word(line[1..], out _)) ? Confidence.Plausible : Confidence.No,
            _ => TryNumber(line[1..], out _) ? Confidence.Plausible : Confidence.No,
        };
    }

    /// <summary>Reads the number behind a sign.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out long number)
        => System.Buffers.Text.Utf8Parser.TryParse(text, out number, out int used) && used == text.Length && used > 0;

    private static bool IsDigits(ReadOnlySpan<byte> text) => !text.TrimEnd((byte)'\r').ContainsAnyExceptInRange((byte)'0', (byte)'9');

    // -ERR, -NOAUTH, -WRONGTYPE, -DENIED, ...
    private static bool IsErrorCode(ReadOnlySpan<byte> word) => word.Length is >= 3 and <= 20 && !word.ContainsAnyExceptInRange((byte)'A', (byte)'Z');
}
