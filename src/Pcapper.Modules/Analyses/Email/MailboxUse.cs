using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>What is known of a mail address.</summary>
internal sealed class MailboxUse : Group
{
    private const int MostHosts = 16;

    public MailboxUse()
        : base(4)
    {
        Sent = Part(new Count());
        Received = Part(new Count());
        Frames = Part(new FrameSample());
        Hosts = Part(new KeySet<AddressKey>(MostHosts));
    }

    /// <summary>Gets how many mails it sent.</summary>
    public Count Sent { get; }

    /// <summary>Gets how many it was to get.</summary>
    public Count Received { get; }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the hosts that its mails came from.</summary>
    public KeySet<AddressKey> Hosts { get; }
}
