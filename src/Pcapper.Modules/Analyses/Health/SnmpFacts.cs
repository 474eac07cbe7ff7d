using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>What a manager asks an agent.</summary>
public sealed class SnmpFacts : Group
{
    private const int MostNames = 8;

    /// <summary>Initializes a new instance of the <see cref="SnmpFacts"/> class.</summary>
    public SnmpFacts()
        : base(6)
    {
        Pdus = Part(new Counters());
        Names = Part(new Texts(MostNames));
        Objects = Part(new Texts(MostNames));
        Encrypted = Part(new Count());
        Errors = Part(new Count());
        Frames = Part(new FrameSample());
    }

    /// <summary>Gets the messages by kind of PDU (RFC 3416, 3).</summary>
    public Counters Pdus { get; }

    /// <summary>Gets communities, or users.</summary>
    public Texts Names { get; }

    /// <summary>Gets object identifiers.</summary>
    public Texts Objects { get; }

    /// <summary>Gets the encrypted messages.</summary>
    public Count Encrypted { get; }

    /// <summary>Gets the responses with an error.</summary>
    public Count Errors { get; }

    /// <summary>Gets the frames.</summary>
    public FrameSample Frames { get; }
}
