using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>A computer that is in a domain, at one address.</summary>
public sealed class ComputerFacts : Group
{
    private const int Few = 4;

    /// <summary>Initializes a new instance of the <see cref="ComputerFacts"/> class.</summary>
    public ComputerFacts()
        : base(4)
    {
        Names = Part(new Texts(Few));
        Sources = Part(new Texts(Few));
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets its DNS names, in lower case.</summary>
    public Texts Names { get; }

    /// <summary>Gets what shows it.</summary>
    public Texts Sources { get; }

    /// <summary>Gets the frames that show it.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
