using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>What is known of a mail server.</summary>
internal sealed class ServerMail : Group
{
    /// <summary>The places of <see cref="Counts"/>.</summary>
    public const int Connections = 0;

    /// <summary>How many of them turned to TLS.</summary>
    public const int Tls = 1;

    /// <summary>Mails that were sent to it.</summary>
    public const int Received = 2;

    /// <summary>Mails that were fetched from it.</summary>
    public const int Fetched = 3;

    public ServerMail()
        : base(4)
    {
        Counts = Part(new Counters());
        Clients = Part(new Sketch());
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets how much went on.</summary>
    public Counters Counts { get; }

    /// <summary>Gets the different clients.</summary>
    public Sketch Clients { get; }

    /// <summary>Gets the first frames of its connections.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
