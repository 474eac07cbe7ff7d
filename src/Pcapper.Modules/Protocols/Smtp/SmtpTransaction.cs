using Pcapper.Engine;
using Pcapper.Modules.Protocols.Mail;

namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>One mail transaction of SMTP or LMTP: the envelope, and the message if there was one. Frame and time are those of MAIL FROM.</summary>
public sealed record SmtpTransaction : ProtocolRecord
{
    /// <summary>Gets which transaction of the connection it is, from 1.</summary>
    public required int Depth { get; init; }

    /// <summary>Gets a value indicating whether the client speaks LMTP (RFC 2033).</summary>
    public bool IsLmtp { get; init; }

    /// <summary>Gets the name that the client gave in HELO, EHLO or LHLO, raw, or null.</summary>
    public string? Hello { get; init; }

    /// <summary>Gets the sender of the envelope without its angle brackets, raw: empty for bounces; null if MAIL FROM was not seen.</summary>
    public string? From { get; init; }

    /// <summary>Gets the extension parameters of MAIL FROM, raw: <c>SIZE=1000 BODY=8BITMIME</c>; or null.</summary>
    public string? Parameters { get; init; }

    /// <summary>Gets the recipients of the envelope, at most <see cref="Packets.Limits.MailAddresses"/>.</summary>
    public IReadOnlyList<SmtpRecipient> Recipients { get; init; } = [];

    /// <summary>Gets how many recipients there were.</summary>
    public int RecipientCount { get; init; }

    /// <summary>Gets the user that had logged in, raw, or null.</summary>
    public string? User { get; init; }

    /// <summary>Gets the code of the server's last reply in this transaction, or null.</summary>
    public int? Code { get; init; }

    /// <summary>Gets that reply, raw, or null.</summary>
    public string? Reply { get; init; }

    /// <summary>Gets the message, or null if none was sent or nobody wants to know.</summary>
    public MailMessage? Message { get; init; }
}
