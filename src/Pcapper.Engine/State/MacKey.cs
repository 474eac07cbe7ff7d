using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A link address; a <see cref="MacAddress"/> converts by itself.</summary>
/// <param name="Address">The address.</param>
public readonly record struct MacKey(MacAddress Address) : IStateKey<MacKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Address);

    /// <summary>Makes a key of an address.</summary>
    public static implicit operator MacKey(MacAddress address) => new(address);

    /// <inheritdoc/>
    public static MacKey Read(ref StateReader reader) => new(reader.Mac());

    /// <summary>Makes a key of an address (the named form of the conversion).</summary>
    public static MacKey FromMacAddress(MacAddress address) => new(address);

    /// <inheritdoc/>
    public void Write(StateWriter writer) => writer.Mac(Address);

    /// <inheritdoc/>
    public int CompareTo(MacKey other) => Address.CompareTo(other.Address);

    /// <summary>Writes the address.</summary>
    public override string ToString() => Address.ToString();
}
