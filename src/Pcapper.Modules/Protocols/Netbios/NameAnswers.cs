using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>The names that one host answered with its own address, to one asker or to all.</summary>
public sealed class NameAnswers : Group
{
    private const int MostNames = 32;
    private const int MostTimes = 64;

    /// <summary>Initializes a new instance of the <see cref="NameAnswers"/> class.</summary>
    public NameAnswers()
        : base(4)
    {
        Names = Part(new PartMap<TextKey, FrameSample>(MostNames));
        Kinds = Part(new Bits());
        Times = Part(new Smallest<NumberKey>(MostTimes));
        Extent = Part(new Extent());
    }

    /// <summary>Gets the frames per name (<see cref="NamePoisoning.BaseName"/>).</summary>
    public PartMap<TextKey, FrameSample> Names { get; }

    /// <summary>Gets by which protocols (<see cref="NameAnswerKind"/>).</summary>
    public Bits Kinds { get; }

    /// <summary>Gets when the first answers were sent, in nanoseconds: what an authentication to the responder can be compared with.</summary>
    public Smallest<NumberKey> Times { get; }

    /// <summary>Gets when the first and the last answer was sent.</summary>
    public Extent Extent { get; }
}
