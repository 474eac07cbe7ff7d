using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Says which frames belong to one of several workers: those whose outermost host pair hashes to its index.</summary>
/// <param name="Index">The worker, from 0.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct ShardFilter(int Index, int Count)
{
    /// <summary>The only worker.</summary>
    public static readonly ShardFilter All = new(0, 1);

    /// <summary>Tells whether a frame is this worker's.</summary>
    public bool Keeps(in Frame frame) => Count <= 1 || ShardKey.Of(frame.LinkType, frame.Bytes) % (ulong)Count == (ulong)Index;
}
