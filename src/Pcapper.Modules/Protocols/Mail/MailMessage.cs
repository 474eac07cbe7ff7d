namespace Pcapper.Modules.Protocols.Mail;

/// <summary>What a message says. Texts are decoded and bounded, not made printable; lists are bounded.</summary>
public sealed record MailMessage
{
    /// <summary>Gets the From field.</summary>
    public IReadOnlyList<MailAddress> From { get; init; } = [];

    /// <summary>Gets the From field as it stands, unfolded, or null.</summary>
    public string? FromText { get; init; }

    /// <summary>Gets the Sender field, or null.</summary>
    public string? Sender { get; init; }

    /// <summary>Gets the address of the Return-Path field: the envelope's sender, as the receiving server saw it; or null.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>Gets the Reply-To field.</summary>
    public IReadOnlyList<MailAddress> ReplyTo { get; init; } = [];

    /// <summary>Gets the To field.</summary>
    public IReadOnlyList<MailAddress> To { get; init; } = [];

    /// <summary>Gets the Cc field.</summary>
    public IReadOnlyList<MailAddress> Cc { get; init; } = [];

    /// <summary>Gets the subject, or null.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets the Date field as it stands, or null.</summary>
    public string? Date { get; init; }

    /// <summary>Gets the Message-ID field as it stands, or null.</summary>
    public string? MessageId { get; init; }

    /// <summary>Gets the In-Reply-To field as it stands, or null.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Gets the Received fields, the latest hop first, unfolded.</summary>
    public IReadOnlyList<string> Received { get; init; } = [];

    /// <summary>Gets the X-Originating-IP field, or null.</summary>
    public string? OriginatingIp { get; init; }

    /// <summary>Gets the X-Mailer or User-Agent field, or null.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Gets what receiving servers state of the sender's authentication, as <c>spf=fail</c>.</summary>
    public IReadOnlyList<string> Authentication { get; init; } = [];

    /// <summary>Gets the files inside of it.</summary>
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>Gets how many files there are.</summary>
    public int AttachmentCount { get; init; }

    /// <summary>Gets the identifiers of the message and of its attachments in logs of files; none where nobody wants files.</summary>
    public IReadOnlyList<string> FileIds { get; init; } = [];

    /// <summary>Gets the URLs in its texts.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Gets what its texts say of credentials.</summary>
    public BodyFacts Body { get; init; }

    /// <summary>Gets how many bytes it has, encoded, as far as they were seen.</summary>
    public required long Bytes { get; init; }

    /// <summary>Gets a value indicating whether all of it was seen and looked at.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Gets a value indicating whether only a part of it was sent (headers, or an excerpt).</summary>
    public bool IsExcerpt { get; init; }
}
