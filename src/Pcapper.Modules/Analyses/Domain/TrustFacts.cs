using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>One kind of evidence that one domain trusts another.</summary>
public sealed class TrustFacts : Group
{
    private const int MostTellers = 8;

    /// <summary>Initializes a new instance of the <see cref="TrustFacts"/> class.</summary>
    public TrustFacts()
        : base(4)
    {
        Attributes = Part(new Bits());
        Tellers = Part(new KeySet<AddressKey>(MostTellers));
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets the flags of the trust (TRUST_ATTRIBUTE).</summary>
    public Bits Attributes { get; }

    /// <summary>Gets who said it.</summary>
    public KeySet<AddressKey> Tellers { get; }

    /// <summary>Gets the frames that show it.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }

    /// <summary>Adds one more time.</summary>
    public void Add(ProtocolRecord record, AddressKey teller, ulong attributes = 0)
    {
        Attributes.AddMask(attributes);
        Tellers.Add(teller);
        Frames.Add(record.Frame);
        When.Add(record.Time, record.Frame);
    }
}
