using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Pop3;

/// <summary>Pairs the commands of a session with their answers, which come in turn (RFC 1939, 3), and gathers messages.</summary>
/// <param name="flow">The connection.</param>
/// <param name="bus">Where records go.</param>
internal sealed class Pop3Session(FlowContext flow, RecordBus bus)
{
    private const int LongestCommand = 16;

    private readonly Emitter<Pop3Transaction> _transactions = bus.Emitter<Pop3Transaction>();
    private readonly MailTeller _mails = new(flow, bus, "pop3");
    private readonly PendingCommands<Pop3Request> _pending = new();
    private string? _user;
    private MailBytes? _mail;
    private bool _isExcerpt;
    private int _pendingBefore;

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _transactions.IsWanted || _mails.IsWanted;

    /// <summary>Gets a value indicating whether a command waits for its answer.</summary>
    public bool HasPending => _pending.Next is not null;

    /// <summary>Gets a value indicating whether the client has asked for more since the last message or list began.</summary>
    public bool HasMore => _pending.Count > _pendingBefore;

    /// <summary>The client sends a command.</summary>
    public void Command(ReadOnlySpan<byte> word, ReadOnlySpan<byte> argument, in StreamChunk chunk)
    {
        string command = WireText.Decode(word, LongestCommand).ToUpperInvariant();
        _user = command switch
        {
            "USER" => WireText.Decode(argument, Limits.StateText),
            "APOP" => WireText.Decode(LineReader.Word(argument, out _), Limits.StateText),
            _ => _user,
        };
        var transaction = new Pop3Transaction
        {
            Flow = flow.Id,
            Frame = chunk.Frame,
            Time = chunk.Time,
            Command = command,
            Argument = command is "PASS" or "APOP" or "AUTH" ? string.Empty : WireText.Decode(argument),
            User = _user,
        };
        if (_pending.Add(new(transaction)) is { } dropped)
        {
            State(dropped.Transaction);
        }
    }

    /// <summary>The server answers. Returns the command, or null if none waits.</summary>
    public Pop3Request? Answer(bool isOk, ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        if (_pending.Take() is not { } request)
        {
            return null;
        }

        State(request.Transaction with { IsOk = isOk, Text = WireText.Decode(text), ReplyFrame = chunk.Frame });
        return request;
    }

    /// <summary>Makes what takes a message or a list of lines.</summary>
    public DotBody Follow(Pop3Request request)
    {
        _mail = request.IsMail && _mails.IsWanted ? _mails.Begin(Direction.ToOriginator) : null;
        _isExcerpt = request.Transaction.Command == "TOP";
        _pendingBefore = _pending.Count;
        return new DotBody(_mail);
    }

    /// <summary>A message, or a list of lines, has ended.</summary>
    public void MessageOver(bool hasEnd)
    {
        if (_mail is { Seen: > 0 } mail)
        {
            _mails.Tell(Direction.ToOriginator, mail, hasEnd, MailEnvelope.None, _isExcerpt);
        }

        _mail = null;
    }

    /// <summary>Lines are missing: what was sent before is not paired any more.</summary>
    public void Lost()
    {
        while (_pending.Take() is { } request)
        {
            State(request.Transaction);
        }
    }

    /// <summary>The session is over.</summary>
    public void End()
    {
        MessageOver(hasEnd: false);
        Lost();
        _mails.End();
    }

    private void State(Pop3Transaction transaction)
    {
        if (_transactions.IsWanted)
        {
            _transactions.Emit(transaction);
        }
    }
}
