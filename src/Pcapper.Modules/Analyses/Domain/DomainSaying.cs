using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>That something was said: by whom, when, in which frames.</summary>
public sealed class DomainSaying : Group
{
    private const int MostTellers = 8;

    /// <summary>Initializes a new instance of the <see cref="DomainSaying"/> class.</summary>
    public DomainSaying()
        : base(3)
    {
        Tellers = Part(new KeySet<AddressKey>(MostTellers));
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets who said it.</summary>
    public KeySet<AddressKey> Tellers { get; }

    /// <summary>Gets the frames that say it.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }

    /// <summary>Adds one more time.</summary>
    public void Add(ProtocolRecord record, AddressKey teller)
    {
        Tellers.Add(teller);
        Frames.Add(record.Frame);
        When.Add(record.Time, record.Frame);
    }
}
