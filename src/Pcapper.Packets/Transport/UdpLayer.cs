using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>UDP (RFC 768).</summary>
internal static class UdpLayer
{
    private const int HeaderLength = 8;
    private const int Ports = 4;

    /// <summary>Reads a header, and looks for a tunnel behind it.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Udp);
        if (!at.Has(HeaderLength, ref packet))
        {
            if (at.Length >= HeaderLength && at.Bytes.Length >= Ports)
            {
                packet.HasPorts = true;
                packet.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(at.Bytes);
                packet.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(at.Bytes[2..]);
            }

            return Step.Stop;
        }

        ulong header = BinaryPrimitives.ReadUInt64BigEndian(at.Bytes);
        packet.HasPorts = true;
        packet.SourcePort = (ushort)(header >> 48);
        packet.DestinationPort = (ushort)(header >> 32);
        if (packet.SourcePort == packet.DestinationPort)
        {
            CheckAddresses(ref packet);
        }

        int length = (ushort)(header >> 16);
        if (length >= HeaderLength)
        {
            at.SetLength(length, ref packet);
        }
        else if (length != 0)
        {
            // 0 is segmentation offload: the IP packet's length counts.
            packet.Anomalies |= Anomalies.BadLength;
        }

        at.Advance(HeaderLength);
        return UdpTunnels.TryEnter(ref at, ref packet, out Step next) ? next : at.Finish(ref packet);
    }

    /// <summary>Notes a packet that a host seems to have sent to its own port.</summary>
    public static void CheckAddresses(ref Packet packet)
    {
        if (packet.Source == packet.Destination && packet.Source.Class is not (AddressClass.Loopback or AddressClass.Unspecified))
        {
            packet.Anomalies |= Anomalies.SameAddress;
        }
    }
}
