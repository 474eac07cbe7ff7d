using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>A point as one client sees it.</summary>
/// <param name="Pair">The client and the server.</param>
/// <param name="Station">The unit or station.</param>
/// <param name="Table">The table.</param>
/// <param name="Address">The address in it.</param>
internal readonly record struct PointKey(PairKey Pair, long Station, int Table, long Address) : IStateKey<PointKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Pair).And(Station).And(Table).And(Address);

    /// <inheritdoc/>
    public static PointKey Read(ref StateReader reader) => new(PairKey.Read(ref reader), reader.Number(), reader.Number(0, int.MaxValue), reader.Number());

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        Pair.Write(writer);
        writer.Number(Station);
        writer.Number(Table);
        writer.Number(Address);
    }

    /// <inheritdoc/>
    public int CompareTo(PointKey other)
        => Pair.CompareTo(other.Pair) is not 0 and var pair ? pair
            : Station.CompareTo(other.Station) is not 0 and var station ? station
            : Table.CompareTo(other.Table) is not 0 and var table ? table
            : Address.CompareTo(other.Address);
}
