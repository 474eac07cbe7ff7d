using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>What is known of the mail in a capture.</summary>
public sealed class EmailState : AnalyzerState
{
    private const int MostRows = 5_000;
    private const int MostMailboxes = 50_000;
    private const int MostServers = 20_000;
    private const int MostLinks = 50_000;

    /// <summary>Initializes a new instance of the <see cref="EmailState"/> class.</summary>
    public EmailState()
    {
        Mails = Part(new Smallest<MailRow>(MostRows));
        Mailboxes = Part(new PartMap<TextKey, MailboxUse>(MostMailboxes));
        Servers = Part(new PartMap<Key2<TextKey, EndpointKey>, ServerMail>(MostServers));
        Logins = Part(new PartMap<Key3<TextKey, EndpointKey, TextKey>, LoginUse>(MostServers));
        Urls = Part(new PartMap<TextKey, LinkUse>(MostLinks));
        Attachments = Part(new PartMap<AttachmentKey, LinkUse>(MostLinks));
        Evidence = Part(new PartMap<MailEvidenceKey, MailEvidence>(MostServers));
        Clients = Part(new PartMap<AddressKey, OutgoingMail>(MostServers));
    }

    /// <summary>Gets the first mails.</summary>
    internal Smallest<MailRow> Mails { get; }

    /// <summary>Gets who sends and receives.</summary>
    internal PartMap<TextKey, MailboxUse> Mailboxes { get; }

    /// <summary>Gets the servers, by protocol.</summary>
    internal PartMap<Key2<TextKey, EndpointKey>, ServerMail> Servers { get; }

    /// <summary>Gets who logs in, by protocol and server.</summary>
    internal PartMap<Key3<TextKey, EndpointKey, TextKey>, LoginUse> Logins { get; }

    /// <summary>Gets the URLs in mails.</summary>
    internal PartMap<TextKey, LinkUse> Urls { get; }

    /// <summary>Gets the attachments.</summary>
    internal PartMap<AttachmentKey, LinkUse> Attachments { get; }

    /// <summary>Gets what findings are made of.</summary>
    internal PartMap<MailEvidenceKey, MailEvidence> Evidence { get; }

    /// <summary>Gets the clients that send by SMTP.</summary>
    internal PartMap<AddressKey, OutgoingMail> Clients { get; }
}
