using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>What is known of EtherNet/IP.</summary>
internal sealed class EnipState : IcsState
{
    private const int MostDevices = 20_000;
    private const int MostPoints = 100_000;
    private const int MostTexts = 16;

    /// <summary>Initializes a new instance of the <see cref="EnipState"/> class.</summary>
    public EnipState()
    {
        Devices = Part(new PartMap<Key2<AddressKey, NumberKey>, Texts>(MostDevices, () => new Texts(MostTexts)));
        Names = Part(new PartMap<NumberKey, Texts>(MostPoints, () => new Texts(1)));
        Io = Part(new PartMap<PairKey, EnipIoUse>(MostDevices));
    }

    /// <summary>Gets what devices say of themselves, by server and slot.</summary>
    public PartMap<Key2<AddressKey, NumberKey>, Texts> Devices { get; }

    /// <summary>Gets the names of points.</summary>
    public PartMap<NumberKey, Texts> Names { get; }

    /// <summary>Gets the I/O connections, by sender and receiver.</summary>
    public PartMap<PairKey, EnipIoUse> Io { get; }
}
