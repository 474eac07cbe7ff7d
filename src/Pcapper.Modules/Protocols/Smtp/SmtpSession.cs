using System.Buffers.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>Follows the mail transactions of a connection: pairs commands with replies, gathers envelopes and messages.</summary>
/// <param name="flow">The connection.</param>
/// <param name="bus">Where records go.</param>
internal sealed class SmtpSession(FlowContext flow, RecordBus bus)
{
    private readonly Emitter<SmtpTransaction> _transactions = bus.Emitter<SmtpTransaction>();
    private readonly MailTeller _mails = new(flow, bus, "smtp");
    private readonly PendingCommands<SmtpRequest> _pending = new();
    private SmtpMail? _mail;
    private string? _hello;
    private bool _isLmtp;
    private int _depth;

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _transactions.IsWanted || _mails.IsWanted;

    /// <summary>Gets or sets the user that has logged in.</summary>
    public string? User { get; set; }

    /// <summary>Gets a value indicating whether a command waits for its reply.</summary>
    public bool HasPending => _pending.Next is not null;

    /// <summary>The client sends a command. Returns how many bytes follow it that are no commands, or 0.</summary>
    public (long Bytes, IBodySink? Sink) Command(ReadOnlySpan<byte> word, ReadOnlySpan<byte> argument, in StreamChunk chunk)
    {
        if (LineReader.IsOneOf(word, "HELO EHLO LHLO"u8))
        {
            Finish(_mail);
            _isLmtp = LineReader.Is(word, "LHLO"u8);
            _hello = WireText.Decode(argument, Limits.StateText);
            Wait(new(SmtpCommand.Other));
        }
        else if (LineReader.Is(word, "MAIL"u8) && SmtpPath.TryRead(argument, "FROM"u8, out string from, out string? parameters))
        {
            Finish(_mail);
            _mail = new SmtpMail { Frame = chunk.Frame, Time = chunk.Time, From = from, Parameters = parameters };
            Wait(new(SmtpCommand.Mail, _mail));
        }
        else if (LineReader.Is(word, "RCPT"u8) && SmtpPath.TryRead(argument, "TO"u8, out string to, out _))
        {
            _mail ??= new SmtpMail { Frame = chunk.Frame, Time = chunk.Time };
            Wait(new(SmtpCommand.Recipient, _mail, _mail.Add(to)));
        }
        else if (LineReader.Is(word, "DATA"u8))
        {
            Wait(new(SmtpCommand.Data, _mail));
        }
        else if (LineReader.Is(word, "BDAT"u8) && Utf8Parser.TryParse(argument, out uint size, out int used))
        {
            return Chunk(size, LineReader.Is(argument[used..].Trim((byte)' '), "LAST"u8), chunk);
        }
        else
        {
            if (LineReader.IsOneOf(word, "RSET QUIT"u8))
            {
                Finish(_mail);
            }

            Wait(new(LineReader.Is(word, "AUTH"u8) ? SmtpCommand.Auth : SmtpCommand.Other));
        }

        return default;
    }

    /// <summary>Makes what takes the message behind DATA.</summary>
    public LineBody Data()
    {
        _mail ??= new SmtpMail { Frame = flow.LastFrame, Time = flow.Last };
        _mail.Bytes = IsWanted ? _mails.Begin(Direction.ToResponder) : null;
        return new DotBody(_mail.Bytes);
    }

    /// <summary>The message behind DATA has ended.</summary>
    public void DataOver(bool hasEnd) => EndMessage(hasEnd);

    /// <summary>The server sends the last line of a reply. Returns which command it answers, or null.</summary>
    public SmtpCommand? Answer(int code, ReadOnlySpan<byte> line)
    {
        if (_pending.Next is not { } request || (request.Kind == SmtpCommand.Auth && code == 334))
        {
            return null;
        }

        _pending.Take();
        if (request.Mail is not { } mail)
        {
            return request.Kind;
        }

        (mail.Code, mail.Reply) = (code, WireText.Decode(line));
        if (request.Kind == SmtpCommand.Recipient)
        {
            mail.Answer(request.Place, code);
        }
        else if (request.Kind == SmtpCommand.End && --mail.RepliesLeft <= 0)
        {
            Finish(mail);
        }

        return request.Kind;
    }

    /// <summary>Lines are missing: what was sent before is not paired any more.</summary>
    public void Lost()
    {
        while (_pending.Take() is { } request)
        {
            if (request.Kind == SmtpCommand.End)
            {
                Finish(request.Mail);
            }
        }
    }

    /// <summary>The connection is over.</summary>
    public void End()
    {
        Lost();
        Finish(_mail);
        _mails.End();
    }

    private (long, IBodySink?) Chunk(uint size, bool isLast, in StreamChunk chunk)
    {
        SmtpMail mail = _mail ??= new SmtpMail { Frame = chunk.Frame, Time = chunk.Time };
        mail.Bytes ??= IsWanted ? _mails.Begin(Direction.ToResponder) : null;
        mail.Announced += size;
        MailBytes? sink = mail.Bytes;
        if (isLast)
        {
            EndMessage(hasEnd: true);
        }
        else
        {
            Wait(new(SmtpCommand.Chunk, mail));
        }

        return (size, sink);
    }

    private void EndMessage(bool hasEnd)
    {
        if (_mail is not { } mail)
        {
            return;
        }

        _mail = null;
        mail.HasEnd = hasEnd;
        mail.RepliesLeft = _isLmtp ? Math.Clamp(mail.Accepted, 1, Limits.MessagesInFlight / 2) : 1;
        for (int i = 0; i < mail.RepliesLeft; i++)
        {
            Wait(new(SmtpCommand.End, mail));
        }
    }

    private void Wait(SmtpRequest request)
    {
        if (_pending.Add(request) is { Kind: SmtpCommand.End } dropped)
        {
            Finish(dropped.Mail);
        }
    }

    private void Finish(SmtpMail? mail)
    {
        if (mail is null || mail.IsStated)
        {
            return;
        }

        mail.IsStated = true;
        _mail = mail == _mail ? null : _mail;
        _depth++;
        MailMessage? message = mail.Bytes is { Seen: > 0 } bytes
            ? _mails.Tell(Direction.ToResponder, bytes, mail.HasEnd && bytes.Seen + bytes.Missing >= mail.Announced, new MailEnvelope(mail.From, [.. mail.Recipients.Select(r => r.Address)], _hello, mail.Code)) : null;
        mail.Bytes = null;
        if (_transactions.IsWanted)
        {
            _transactions.Emit(new SmtpTransaction
            {
                Flow = flow.Id,
                Frame = mail.Frame,
                Time = mail.Time,
                Depth = _depth,
                IsLmtp = _isLmtp,
                Hello = _hello,
                From = mail.From,
                Parameters = mail.Parameters,
                Recipients = [.. mail.Recipients],
                RecipientCount = mail.RecipientCount,
                User = User,
                Code = mail.Code,
                Reply = mail.Reply,
                Message = message,
            });
        }
    }
}
