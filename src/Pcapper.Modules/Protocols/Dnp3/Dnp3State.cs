using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>What is known of DNP3.</summary>
internal sealed class Dnp3State : IcsState
{
    private const int MostLinks = 20_000;
    private const int MostFiles = 10_000;

    /// <summary>Initializes a new instance of the <see cref="Dnp3State"/> class.</summary>
    public Dnp3State()
    {
        Links = Part(new PartMap<Dnp3LinkKey, Dnp3Link>(MostLinks));
        Files = Part(new PartMap<Key2<PairKey, TextKey>, FrameSample>(MostFiles));
    }

    /// <summary>Gets the masters and outstations by their link addresses.</summary>
    public PartMap<Dnp3LinkKey, Dnp3Link> Links { get; }

    /// <summary>Gets the files named, by client and server.</summary>
    public PartMap<Key2<PairKey, TextKey>, FrameSample> Files { get; }
}
