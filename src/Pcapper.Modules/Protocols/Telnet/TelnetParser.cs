using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Telnet;

/// <summary>Reads what a Telnet server shows before the login prompt, and who logs in; the session is passed over.</summary>
internal sealed class TelnetParser(FlowContext flow, RecordBus bus) : FlowParser
{
    /// <summary>Begins a command (RFC 854, "interpret as command").</summary>
    public const byte Command = 255;

    private const byte Will = 251;
    private const byte Do = 253;
    private const byte Dont = 254;
    private const byte Subnegotiation = 250;
    private const byte SubnegotiationEnd = 240;
    private const int MaxShown = 2048;

    private readonly SoftwareTeller _teller = new(flow, bus, "telnet");
    private readonly LoginTeller _logins = new(flow, bus, "telnet");
    private readonly List<byte> _shown = [];
    private TelnetLogin? _login;
    private bool _isToldOrGivenUp;

    /// <summary>Tells whether bytes begin with a command about an option.</summary>
    public static bool IsNegotiation(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [Command, >= Will and <= Dont, < 50 or (>= 138 and <= 140) or 200 or 255, ..] => true,
        [Command, Subnegotiation, < 50, ..] => true,
        _ => false,
    };

    /// <summary>Tells whether text asks for a login.</summary>
    public static bool IsPrompt(ReadOnlySpan<byte> text)
        => LineReader.IsText(text) && (LineReader.Contains(text, "login:"u8) || LineReader.Contains(text, "Username:"u8) || LineReader.Contains(text, "Password:"u8));

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (_login is null && _logins.IsWanted)
        {
            _login = new TelnetLogin(_logins);
        }

        if (_login is null && (direction == Direction.ToResponder || _isToldOrGivenUp || !_teller.IsWanted))
        {
            return ParseResult.Finished;
        }

        ReadOnlySpan<byte> bytes = chunk.Bytes;
        if (bytes[0] == Command)
        {
            return TakeCommand(bytes);
        }

        int end = bytes.IndexOf(Command);
        ReadOnlySpan<byte> text = end < 0 ? bytes : bytes[..end];
        if (direction == Direction.ToResponder)
        {
            _login?.Types(direction, text, chunk);
        }
        else
        {
            _login?.Shows(text);
            Greet(text, chunk);
        }

        return ParseResult.Done(text.Length);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        _login?.Lose(direction);
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd() => _logins.End();

    private void Greet(ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        if (_isToldOrGivenUp)
        {
            return;
        }

        _shown.AddRange(text[..Math.Min(text.Length, MaxShown - _shown.Count)]);
        ReadOnlySpan<byte> shown = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_shown);
        if (IsPrompt(shown))
        {
            Tell(shown, chunk);
            _isToldOrGivenUp = true;
        }
        else
        {
            _isToldOrGivenUp = _shown.Count >= MaxShown;
        }
    }

    private static ParseResult TakeCommand(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
        {
            return ParseResult.NeedMore(2);
        }

        switch (bytes[1])
        {
            case >= Will and <= Dont:
                return bytes.Length < 3 ? ParseResult.NeedMore(3) : ParseResult.Done(3);
            case Subnegotiation:
                int end = bytes.IndexOf([Command, SubnegotiationEnd]);
                return end >= 0 ? ParseResult.Done(end + 2) : bytes.Length > MaxShown ? ParseResult.Done(bytes.Length) : ParseResult.NeedMore(bytes.Length + 1L);
            default:
                return ParseResult.Done(2);
        }
    }

    // The first line that says something, unless it is the prompt itself.
    private void Tell(ReadOnlySpan<byte> shown, in StreamChunk chunk)
    {
        while (LineReader.TryRead(shown, out ReadOnlySpan<byte> line, out int length))
        {
            ReadOnlySpan<byte> text = line.Trim(" -*=#.\t\0\r\x1b"u8);
            if (text.Length > 2 && !IsPrompt(text))
            {
                _teller.Server(Direction.ToOriginator, text, chunk);
                return;
            }

            shown = shown[length..];
        }
    }
}
