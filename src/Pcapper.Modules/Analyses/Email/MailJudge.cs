using System.Globalization;
using Pcapper.Modules.Data;
using Pcapper.Modules.Protocols.Mail;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>Judges one mail: each judgement gives its reasons in words, or none.</summary>
internal static class MailJudge
{
    /// <summary>Things told of one machine that nobody writes by hand: a computer's name, its system and its processor, for example.</summary>
    private const int ManyMachineFacts = 4;

    /// <summary>As many users and passwords, of as many hosts, are a list and not one reminder.</summary>
    private const int ManyCredentials = 3;

    // Where anybody can get an address; RFC 7489, 6.6: their domains say nothing of who writes.
    private static readonly HashSet<string> s_freeMail = new(StringComparer.Ordinal)
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com", "aol.com", "icloud.com", "me.com", "gmx.com", "gmx.de", "gmx.net", "web.de", "mail.com",
        "mail.ru", "yandex.ru", "yandex.com", "proton.me", "protonmail.com", "tutanota.com", "zoho.com", "qq.com", "163.com", "126.com",
    };

    /// <summary>Gets the recipients: of the envelope, or else of the message.</summary>
    public static IEnumerable<string> Recipients(MailSeen mail)
        => mail.Envelope.Recipients.Count > 0 ? mail.Envelope.Recipients : mail.Message.To.Concat(mail.Message.Cc).Select(a => a.Address);

    /// <summary>Gets the sender: of the message, or else of the envelope.</summary>
    public static string? Sender(MailSeen mail) => mail.Message.From is [var first, ..] ? first.Address : mail.Envelope.From;

    /// <summary>Judges whether the sender is who the mail says.</summary>
    public static List<string> Spoofed(MailSeen mail)
    {
        List<string> reasons = [];
        if (mail.Message.From is not [var from, ..] || Registered(from.Domain) is not { } domain)
        {
            return reasons;
        }

        if (AddressIn(from.Name) is { } shown && Registered(MailAddress.DomainOf(shown)) is { } shownDomain && shownDomain != domain)
        {
            reasons.Add($"the name shown is the address {shown}, the sender is {from.Address}");
        }

        IReadOnlyList<string> stated = mail.Message.Authentication;
        string? envelope = Registered(MailAddress.DomainOf(mail.Envelope.From ?? ReturnedTo(mail)));
        bool isFailed = stated.Contains("dmarc=fail", StringComparer.Ordinal) || (!stated.Contains("dmarc=pass", StringComparer.Ordinal) && !stated.Contains("dkim=pass", StringComparer.Ordinal) && stated.Contains("spf=fail", StringComparer.Ordinal));
        if (isFailed && envelope is not null && envelope != domain)
        {
            reasons.Add($"From is of {domain}, the envelope of {envelope}, and authentication failed as the receiving server states ({string.Join(", ", stated)})");
        }

        // A newsletter answers elsewhere too; a colleague does not answer from a free mailbox.
        if (mail.Message.ReplyTo is [var reply, ..] && Registered(reply.Domain) is { } replyDomain && replyDomain != domain && s_freeMail.Contains(replyDomain) && !s_freeMail.Contains(domain)
            && Recipients(mail).Any(r => Registered(MailAddress.DomainOf(r)) == domain))
        {
            reasons.Add($"From is of the recipient's own domain {domain}, answers go to {reply.Address}");
        }

        return reasons;
    }

    /// <summary>Judges whether the mail carries what a program has stolen.</summary>
    public static List<string> Stolen(MailMessage message)
    {
        List<string> reasons = [];
        BodyFacts body = message.Body;
        bool isMachine = body.Machine >= ManyMachineFacts;
        bool isList = body.Passwords >= ManyCredentials && body.Users >= ManyCredentials && body.Hosts >= ManyCredentials;
        bool hasSecrets = body is { Passwords: > 0, Users: > 0 };
        bool hasFile = message.AttachmentCount > 0;
        if (!isMachine || !(hasSecrets || (body.IsMachineInSubject && hasFile) || isList))
        {
            return reasons;
        }

        reasons.Add($"the text tells {Text(body.Machine)} facts of the machine it was written on ({Text(ManyMachineFacts)} are enough)");
        if (body.IsMachineInSubject)
        {
            reasons.Add("the subject names that machine");
        }

        if (hasSecrets)
        {
            reasons.Add($"the text gives {Text(body.Passwords)} passwords with {Text(body.Users)} users and {Text(body.Hosts)} hosts");
        }

        return reasons;
    }

    /// <summary>Judges whether the text gives a user and a password.</summary>
    public static List<string> Credentials(MailMessage message)
    {
        BodyFacts body = message.Body;
        return body is { Passwords: > 0 } && (body.Users > 0 || body.Hosts > 0)
            ? [$"the text gives {Text(body.Passwords)} passwords, {Text(body.Users)} users and {Text(body.Hosts)} hosts"] : [];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Registered(string? domain) => string.IsNullOrEmpty(domain) ? null : PublicSuffixes.RegisteredDomain(domain.ToLowerInvariant());

    // Fetched mail has no envelope; the sender's stands in Return-Path, or in what the receiving server checked.
    private static string? ReturnedTo(MailSeen mail) => mail.Message.ReturnPath;

    private static string? AddressIn(string? name)
    {
        if (name?.IndexOf('@', StringComparison.Ordinal) is not > 0)
        {
            return null;
        }

        string word = name.Split(' ', '"', '\'', '<', '>', '(', ')', ',', ';').First(w => w.Contains('@', StringComparison.Ordinal));
        return MailAddress.DomainOf(word).Contains('.', StringComparison.Ordinal) ? word : null;
    }
}
