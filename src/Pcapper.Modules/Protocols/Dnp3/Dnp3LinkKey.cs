using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>A master and an outstation.</summary>
/// <param name="Pair">Their addresses.</param>
/// <param name="Master">The link address of the master.</param>
/// <param name="Station">The link address of the outstation.</param>
internal readonly record struct Dnp3LinkKey(PairKey Pair, int Master, int Station) : IStateKey<Dnp3LinkKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Pair).And(Master).And(Station);

    /// <inheritdoc/>
    public static Dnp3LinkKey Read(ref StateReader reader) => new(PairKey.Read(ref reader), reader.Number(0, ushort.MaxValue), reader.Number(0, ushort.MaxValue));

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        Pair.Write(writer);
        writer.Number(Master);
        writer.Number(Station);
    }

    /// <inheritdoc/>
    public int CompareTo(Dnp3LinkKey other)
        => Pair.CompareTo(other.Pair) is not 0 and var pair ? pair
            : Master.CompareTo(other.Master) is not 0 and var master ? master
            : Station.CompareTo(other.Station);
}
