using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>What a client hands to servers by SMTP.</summary>
internal sealed class OutgoingMail : Group
{
    /// <summary>Recipients that servers accepted or refused: the places of <see cref="Answers"/>.</summary>
    public const int Accepted = 0;

    /// <summary>Refused ones.</summary>
    public const int Refused = 1;

    private const int MostNames = 256;

    public OutgoingMail()
        : base(8)
    {
        Times = Part(new Times());
        Servers = Part(new Sketch());
        Recipients = Part(new Sketch());
        SenderDomains = Part(new KeySet<TextKey>(MostNames));
        Hellos = Part(new KeySet<TextKey>(MostNames));
        Answers = Part(new Counters());
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets when transactions began.</summary>
    public Times Times { get; }

    /// <summary>Gets the different servers.</summary>
    public Sketch Servers { get; }

    /// <summary>Gets the different recipients.</summary>
    public Sketch Recipients { get; }

    /// <summary>Gets the domains of the senders.</summary>
    public KeySet<TextKey> SenderDomains { get; }

    /// <summary>Gets the names that the client gave itself.</summary>
    public KeySet<TextKey> Hellos { get; }

    /// <summary>Gets how servers answered to recipients.</summary>
    public Counters Answers { get; }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
