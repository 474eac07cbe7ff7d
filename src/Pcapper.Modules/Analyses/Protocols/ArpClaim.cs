using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>A link address said to be that of an IP address, in one VLAN.</summary>
/// <param name="Vlan">The outermost VLAN, or 0.</param>
/// <param name="Address">The IP address.</param>
/// <param name="Mac">The link address.</param>
public readonly record struct ArpClaim(int Vlan, IpAddress Address, MacAddress Mac) : IStateKey<ArpClaim>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Address).And(Mac).And(Vlan);

    /// <inheritdoc/>
    public static ArpClaim Read(ref StateReader reader) => new((int)reader.Number(), reader.Address(), reader.Mac());

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Number(Vlan);
        writer.Address(Address);
        writer.Mac(Mac);
    }

    /// <inheritdoc/>
    public int CompareTo(ArpClaim other)
        => Vlan.CompareTo(other.Vlan) is not 0 and var v ? v
            : Address.CompareTo(other.Address) is not 0 and var a ? a
            : Mac.CompareTo(other.Mac);
}
