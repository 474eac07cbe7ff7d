using System.Buffers.Binary;
using System.Security.Cryptography;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Community ID, version 1, seed 0 (github.com/corelight/community-id-spec).</summary>
public static class CommunityId
{
    /// <summary>Gets the identifier of a flow, the same for both directions: <c>1:</c> and the base64 of a SHA-1.</summary>
    public static string Of(in FlowKey key)
    {
        (IpAddress source, IpAddress destination, ushort sourcePort, ushort destinationPort) =
            (key.Originator, key.Responder, key.OriginatorPort, key.ResponderPort);
        bool hasPorts = key.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Icmp or IpProtocol.IcmpV6;
        bool oneWay = key.Protocol switch
        {
            IpProtocol.Icmp => IcmpTypes.Counterpart((byte)sourcePort) is null,
            IpProtocol.IcmpV6 => IcmpTypes.CounterpartV6((byte)sourcePort) is null,
            _ => false,
        };
        int order = source.CompareTo(destination);
        if (!oneWay && (order > 0 || (order == 0 && sourcePort > destinationPort)))
        {
            (source, destination, sourcePort, destinationPort) = (destination, source, destinationPort, sourcePort);
        }

        Span<byte> input = stackalloc byte[2 + 16 + 16 + 2 + 4];
        BinaryPrimitives.WriteUInt16BigEndian(input, 0);
        int at = 2;
        at += source.CopyTo(input[at..]);
        at += destination.CopyTo(input[at..]);
        input[at++] = (byte)key.Protocol;
        input[at++] = 0;
        if (hasPorts)
        {
            BinaryPrimitives.WriteUInt16BigEndian(input[at..], sourcePort);
            BinaryPrimitives.WriteUInt16BigEndian(input[(at + 2)..], destinationPort);
            at += 4;
        }

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The format prescribes SHA-1; nothing is protected by it.
        SHA1.HashData(input[..at], hash);
#pragma warning restore CA5350
        return "1:" + Convert.ToBase64String(hash);
    }
}
