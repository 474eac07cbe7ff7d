using System.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Digest;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>Reads which software the header fields of SIP and RTSP messages name, and who logs in.</summary>
/// <param name="protocol">The protocol.</param>
/// <param name="flow">The flow.</param>
/// <param name="bus">Where records go.</param>
/// <param name="version">How status lines begin: <c>SIP/2.0</c>.</param>
internal sealed class HeaderParser(IProtocol protocol, FlowContext flow, RecordBus bus, string version) : LineParser(protocol, flow, bus)
{
    private const int MaxMethod = 32;

    private readonly byte[] _version = Encoding.ASCII.GetBytes(version);
    private string? _method;
    private Direction _asked;

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
        if (line.StartsWith(_version))
        {
            Answer(direction, line[_version.Length..].TrimStart((byte)' '));
            return LineOutcome.Next;
        }

        // "INVITE sip:bob@example.org SIP/2.0"
        if (line.EndsWith(_version) && line.IndexOf((byte)' ') is > 0 and <= MaxMethod and var space)
        {
            _method = LoginTeller.Text(line[..space]);
            return LineOutcome.Next;
        }

        int colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return LineOutcome.Next;
        }

        ReadOnlySpan<byte> name = line[..colon].TrimEnd((byte)' ');
        ReadOnlySpan<byte> value = line[(colon + 1)..].TrimStart((byte)' ');
        if (LineReader.IsOneOf(name, "SERVER USER-AGENT"u8))
        {
            Software(direction, value, chunk);
        }
        else if (Logins.IsWanted && LineReader.IsOneOf(name, "AUTHORIZATION PROXY-AUTHORIZATION"u8))
        {
            Login(direction, value, chunk);
        }

        return LineOutcome.Next;
    }

    private void Software(Direction direction, ReadOnlySpan<byte> software, in StreamChunk chunk)
    {
        if (direction == Direction.ToOriginator)
        {
            Teller.Server(direction, software, chunk);
        }
        else
        {
            Teller.Client(direction, software, chunk);
        }
    }

    // RFC 3261, 22: 1xx is provisional; 401, 403 and 407 refuse. Other outcomes are not about the password.
    private void Answer(Direction direction, ReadOnlySpan<byte> status)
    {
        if (direction == _asked || status.IsEmpty || !Logins.IsUnsettled)
        {
            return;
        }

        if (status[0] == '2')
        {
            Logins.Settle(true);
        }
        else if (status.StartsWith("401"u8) || status.StartsWith("403"u8) || status.StartsWith("407"u8))
        {
            Logins.Settle(false);
        }
    }

    private void Login(Direction direction, ReadOnlySpan<byte> value, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> scheme = LineReader.Word(value, out ReadOnlySpan<byte> rest);
        string text = Packets.WireText.Decode(rest, LineReader.MaxLine);
        if (LineReader.Is(scheme, "Digest"u8))
        {
            (string? user, string? realm, HashLine? line) = DigestResponse.Read(_method, text);
            Logins.Ask(Logins.Seen(direction, "digest", CredentialKind.Response, chunk) with { User = user, Realm = realm, Secret = Secret.From(line?.Line ?? text), HashcatMode = line?.Mode });
        }
        else if (LineReader.Is(scheme, "Basic"u8) && BasicLogin.Read(text) is { } login)
        {
            Logins.Ask(Logins.Seen(direction, "basic", CredentialKind.Password, chunk) with { User = login.User, Secret = Secret.From(login.Secret), OnWire = Secret.From(text) });
        }

        _asked = direction;
    }
}
