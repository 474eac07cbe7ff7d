using Pcapper.Modules.Protocols.Mail;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>A mail transaction under way.</summary>
internal sealed class SmtpMail
{
    private readonly List<SmtpRecipient> _recipients = [];

    /// <summary>Gets the frame of its first command.</summary>
    public required FrameRef Frame { get; init; }

    /// <summary>Gets when that was captured.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Gets the sender, or null.</summary>
    public string? From { get; init; }

    /// <summary>Gets the parameters behind the sender, or null.</summary>
    public string? Parameters { get; init; }

    /// <summary>Gets or sets what the message is gathered in, or null.</summary>
    public MailBytes? Bytes { get; set; }

    /// <summary>Gets or sets a value indicating whether the message has ended.</summary>
    public bool HasEnd { get; set; }

    /// <summary>Gets or sets how many bytes BDAT announced.</summary>
    public long Announced { get; set; }

    /// <summary>Gets or sets a value indicating whether it was stated.</summary>
    public bool IsStated { get; set; }

    /// <summary>Gets or sets how many replies to the message are still to come.</summary>
    public int RepliesLeft { get; set; }

    /// <summary>Gets or sets the code of the last reply.</summary>
    public int? Code { get; set; }

    /// <summary>Gets or sets the last reply.</summary>
    public string? Reply { get; set; }

    /// <summary>Gets the recipients.</summary>
    public IReadOnlyList<SmtpRecipient> Recipients => _recipients;

    /// <summary>Gets how many recipients there were.</summary>
    public int RecipientCount { get; private set; }

    /// <summary>Gets how many were accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>Adds a recipient; returns its place.</summary>
    public int Add(string address)
    {
        if (_recipients.Count < Limits.MailAddresses)
        {
            _recipients.Add(new SmtpRecipient(address, null));
        }

        return RecipientCount++;
    }

    /// <summary>The server answered to a recipient.</summary>
    public void Answer(int place, int code)
    {
        Accepted += code < 300 ? 1 : 0;
        if (place < _recipients.Count)
        {
            _recipients[place] = _recipients[place] with { Code = code };
        }
    }
}
