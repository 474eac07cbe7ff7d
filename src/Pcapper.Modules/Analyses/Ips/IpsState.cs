using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ips;

/// <summary>Hosts, their names and link addresses, and who talked to whom. Other modules ask it for names.</summary>
public sealed class IpsState : AnalyzerState
{
    private const int MostKeys = 100_000;

    /// <summary>Initializes a new instance of the <see cref="IpsState"/> class.</summary>
    public IpsState()
    {
        Hosts = Part(new PartMap<AddressKey, HostUse>(MostKeys));
        Names = Part(new PartMap<AddressKey, HostNames>(MostKeys));
        Carried = Part(new KeySet<Key2<MacKey, AddressKey>>(MostKeys));
        Claimed = Part(new KeySet<Key2<MacKey, AddressKey>>(MostKeys));
        Pairs = Part(new PartMap<PairKey, PairUse>(MostKeys));
    }

    /// <summary>Gets what each address did.</summary>
    public PartMap<AddressKey, HostUse> Hosts { get; }

    /// <summary>Gets the names of each address.</summary>
    public PartMap<AddressKey, HostNames> Names { get; }

    /// <summary>Gets which addresses' packets each link address sent.</summary>
    public KeySet<Key2<MacKey, AddressKey>> Carried { get; }

    /// <summary>Gets which addresses each link address said to have by ARP.</summary>
    public KeySet<Key2<MacKey, AddressKey>> Claimed { get; }

    /// <summary>Gets the flows per pair.</summary>
    public PartMap<PairKey, PairUse> Pairs { get; }

    /// <summary>Gets the name to call a host by, raw, or null if none is known.</summary>
    public string? NameOf(IpAddress address) => Names.Find(address)?.Best()?.Name;
}
