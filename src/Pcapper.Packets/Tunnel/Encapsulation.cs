namespace Pcapper.Packets;

/// <summary>The innermost tunnel that a packet came in; the default value means none.</summary>
/// <param name="Kind">How it was carried.</param>
/// <param name="Id">The virtual network (VNI) where the kind has one that is the same in both directions, else 0.</param>
/// <param name="Source">The outer sender.</param>
/// <param name="Destination">The outer receiver.</param>
public readonly record struct Encapsulation(TunnelKind Kind, uint Id, IpAddress Source, IpAddress Destination) : IComparable<Encapsulation>
{
    /// <summary>Gets a value indicating whether the packet was in no tunnel.</summary>
    public bool IsNone => Kind == TunnelKind.None;

    /// <summary>Gets the same tunnel with its ends in a fixed order, so that both directions are equal.</summary>
    public Encapsulation Canonical => Source.CompareTo(Destination) <= 0 ? this : this with { Source = Destination, Destination = Source };

    /// <inheritdoc/>
    public int CompareTo(Encapsulation other)
        => Kind.CompareTo(other.Kind) is not 0 and var k ? k
            : Id.CompareTo(other.Id) is not 0 and var i ? i
            : Source.CompareTo(other.Source) is not 0 and var s ? s
            : Destination.CompareTo(other.Destination);
}
