using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>What the module of mail can find, and when it does. Logins in the clear are the module of credentials' to find.</summary>
public static class EmailFindings
{
    /// <summary>A sender who is not who the mail says.</summary>
    public static readonly FindingType Spoofed = new("email.spoofed-sender", "Mail with a forged sender", Severity.Medium, "T1566", "T1656")
    {
        Suspect = Suspect.Neither,
        Unless = "a mailing list or a forwarder that changes the envelope",
    };

    /// <summary>An attachment that pretends to be something else.</summary>
    public static readonly FindingType Disguised = new("email.disguised-attachment", "Attachment that is not what it says", Severity.High, "T1566.001", "T1036.007", "T1036.002")
    {
        Unless = "a sample that was sent to analysts",
    };

    /// <summary>An attachment that runs, or hides what it holds.</summary>
    public static readonly FindingType Risky = new("email.risky-attachment", "Attachment that can run code", Severity.Medium, "T1566.001", "T1204.002")
    {
        Unless = "people who know each other send programs, or archives with a password, on purpose",
    };

    /// <summary>A client that sends to very many.</summary>
    public static readonly FindingType SpamBurst = new("email.spam-burst", "Client sends mail to very many", Severity.Medium, "T1071.003", "T1566")
    {
        Unless = "a mail server, or a program that sends newsletters",
    };

    /// <summary>What a program stole.</summary>
    public static readonly FindingType Stolen = new("email.stolen-data", "Mail carries what a program has stolen", Severity.High, "T1048.003", "T1071.003", "T1555")
    {
        Suspect = Suspect.Neither,
        Unless = "an inventory program that mails what it has found",
    };

    /// <summary>A user and a password in a mail.</summary>
    public static readonly FindingType CredentialsInBody = new("email.credentials-in-body", "Password inside of a mail that can be read", Severity.Low, "T1040", "T1552")
    {
        Unless = "a password for one use, or an example",
    };

    // A person does not begin twenty mails in ten minutes.
    private const int ManyTransactions = 20;
    private const long Burst = 600 * Timestamp.PerSecond;

    // A client hands its mail to one server; a mail program's distribution list is shorter.
    private const int ManyServers = 10;
    private const int ManyRecipients = 50;

    // Besides, what only those do who send what nobody asked for.
    private const int ManyDomains = 5;
    private const int ManyHellos = 3;
    private const double ManyRefused = 0.2;

    private const AttachmentTraits Mild = AttachmentTraits.Macro | AttachmentTraits.Encrypted | AttachmentTraits.WebPage;

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } = [CredentialsInBody, Disguised, Risky, SpamBurst, Spoofed, Stolen];

    internal static void Raise(EmailState state, Conclusions conclusions)
    {
        foreach ((MailEvidenceKey key, MailEvidence evidence) in state.Evidence.Entries)
        {
            Finding finding = Make(key, evidence);
            conclusions.Add(finding);
            foreach (string hash in evidence.Hashes.Values)
            {
                conclusions.Add(new Indicator(IndicatorKind.Sha256, hash, $"attachment {key.Detail.Text}", evidence.When.FirstFrame) { Finding = finding });
            }

            if (key.Kind == MailEvidenceKind.Stolen)
            {
                foreach (string recipient in evidence.Recipients.Values)
                {
                    conclusions.Add(new Indicator(IndicatorKind.Email, recipient, "gets stolen data", evidence.When.FirstFrame) { Finding = finding });
                }
            }
        }

        HashSet<IpAddress> servers = [.. state.Servers.Entries.Where(e => e.Key.First.Text == "smtp").Select(e => e.Key.Second.Address)];
        foreach ((AddressKey client, OutgoingMail mail) in state.Clients.Entries)
        {
            if (!servers.Contains(client.Address) && Spam(client.Address, mail) is { } finding)
            {
                conclusions.Add(finding);
            }
        }
    }

    private static Finding Make(MailEvidenceKey key, MailEvidence evidence)
    {
        string mails = Units.Count(evidence.Frames.Total, "mail");
        string about = evidence.Subjects.Values.Count == 0 ? string.Empty : $", subject {string.Join(", ", evidence.Subjects.Values.Select(s => $"\"{s}\""))}";
        string to = evidence.Recipients.Values.Count == 0 ? string.Empty : $" to {string.Join(", ", evidence.Recipients.Values)}{(evidence.Recipients.HasMore ? ", …" : string.Empty)}";
        string reasons = string.Join("; ", evidence.Reasons.Values);
        var traits = (AttachmentTraits)evidence.Traits.Value;
        Finding basic = new()
        {
            Type = TypeOf(key.Kind),
            Subject = $"{key.Client} {(key.IsUp ? ">" : "<")} {key.Server}{(key.Detail.Text.Length == 0 ? string.Empty : $" {key.Detail.Text}")}",
            Summary = $"{mails}{to}{about}: {reasons}",
            Source = key.IsUp ? key.Client : key.Server.Address,
            Destination = key.IsUp ? key.Server.Address : key.Client,
            Port = key.Server.Port,
            Count = evidence.Frames.Total,
            DisplayFilter = Filter.Between(key.Client, key.Server.Address).Port(IpProtocol.Tcp, key.Server.Port),
        };
        basic = basic.WithEvidence(evidence.Frames).During(evidence.When);
        return key.Kind switch
        {
            MailEvidenceKind.Disguised or MailEvidenceKind.Risky => basic with
            {
                Summary = $"{Words(traits)}: {key.Detail.Text} ({reasons}) in {mails}{to}{about}",
                Raised = key.Kind == MailEvidenceKind.Disguised ? null : (traits & ~Mild) == 0 ? Severity.Low : (traits & AttachmentTraits.Program) != 0 ? Severity.High : null,
            },
            MailEvidenceKind.Stolen => basic with { Confidence = 90, Measures = [new Measure("facts of the machine", evidence.Most.Value)] },
            MailEvidenceKind.Credentials => basic with { Confidence = 60, Measures = [new Measure("passwords", evidence.Most.Value, 1)] },
            _ => basic,
        };
    }

    private static Finding? Spam(IpAddress client, OutgoingMail mail)
    {
        int burst = Engine.Burst.Largest(mail.Times.Values, Burst);
        long answers = mail.Answers[OutgoingMail.Accepted] + mail.Answers[OutgoingMail.Refused];
        double refused = answers == 0 ? 0 : (double)mail.Answers[OutgoingMail.Refused] / answers;
        bool isWide = mail.Servers.Estimate >= ManyServers || mail.Recipients.Estimate >= ManyRecipients;
        List<string> reasons = [];
        if (mail.SenderDomains.Distinct >= ManyDomains)
        {
            reasons.Add($"{Units.Count(mail.SenderDomains.Distinct, "sender domain")}");
        }

        if (mail.Hellos.Distinct >= ManyHellos)
        {
            reasons.Add($"{Units.Count(mail.Hellos.Distinct, "name")} of its own");
        }

        if (answers >= ManyTransactions && refused >= ManyRefused)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{refused * 100:0} % of {answers} recipients refused"));
        }

        if (burst < ManyTransactions || !isWide || reasons.Count == 0)
        {
            return null;
        }

        return new Finding
        {
            Type = SpamBurst,
            Subject = client.ToString(),
            Summary = $"{Units.Count(mail.Times.Total, "mail transaction")}, up to {Units.Count(burst)} in ten minutes, with {Units.Count(mail.Servers.Estimate, "server")} for {Units.Count(mail.Recipients.Estimate, "recipient")}; {string.Join(", ", reasons)}",
            Source = client,
            Count = mail.Times.Total,
            Measures =
            [
                new Measure("transactions in ten minutes", burst, ManyTransactions), new Measure("servers", mail.Servers.Estimate, ManyServers),
                new Measure("recipients", mail.Recipients.Estimate, ManyRecipients), new Measure("refused", refused, ManyRefused),
            ],
            DisplayFilter = Filter.From(client).And("smtp"),
        }.WithEvidence(mail.Frames).During(mail.When);
    }

    private static FindingType TypeOf(MailEvidenceKind kind) => kind switch
    {
        MailEvidenceKind.Spoofed => Spoofed,
        MailEvidenceKind.Disguised => Disguised,
        MailEvidenceKind.Risky => Risky,
        MailEvidenceKind.Stolen => Stolen,
        _ => CredentialsInBody,
    };

    /// <summary>Names traits in words.</summary>
    internal static string Words(AttachmentTraits traits)
    {
        (AttachmentTraits Trait, string Word)[] words =
        [
            (AttachmentTraits.Disguised, "disguised"), (AttachmentTraits.DoubleEnding, "double ending"), (AttachmentTraits.Reversed, "name written backwards"), (AttachmentTraits.Program, "program"),
            (AttachmentTraits.Script, "script"), (AttachmentTraits.Shortcut, "shortcut"), (AttachmentTraits.DiskImage, "disk image"), (AttachmentTraits.OneNote, "OneNote section"),
            (AttachmentTraits.Installer, "installer"), (AttachmentTraits.Macro, "macros"), (AttachmentTraits.Encrypted, "encrypted"), (AttachmentTraits.Holds, "archive with something that runs"),
            (AttachmentTraits.WebPage, "web page with a script"),
        ];
        return string.Join(", ", words.Where(w => traits.HasFlag(w.Trait)).Select(w => w.Word));
    }
}
