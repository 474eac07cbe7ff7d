using System.Runtime.InteropServices;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Telnet;

/// <summary>
/// Follows who logs in: what the server asked for last tells what the user's line is. Keys come one by one or as a line. Who is in may have to give
/// another password (enable, su): it is asked for in the last line, and not shown.
/// </summary>
internal sealed class TelnetLogin(LoginTeller logins)
{
    private const int MaxTyped = 128;
    private const int MaxShown = 512;
    private const byte Backspace = 0x08;
    private const byte Delete = 0x7F;
    private const byte Escape = 0x1B;

    private readonly List<byte> _typed = [];
    private readonly List<byte> _shown = [];
    private FrameRef _frame;
    private Timestamp _time;
    private string? _user;
    private bool _isIn;

    /// <summary>The server shows text.</summary>
    public void Shows(ReadOnlySpan<byte> text)
    {
        int excess = _shown.Count + text.Length - MaxShown;
        if (excess > 0)
        {
            _shown.RemoveRange(0, Math.Min(excess, _shown.Count));
        }

        _shown.AddRange(text[^Math.Min(text.Length, MaxShown)..]);
        if (logins.IsUnsettled && Outcome(CollectionsMarshal.AsSpan(_shown)) is { } success)
        {
            logins.Settle(success);
            _isIn |= success;
        }
    }

    /// <summary>What a side said is missing in part: what is known of its line is worth nothing.</summary>
    public void Lose(Direction direction) => (direction == Direction.ToResponder ? _typed : _shown).Clear();

    /// <summary>The user types.</summary>
    public void Types(Direction direction, ReadOnlySpan<byte> keys, in StreamChunk chunk)
    {
        foreach (byte key in keys)
        {
            switch (key)
            {
                case (byte)'\r' or (byte)'\n':
                    Enter(direction);
                    break;
                case Backspace or Delete:
                    if (_typed.Count > 0)
                    {
                        _typed.RemoveAt(_typed.Count - 1);
                    }

                    break;
                case >= 0x20 when _typed.Count < MaxTyped:
                    if (_typed.Count == 0)
                    {
                        _frame = chunk.Frame;
                        _time = chunk.Time;
                    }

                    _typed.Add(key);
                    break;
            }
        }
    }

    // "Last login:" greets who was let in.
    private static bool AsksForUser(ReadOnlySpan<byte> text)
        => LineReader.Contains(text, "login:"u8) && !LineReader.Contains(text, "last login:"u8) ? true
            : LineReader.Contains(text, "login :"u8) || LineReader.Contains(text, "username:"u8) || LineReader.Contains(text, "user name:"u8) || LineReader.Contains(text, "account:"u8);

    private static bool AsksForPassword(ReadOnlySpan<byte> text) => LineReader.Contains(text, "password:"u8) || LineReader.Contains(text, "password for"u8) || LineReader.Contains(text, "passwd:"u8);

    private static bool? Outcome(ReadOnlySpan<byte> text)
    {
        foreach (Range word in "incorrect|failed|failure|denied|invalid|bad pass|bad secret|wrong"u8.Split((byte)'|'))
        {
            if (LineReader.Contains(text, "incorrect|failed|failure|denied|invalid|bad pass|bad secret|wrong"u8[word]))
            {
                return false;
            }
        }

        if (LineReader.Contains(text, "last login"u8) || LineReader.Contains(text, "welcome"u8))
        {
            return true;
        }

        if (AsksForUser(text) || AsksForPassword(text))
        {
            return false;
        }

        // A shell's prompt; control sequences may surround it.
        int escape = text.LastIndexOf(Escape);
        ReadOnlySpan<byte> end = (escape > 0 && text.Length - escape < 12 ? text[..escape] : text).TrimEnd(" \0"u8);

        // Routers begin errors with a percent sign, which may come alone.
        return end is [.., (byte)'$' or (byte)'#' or (byte)'>'] or [.., not (byte)'\n', (byte)'%'] ? true : null;
    }

    private void Enter(Direction direction)
    {
        // CR LF and CR NUL are one key; an empty line answers nothing, but an empty password does.
        ReadOnlySpan<byte> shown = CollectionsMarshal.AsSpan(_shown);
        shown = _isIn ? shown[(shown.LastIndexOf((byte)'\n') + 1)..] : shown;
        bool isPassword = AsksForPassword(shown) && (!_isIn || shown.TrimEnd(" \0"u8) is [.., (byte)':']);
        if (_typed.Count == 0 && (!isPassword || _user is null))
        {
            return;
        }

        string text = LoginTeller.Text(CollectionsMarshal.AsSpan(_typed));
        if (isPassword && (_typed.Count > 0 || !logins.IsUnsettled))
        {
            logins.Ask(logins.Seen(direction, "typed", CredentialKind.Password, _frame, _time) with { User = _user, Secret = Secret.From(text) });
            _user = null;
        }
        else if (AsksForUser(shown))
        {
            _user = text;
        }

        _typed.Clear();
        _shown.Clear();
    }
}
