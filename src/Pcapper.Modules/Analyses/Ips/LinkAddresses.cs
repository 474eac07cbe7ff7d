using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ips;

/// <summary>Whose link address is whose: a router's stands in the packets of everyone behind it.</summary>
internal sealed class LinkAddresses
{
    // A host has a few addresses (IPv4, IPv6 link-local, permanent and temporary); whoever carries more public IPv4 ones forwards.
    private const int MostOwn = 2;
    private const int MostOwnInAll = 16;

    private readonly Dictionary<IpAddress, MacAddress> _own = [];
    private readonly HashSet<MacAddress> _routers = [];
    private readonly HashSet<IpAddress> _gateways = [];
    private readonly HashSet<IpAddress> _contested = [];

    /// <summary>Initializes a new instance of the <see cref="LinkAddresses"/> class.</summary>
    public LinkAddresses(IpsState state)
    {
        ILookup<MacAddress, IpAddress> claimed = state.Claimed.Keys.ToLookup(k => k.First.Address, k => k.Second.Address);
        foreach (IGrouping<MacAddress, IpAddress> carried in state.Carried.Keys.GroupBy(k => k.First.Address, k => k.Second.Address))
        {
            List<IpAddress> addresses = [.. carried];
            int outside = addresses.Count(a => !a.IsInternal && a.IsIPv4);
            bool isRouter = outside > MostOwn || addresses.Count > MostOwnInAll || (outside > 0 && addresses.Exists(a => a.IsInternal) && claimed.Contains(carried.Key));
            if (isRouter)
            {
                _routers.Add(carried.Key);
                _gateways.UnionWith(claimed[carried.Key]);
                continue;
            }

            addresses.ForEach(address => Own(address, carried.Key));
        }

        // What IP frames show goes before what ARP says, which anyone can.
        HashSet<IpAddress> shown = [.. _own.Keys];
        foreach (IGrouping<MacAddress, IpAddress> said in claimed)
        {
            foreach (IpAddress address in said)
            {
                NoteClaim(address, said.Key);
                if (!shown.Contains(address))
                {
                    Own(address, said.Key);
                }
            }
        }
    }

    /// <summary>Gets the routers' link addresses.</summary>
    public IReadOnlyCollection<MacAddress> Routers => _routers;

    /// <summary>Gets the link address of a host itself, or null if only a router's was seen.</summary>
    public MacAddress? Of(IpAddress address) => _own.TryGetValue(address, out MacAddress mac) ? mac : null;

    /// <summary>Gets the addresses that several link addresses claim, in their order.</summary>
    public IReadOnlyList<IpAddress> Contested => [.. _contested.Order()];

    /// <summary>Tells whether a host forwards for others.</summary>
    public bool IsGateway(IpAddress address) => _gateways.Contains(address);

    private void NoteClaim(IpAddress address, MacAddress mac)
    {
        if (_own.TryGetValue(address, out MacAddress known) && known != mac)
        {
            _contested.Add(address);
        }
    }

    // Of several the smallest, so that it does not depend on order; conflicts are the business of --protocols.
    private void Own(IpAddress address, MacAddress mac)
    {
        if (!_own.TryGetValue(address, out MacAddress known) || mac.CompareTo(known) < 0)
        {
            _own[address] = mac;
        }
    }
}
