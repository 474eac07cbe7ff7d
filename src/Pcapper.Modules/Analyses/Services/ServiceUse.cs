using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Services;

/// <summary>What is known of one endpoint that answered.</summary>
public sealed class ServiceUse : Group
{
    /// <summary>Index of flows.</summary>
    public const int Flows = 0;

    /// <summary>Index of payload bytes to the server.</summary>
    public const int BytesIn = 1;

    /// <summary>Index of payload bytes from the server.</summary>
    public const int BytesOut = 2;

    /// <summary>Index of flows that were encrypted by TLS, DTLS or QUIC.</summary>
    public const int Encrypted = 3;

    /// <summary>Index of flows that no protocol was recognised in although both or one side sent data.</summary>
    public const int Unrecognised = 4;

    /// <summary>Index of flows in which the server sent data.</summary>
    public const int Answered = 5;

    /// <summary>Index of flows in which the handshake was completed and nobody sent data.</summary>
    public const int OpenOnly = 6;

    /// <summary>Index of flows of which it was guessed who opened them.</summary>
    public const int Guessed = 7;

    /// <summary>How many counters there are.</summary>
    public const int Counts = 8;

    private const int MostSpoken = 8;

    /// <summary>Initializes a new instance of the <see cref="ServiceUse"/> class.</summary>
    public ServiceUse()
        : base(parts: 5)
    {
        Totals = Part(new Counters(Counts));
        Spoken = Part(new Texts(MostSpoken));
        Clients = Part(new Sketch());
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the counters.</summary>
    public Counters Totals { get; }

    /// <summary>Gets what was spoken, outermost protocol first: <c>smtp/tls</c>.</summary>
    public Texts Spoken { get; }

    /// <summary>Gets how many clients it answered.</summary>
    public Sketch Clients { get; }

    /// <summary>Gets the first frames of flows in which the server sent data.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
