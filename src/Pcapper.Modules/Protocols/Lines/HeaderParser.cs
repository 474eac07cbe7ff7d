using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>Reads which software the header fields of SIP and RTSP messages name.</summary>
internal sealed class HeaderParser(IProtocol protocol, FlowContext flow, RecordBus bus) : LineParser(protocol, flow, bus)
{
    /// <summary>Judges a stream or datagram that must begin with a request or status line of a version.</summary>
    /// <param name="first">The bytes.</param>
    /// <param name="version">How status lines begin: <c>SIP/2.0 </c>.</param>
    public static Confidence Probe(ReadOnlySpan<byte> first, ReadOnlySpan<byte> version)
    {
        Confidence confidence = LineReader.ProbeLine(first, out ReadOnlySpan<byte> line);
        if (confidence != Confidence.Certain)
        {
            return confidence == Confidence.Undecided && !first.IsEmpty && !char.IsAsciiLetterUpper((char)first[0]) ? Confidence.No : confidence;
        }

        // "INVITE sip:bob@example.org SIP/2.0"
        bool isRequest = line.Length > version.Length + 3 && line[^version.Length] == ' ' && line[^(version.Length - 1)..].SequenceEqual(version[..^1])
            && char.IsAsciiLetterUpper((char)line[0]);
        return isRequest || line.StartsWith(version) ? Confidence.Certain : Confidence.No;
    }

    /// <inheritdoc/>
    protected override LineOutcome TakeLine(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        int colon = line.IndexOf((byte)':');
        if (colon < 0 || !LineReader.IsOneOf(line[..colon].TrimEnd((byte)' '), "SERVER USER-AGENT"u8))
        {
            return LineOutcome.Next;
        }

        ReadOnlySpan<byte> software = line[(colon + 1)..];
        if (direction == Direction.ToOriginator)
        {
            Teller.Server(direction, software, chunk);
        }
        else
        {
            Teller.Client(direction, software, chunk);
        }

        return LineOutcome.Next;
    }
}
