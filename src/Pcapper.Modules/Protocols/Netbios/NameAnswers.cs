using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>The names that one host answered with its own address, to one asker or to all.</summary>
public sealed class NameAnswers : Group
{
    private const int MostNames = 32;
    private const int MostMoments = 64;
    private const int MostAddresses = 8;

    /// <summary>Initializes a new instance of the <see cref="NameAnswers"/> class.</summary>
    public NameAnswers()
        : base(5)
    {
        Names = Part(new PartMap<TextKey, FrameSample>(MostNames));
        Kinds = Part(new Bits());
        Moments = Part(new Smallest<MomentKey>(MostMoments));
        Addresses = Part(new Smallest<AddressKey>(MostAddresses));
        Extent = Part(new Extent());
    }

    /// <summary>Gets the frames per name (<see cref="NamePoisoning.BaseName"/>).</summary>
    public PartMap<TextKey, FrameSample> Names { get; }

    /// <summary>Gets by which protocols (<see cref="NameAnswerKind"/>).</summary>
    public Bits Kinds { get; }

    /// <summary>Gets the first answers: what a login to the responder can be compared with.</summary>
    public Smallest<MomentKey> Moments { get; }

    /// <summary>Gets the addresses that the answers gave, the responder's own or others.</summary>
    public Smallest<AddressKey> Addresses { get; }

    /// <summary>Gets when the first and the last answer was sent.</summary>
    public Extent Extent { get; }
}
