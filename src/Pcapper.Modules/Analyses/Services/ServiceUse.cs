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

    /// <summary>Index of flows in which a public address was answered with data.</summary>
    public const int Public = 7;

    /// <summary>Index of flows of which it was guessed who opened them.</summary>
    public const int Guessed = 8;

    /// <summary>How many counters there are.</summary>
    public const int Counts = 9;

    private const int MostSpoken = 8;
    private const int MostPublic = 4;
    private const int MostBanners = 8;

    /// <summary>Initializes a new instance of the <see cref="ServiceUse"/> class.</summary>
    public ServiceUse()
        : base(parts: 9)
    {
        Totals = Part(new Counters(Counts));
        Spoken = Part(new Texts(MostSpoken));
        Clients = Part(new Sketch());
        PublicClients = Part(new Sketch());
        PublicSample = Part(new Smallest<AddressKey>(MostPublic));
        Frames = Part(new FrameSample());
        PublicFrames = Part(new FrameSample());
        Extent = Part(new Extent());
        Banners = Part(new PartMap<TextKey, FrameSample>(MostBanners));
    }

    /// <summary>Gets the counters.</summary>
    public Counters Totals { get; }

    /// <summary>Gets what was spoken, outermost protocol first: <c>smtp/tls</c>.</summary>
    public Texts Spoken { get; }

    /// <summary>Gets how many clients it answered.</summary>
    public Sketch Clients { get; }

    /// <summary>Gets how many of them have public addresses and got data.</summary>
    public Sketch PublicClients { get; }

    /// <summary>Gets some of those.</summary>
    public Smallest<AddressKey> PublicSample { get; }

    /// <summary>Gets the first frames of flows in which the server sent data.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the first frames of flows in which a public address got data.</summary>
    public FrameSample PublicFrames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }

    /// <summary>Gets what the server said it runs.</summary>
    public PartMap<TextKey, FrameSample> Banners { get; }
}
