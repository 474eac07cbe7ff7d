using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>What is known of Modbus.</summary>
internal sealed class ModbusState : IcsState
{
    private const int MostDevices = 20_000;
    private const int MostTexts = 16;

    /// <summary>Initializes a new instance of the <see cref="ModbusState"/> class.</summary>
    public ModbusState() => Devices = Part(new PartMap<Key2<AddressKey, NumberKey>, Texts>(MostDevices, () => new Texts(MostTexts)));

    /// <summary>Gets what devices say of themselves, by server and unit.</summary>
    public PartMap<Key2<AddressKey, NumberKey>, Texts> Devices { get; }
}
