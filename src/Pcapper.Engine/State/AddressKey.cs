using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A host; an <see cref="IpAddress"/> converts by itself.</summary>
/// <param name="Address">Its address.</param>
public readonly record struct AddressKey(IpAddress Address) : IStateKey<AddressKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Address);

    /// <summary>Makes a key of an address.</summary>
    public static implicit operator AddressKey(IpAddress address) => new(address);

    /// <inheritdoc/>
    public static AddressKey Read(ref StateReader reader) => new(reader.Address());

    /// <summary>Makes a key of an address (the named form of the conversion).</summary>
    public static AddressKey FromIpAddress(IpAddress address) => new(address);

    /// <inheritdoc/>
    public void Write(StateWriter writer) => writer.Address(Address);

    /// <inheritdoc/>
    public int CompareTo(AddressKey other) => Address.CompareTo(other.Address);

    /// <summary>Writes the address.</summary>
    public override string ToString() => Address.ToString();
}
