using Pcapper.Engine;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Modules.Protocols.Smtp;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>Which mails crossed the network, between whom, and what they carry.</summary>
public sealed class EmailAnalyzer : Analyzer<EmailState>, IRecordConsumer<MailSeen>, IRecordConsumer<SmtpTransaction>, IRecordConsumer<CredentialSeen>, IRecordConsumer<FlowEnded>
{
    private const int MostNames = 4;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new("email", "--email", "E-mail", "mails with senders, recipients, attachments and URLs; mail servers, logins, STARTTLS; spoofing, risky attachments, spam", 1, EmailFindings.All);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<MailSeen>(this);
        bus.Subscribe<SmtpTransaction>(this);
        bus.Subscribe<CredentialSeen>(this);
        bus.Subscribe<FlowEnded>(this);
    }

    /// <inheritdoc/>
    public void Consume(MailSeen record)
    {
        MailMessage message = record.Message;
        bool isUp = record.Direction == Direction.ToResponder;
        var server = new EndpointKey(record.Server, record.Flow.ResponderPort, IpProtocol.Tcp);
        State.Servers[new(record.Protocol, server)].Counts[isUp ? ServerMail.Received : ServerMail.Fetched]++;
        string? sender = MailJudge.Sender(record);
        string[] recipients = [.. MailJudge.Recipients(record)];
        AddRow(record, sender, recipients);
        if (sender is { Length: > 0 })
        {
            MailboxUse use = State.Mailboxes[sender.ToLowerInvariant()];
            use.Sent.Add();
            use.Frames.Add(record.Frame);
            use.Hosts.Add(record.Flow.Sender(record.Direction));
        }

        foreach (string recipient in recipients.Where(r => r.Length > 0))
        {
            MailboxUse use = State.Mailboxes[recipient.ToLowerInvariant()];
            use.Received.Add();
            use.Frames.Add(record.Frame);
        }

        foreach (string url in message.Urls)
        {
            AddLink(State.Urls[url], record, sender);
        }

        foreach (MailAttachment attachment in message.Attachments)
        {
            AddLink(State.Attachments[AttachmentKey.Of(attachment)], record, sender);
        }

        Judge(record, server, isUp, sender);
    }

    /// <inheritdoc/>
    public void Consume(SmtpTransaction record)
    {
        OutgoingMail use = State.Clients[record.Flow.Originator];
        use.Times.Add(record.Time);
        use.Servers.Add(new AddressKey(record.Flow.Responder));
        use.Frames.Add(record.Frame);
        use.When.Add(record.Time, record.Frame);
        if (MailAddress.DomainOf(record.From) is { Length: > 0 } domain)
        {
            use.SenderDomains.Add(domain);
        }

        if (record.Hello is { Length: > 0 } hello)
        {
            use.Hellos.Add(hello.ToLowerInvariant());
        }

        foreach (SmtpRecipient recipient in record.Recipients)
        {
            use.Recipients.Add(new TextKey(recipient.Address.ToLowerInvariant()));
            use.Answers[OutgoingMail.Accepted] += recipient.Code is >= 200 and < 300 ? 1 : 0;
            use.Answers[OutgoingMail.Refused] += recipient.Code >= 500 ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Consume(CredentialSeen record)
    {
        if (!IsMail(record.Protocol))
        {
            return;
        }

        LoginUse use = State.Logins[new(record.Protocol, new EndpointKey(record.Server, record.ServerPort, record.Flow.Key.Protocol), record.User)];
        use.Accepted.Add(record.Success == true ? 1 : 0);
        use.Refused.Add(record.Success == false ? 1 : 0);
        use.Schemes.Add(record.Scheme);
        use.Frames.Add(record.Frame);
        use.When.Add(record.Time, record.Frame);
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        if (record.Services.FirstOrDefault(IsMail) is not { } protocol)
        {
            return;
        }

        ServerMail use = State.Servers[new(protocol, new EndpointKey(record.Flow.Responder, record.Flow.ResponderPort, record.Flow.Key.Protocol))];
        use.Counts[ServerMail.Connections]++;
        use.Counts[ServerMail.Tls] += record.Services.Contains("tls", StringComparer.Ordinal) ? 1 : 0;
        use.Clients.Add(new AddressKey(record.Flow.Originator));
        use.Frames.Add(record.Flow.First);
        use.When.Add(record.Time, record.Frame);
    }

    /// <inheritdoc/>
    public override void Conclude(EmailState state, Conclusions conclusions)
    {
        EmailFindings.Raise(state, conclusions);
        EmailSection.Write(state, conclusions.Section);
    }

    /// <summary>Tells whether a protocol carries mail, or rules for it.</summary>
    internal static bool IsMail(string protocol) => protocol is "smtp" or "pop3" or "imap" or "managesieve";

    private static void AddLink(LinkUse use, MailSeen record, string? sender)
    {
        use.Frames.Add(record.Frame);
        use.When.Add(record.Time, record.Frame);
        use.Senders.Add(sender);
        use.Subjects.Add(record.Message.Subject);
    }

    private void AddRow(MailSeen record, string? sender, string[] recipients)
    {
        MailMessage message = record.Message;
        string files = string.Join(", ", message.Attachments.Take(MostNames).Select(a => a.Name ?? a.Declared));
        State.Mails.Add(new MailRow(
            record.Time, record.Frame, record.Protocol, record.Flow.Sender(record.Direction), record.Flow.Receiver(record.Direction), sender, recipients.FirstOrDefault(), Math.Max(0, recipients.Length - 1),
            message.Subject, files, message.AttachmentCount, message.Bytes, record.Envelope.Code ?? 0, message.IsComplete));
    }

    private void Judge(MailSeen record, EndpointKey server, bool isUp, string? sender)
    {
        MailMessage message = record.Message;
        MailEvidence Of(MailEvidenceKind kind, string? detail) => State.Evidence[new(kind, record.Client, server, isUp, detail)];

        if (MailJudge.Spoofed(record) is { Count: > 0 } spoofed)
        {
            Of(MailEvidenceKind.Spoofed, sender).Add(record, spoofed);
        }

        foreach (MailAttachment attachment in message.Attachments.Where(a => a.Traits != AttachmentTraits.None))
        {
            bool isDisguised = (attachment.Traits & (AttachmentTraits.Disguised | AttachmentTraits.DoubleEnding | AttachmentTraits.Reversed)) != 0;
            MailEvidence evidence = Of(isDisguised ? MailEvidenceKind.Disguised : MailEvidenceKind.Risky, attachment.Name ?? attachment.Declared);
            evidence.Add(record, [$"{attachment.Sniffed ?? "unknown content"}, declared {attachment.Declared}, {Units.Bytes(attachment.Bytes)}"]);
            evidence.Hashes.Add(attachment.Sha256);
            evidence.Traits.AddMask((ulong)attachment.Traits);
        }

        if (MailJudge.Stolen(message) is { Count: > 0 } stolen)
        {
            MailEvidence evidence = Of(MailEvidenceKind.Stolen, sender);
            evidence.Add(record, stolen);
            evidence.Most.Add(message.Body.Machine, record.Frame);
        }
        else if (MailJudge.Credentials(message) is { Count: > 0 } credentials)
        {
            MailEvidence evidence = Of(MailEvidenceKind.Credentials, sender);
            evidence.Add(record, credentials);
            evidence.Most.Add(message.Body.Passwords, record.Frame);
        }
    }
}
