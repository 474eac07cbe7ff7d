using Pcapper.Engine;
using Pcapper.Modules.Protocols.Mail;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>What is known of one <see cref="MailEvidenceKey"/>.</summary>
internal sealed class MailEvidence : Group
{
    private const int Few = 3;

    public MailEvidence()
        : base(8)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Reasons = Part(new Texts());
        Subjects = Part(new Texts(Few));
        Recipients = Part(new Texts(Few));
        Hashes = Part(new Texts(Few));
        Traits = Part(new Bits());
        Most = Part(new Maximum());
    }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }

    /// <summary>Gets what shows it, in words.</summary>
    public Texts Reasons { get; }

    /// <summary>Gets subjects.</summary>
    public Texts Subjects { get; }

    /// <summary>Gets recipients.</summary>
    public Texts Recipients { get; }

    /// <summary>Gets hashes of files.</summary>
    public Texts Hashes { get; }

    /// <summary>Gets traits of attachments, by the number of their bit.</summary>
    public Bits Traits { get; }

    /// <summary>Gets the most that was counted in one mail.</summary>
    public Maximum Most { get; }

    public void Add(MailSeen mail, IEnumerable<string> reasons)
    {
        Frames.Add(mail.Frame);
        When.Add(mail.Time, mail.Frame);
        Subjects.Add(mail.Message.Subject);
        foreach (string recipient in MailJudge.Recipients(mail).Take(Few))
        {
            Recipients.Add(recipient);
        }

        foreach (string reason in reasons)
        {
            Reasons.Add(reason);
        }
    }
}
