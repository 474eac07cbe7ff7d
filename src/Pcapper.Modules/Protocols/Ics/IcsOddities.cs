using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>What was odd about the values of one place.</summary>
internal sealed class IcsOddities : Group
{
    private const int MostTexts = 3;

    /// <summary>Initializes a new instance of the <see cref="IcsOddities"/> class.</summary>
    public IcsOddities()
        : base(3)
    {
        Frames = Part(new FrameSample());
        Times = Part(new Extent());
        Texts = Part(new Texts(MostTexts));
    }

    /// <summary>Gets the frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Times { get; }

    /// <summary>Gets the numbers, in words.</summary>
    public Texts Texts { get; }
}
