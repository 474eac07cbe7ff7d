using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>What a packet says of its flow: two ends, of which either may have opened it, the protocol and the tunnel.</summary>
internal readonly ref struct FlowEnds(
    ref readonly IpAddress source, ushort sourcePort, ref readonly IpAddress destination, ushort destinationPort, IpProtocol protocol, ref readonly Encapsulation tunnel)
{
    // Seeded per process, so that input cannot be made to collide; no result depends on it.
    private static readonly ulong s_seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>The sender.</summary>
    public readonly ref readonly IpAddress Source = ref source;

    /// <summary>The receiver.</summary>
    public readonly ref readonly IpAddress Destination = ref destination;

    /// <summary>The tunnel it came in, its ends as in the packet.</summary>
    public readonly ref readonly Encapsulation Tunnel = ref tunnel;

    /// <summary>The sender's port.</summary>
    public readonly ushort SourcePort = sourcePort;

    /// <summary>The receiver's port.</summary>
    public readonly ushort DestinationPort = destinationPort;

    /// <summary>The IP protocol.</summary>
    public readonly IpProtocol Protocol = protocol;

    /// <summary>Hashes the ends, the same for both directions.</summary>
    public uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ulong hash = End(Source, SourcePort) + End(Destination, DestinationPort) + (ulong)Protocol;
            if (!Tunnel.IsNone)
            {
                hash += End(Tunnel.Source, (ushort)Tunnel.Id) + End(Tunnel.Destination, (ushort)Tunnel.Id) + ((ulong)Tunnel.Kind << 8);
            }

            return (uint)((hash * 0xFF51_AFD7_ED55_8CCD) >> 32);
        }
    }

    /// <summary>Tells whether a flow is between these ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Match(in FlowKey key)
    {
        bool isForward = key.OriginatorPort == SourcePort && key.ResponderPort == DestinationPort && key.Originator == Source && key.Responder == Destination;
        bool isSame = isForward || (key.OriginatorPort == DestinationPort && key.ResponderPort == SourcePort && key.Originator == Destination && key.Responder == Source);
        return isSame && key.Protocol == Protocol && (Tunnel.IsNone ? !key.IsTunneled : key.Tunnel == Tunnel.Canonical);
    }

    // Each end is mixed before the two are added: sums of plain numbers collide for neighbours.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong End(in IpAddress address, ushort port)
    {
        ulong hash = (address.Low ^ s_seed ^ ((ulong)port << 48) ^ (address.High * 0x1656_67B1_9E37_79F9)) * 0x9E37_79B9_7F4A_7C15;
        return (hash ^ (hash >> 32)) * 0xC2B2_AE3D_27D4_EB4F;
    }
}
