using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>The layers of a packet (<see cref="Packets.Packet.Path"/>) as a key.</summary>
/// <param name="Path">The layers, one byte each.</param>
public readonly record struct PathKey(UInt128 Path) : IStateKey<PathKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of((long)(ulong)(Path >> 64)).And((long)(ulong)Path);

    /// <inheritdoc/>
    public static PathKey Read(ref StateReader reader) => new(((UInt128)(ulong)reader.Number() << 64) | (ulong)reader.Number());

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Number((long)(ulong)(Path >> 64));
        writer.Number((long)(ulong)Path);
    }

    /// <inheritdoc/>
    public int CompareTo(PathKey other) => Path.CompareTo(other.Path);
}
