using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>Pairs the commands of a session with their tagged answers.</summary>
/// <param name="flow">The connection.</param>
/// <param name="bus">Where records go.</param>
internal sealed class ImapSession(FlowContext flow, RecordBus bus)
{
    private const int LongestCommand = 32;
    private const int LongestTag = 64;

    private readonly Emitter<ImapTransaction> _transactions = bus.Emitter<ImapTransaction>();
    private readonly PendingCommands<ImapTransaction> _pending = new();
    private string? _mailbox;

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _transactions.IsWanted;

    /// <summary>Gets or sets the user that tried to log in last.</summary>
    public string? User { get; set; }

    /// <summary>The client sends a command. Returns its name, in capitals.</summary>
    public string Command(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> word, ReadOnlySpan<byte> arguments, in StreamChunk chunk)
    {
        bool isUid = LineReader.Is(word, "UID"u8);
        word = isUid ? LineReader.Word(arguments, out arguments) : word;
        if (word.IsEmpty || word.Length > LongestCommand || tag.Length > LongestTag)
        {
            return string.Empty;
        }

        string command = WireText.Decode(word).ToUpperInvariant();
        string? mailbox = command is "SELECT" or "EXAMINE" or "APPEND" ? ImapText.Word(arguments) : _mailbox;
        var transaction = new ImapTransaction
        {
            Flow = flow.Id,
            Frame = chunk.Frame,
            Time = chunk.Time,
            Tag = WireText.Decode(tag),
            Command = command,
            IsUid = isUid,
            Arguments = command is "LOGIN" or "AUTHENTICATE" ? string.Empty : WireText.Decode(arguments),
            User = User,
            Mailbox = mailbox,
        };
        if (_pending.Add(transaction) is { } dropped)
        {
            State(dropped);
        }

        return command;
    }

    /// <summary>The server answers to a tag.</summary>
    public void Answer(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> status, ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        string name = WireText.Decode(tag);
        if (!LineReader.IsOneOf(status, "OK NO BAD"u8) || _pending.Find(t => t.Tag == name) is not { } found)
        {
            return;
        }

        string outcome = WireText.Decode(status).ToUpperInvariant();
        _mailbox = outcome != "OK" ? _mailbox : found.Command switch
        {
            "SELECT" or "EXAMINE" => found.Mailbox,
            "CLOSE" or "UNSELECT" => null,
            _ => _mailbox,
        };
        State(found with { Status = outcome, Text = WireText.Decode(text), ReplyFrame = chunk.Frame, User = User ?? found.User });
    }

    /// <summary>The session is over.</summary>
    public void End()
    {
        while (_pending.Take() is { } transaction)
        {
            State(transaction);
        }
    }

    private void State(ImapTransaction transaction)
    {
        if (_transactions.IsWanted)
        {
            _transactions.Emit(transaction);
        }
    }
}
