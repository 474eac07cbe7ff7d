using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>What is known of S7comm.</summary>
internal sealed class S7State : IcsState
{
    private const int MostDevices = 20_000;
    private const int MostBlocks = 20_000;
    private const int MostTexts = 16;

    /// <summary>Initializes a new instance of the <see cref="S7State"/> class.</summary>
    public S7State()
    {
        Devices = Part(new PartMap<Key2<AddressKey, NumberKey>, Texts>(MostDevices, () => new Texts(MostTexts)));
        Blocks = Part(new PartMap<Key3<PairKey, NumberKey, TextKey>, FrameSample>(MostBlocks));
        Plus = Part(new PartMap<PairKey, S7PlusUse>(MostDevices));
    }

    /// <summary>Gets what controllers say of themselves, by server and slot.</summary>
    public PartMap<Key2<AddressKey, NumberKey>, Texts> Devices { get; }

    /// <summary>Gets the blocks transferred, created or deleted, by client and server, function and name.</summary>
    public PartMap<Key3<PairKey, NumberKey, TextKey>, FrameSample> Blocks { get; }

    /// <summary>Gets who speaks S7comm-plus.</summary>
    public PartMap<PairKey, S7PlusUse> Plus { get; }
}
