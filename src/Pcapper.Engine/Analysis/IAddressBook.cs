using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// Tells where public addresses are and whose. It is asked when conclusions are drawn and rows are written, and nothing of it is kept in a
/// state: states do not depend on databases. All workers ask the same one.
/// </summary>
public interface IAddressBook
{
    /// <summary>Gets a value indicating whether it may know countries and cities.</summary>
    bool KnowsPlaces { get; }

    /// <summary>Gets a value indicating whether it may know networks.</summary>
    bool KnowsNetworks { get; }

    /// <summary>Gets what it knows of an address, or null for nothing and for addresses that are not public.</summary>
    AddressEntry? Find(IpAddress address);
}
