using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>Who asks whom in which version of SNMP.</summary>
/// <param name="Pair">Manager and agent.</param>
/// <param name="Version">The version by its number in the message.</param>
public readonly record struct SnmpKey(PairKey Pair, byte Version) : IStateKey<SnmpKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Pair.From).And(Pair.To).And(Version);

    /// <inheritdoc/>
    public static SnmpKey Read(ref StateReader reader) => new(PairKey.Read(ref reader), (byte)reader.Number(0, byte.MaxValue));

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        Pair.Write(writer);
        writer.Number(Version);
    }

    /// <inheritdoc/>
    public int CompareTo(SnmpKey other) => Pair.CompareTo(other.Pair) is not 0 and var order ? order : Version.CompareTo(other.Version);
}
