using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Two hosts, the order of which matters.</summary>
/// <param name="From">Who acts: the client, the sender.</param>
/// <param name="To">On whom: the server, the receiver.</param>
public readonly record struct PairKey(IpAddress From, IpAddress To) : IStateKey<PairKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(From).And(To);

    /// <inheritdoc/>
    public static PairKey Read(ref StateReader reader) => new(reader.Address(), reader.Address());

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Address(From);
        writer.Address(To);
    }

    /// <inheritdoc/>
    public int CompareTo(PairKey other) => From.CompareTo(other.From) is not 0 and var order ? order : To.CompareTo(other.To);

    /// <summary>Writes <c>10.0.0.5 &gt; 10.0.0.9</c>.</summary>
    public override string ToString() => $"{From} > {To}";
}
