using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>A request that a client makes again and again.</summary>
/// <param name="Pair">The client and the server.</param>
/// <param name="Poll">The request.</param>
internal readonly record struct PollKey(PairKey Pair, IcsPollKey Poll) : IStateKey<PollKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Pair).And(Poll.Station).And(Poll.Call).And(Poll.Address).And(Poll.Quantity);

    /// <inheritdoc/>
    public static PollKey Read(ref StateReader reader)
        => new(PairKey.Read(ref reader), new IcsPollKey(reader.Number(), reader.Number(), reader.Number(), reader.Number()));

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        Pair.Write(writer);
        writer.Number(Poll.Station);
        writer.Number(Poll.Call);
        writer.Number(Poll.Address);
        writer.Number(Poll.Quantity);
    }

    /// <inheritdoc/>
    public int CompareTo(PollKey other)
        => Pair.CompareTo(other.Pair) is not 0 and var pair ? pair
            : Poll.Station.CompareTo(other.Poll.Station) is not 0 and var station ? station
            : Poll.Call.CompareTo(other.Poll.Call) is not 0 and var call ? call
            : Poll.Address.CompareTo(other.Poll.Address) is not 0 and var address ? address
            : Poll.Quantity.CompareTo(other.Poll.Quantity);
}
