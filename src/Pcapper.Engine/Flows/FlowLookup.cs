using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A flow's place in the table: its ends in a fixed order, so that both directions find it. The hash is seeded per process, so that input cannot be made to collide.</summary>
internal readonly struct FlowLookup : IEquatable<FlowLookup>
{
    private static readonly ulong s_seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    private readonly IpAddress _low;
    private readonly IpAddress _high;
    private readonly uint _ports;
    private readonly int _tunnelAndProtocol;

    private FlowLookup(IpAddress low, IpAddress high, uint ports, int tunnelAndProtocol)
    {
        _low = low;
        _high = high;
        _ports = ports;
        _tunnelAndProtocol = tunnelAndProtocol;
    }

    /// <summary>Makes the key; <paramref name="isSwapped"/> tells whether the first end given is the higher one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FlowLookup Of(in IpAddress a, ushort aPort, in IpAddress b, ushort bPort, IpProtocol protocol, int tunnel, out bool isSwapped)
    {
        int order = a.CompareTo(b);
        isSwapped = order > 0 || (order == 0 && aPort > bPort);
        int rest = (tunnel << 8) | (byte)protocol;
        return isSwapped ? new(b, a, ((uint)bPort << 16) | aPort, rest) : new(a, b, ((uint)aPort << 16) | bPort, rest);
    }

    /// <inheritdoc/>
    public bool Equals(FlowLookup other)
        => _ports == other._ports && _low == other._low && _high == other._high && _tunnelAndProtocol == other._tunnelAndProtocol;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlowLookup other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        ulong hash = (_low.Low ^ s_seed) * 0x9E37_79B9_7F4A_7C15;
        hash = (hash ^ (hash >> 32) ^ _high.Low) * 0xC2B2_AE3D_27D4_EB4F;
        hash = (hash ^ (hash >> 29) ^ _low.High) * 0x1656_67B1_9E37_79F9;
        hash = (hash ^ (hash >> 31) ^ _high.High ^ (((ulong)_ports << 32) | (uint)_tunnelAndProtocol)) * 0xFF51_AFD7_ED55_8CCD;
        return (int)(hash >> 32);
    }
}
