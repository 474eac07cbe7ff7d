using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>What a client has a station do.</summary>
/// <param name="Pair">The client and the server.</param>
/// <param name="Station">The unit or station.</param>
/// <param name="Call">The function.</param>
internal readonly record struct CallKey(PairKey Pair, long Station, long Call) : IStateKey<CallKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Pair).And(Station).And(Call);

    /// <inheritdoc/>
    public static CallKey Read(ref StateReader reader) => new(PairKey.Read(ref reader), reader.Number(), reader.Number());

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        Pair.Write(writer);
        writer.Number(Station);
        writer.Number(Call);
    }

    /// <inheritdoc/>
    public int CompareTo(CallKey other)
        => Pair.CompareTo(other.Pair) is not 0 and var pair ? pair
            : Station.CompareTo(other.Station) is not 0 and var station ? station
            : Call.CompareTo(other.Call);
}
