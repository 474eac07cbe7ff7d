using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Icmp;

/// <summary>States ICMP messages from packets.</summary>
public sealed class IcmpParser(RecordBus bus) : IPacketConsumer
{
    private const int StartKept = 64;
    private readonly Emitter<IcmpMessage> _messages = bus.Emitter<IcmpMessage>();

    /// <inheritdoc/>
    public void Consume(in Packet packet, Flow? flow)
    {
        if (packet.Last is not (Layer.Icmp or Layer.IcmpV6) || flow is null || !_messages.IsWanted)
        {
            return;
        }

        bool isV6 = packet.Last == Layer.IcmpV6;
        var reader = new WireReader(packet.Transport);
        reader.U32();
        ushort third = reader.U16();
        ushort fourth = reader.U16();
        bool isError = isV6 ? packet.IcmpType < 128 : packet.IcmpType is 3 or 4 or 5 or 11 or 12;
        _messages.Emit(new IcmpMessage
        {
            Flow = flow.Id,
            Frame = packet.Frame.Ref,
            Time = packet.Frame.Time,
            Sender = packet.Source,
            Receiver = packet.Destination,
            IsV6 = isV6,
            Vlan = packet.Vlans.Count > 0 ? packet.Vlans.Id(0) : 0,
            Type = packet.IcmpType,
            Code = packet.IcmpCode,
            Ttl = packet.Ttl,
            PayloadLength = packet.PayloadLength,
            EchoId = third,
            EchoSequence = fourth,
            PayloadHash = StableHash.Of(packet.Payload),
            PayloadStart = packet.Payload[..Math.Min(packet.Payload.Length, StartKept)].ToArray(),
            Gateway = !isV6 && packet.IcmpType == 5 ? IpAddress.FromIPv4(((uint)third << 16) | fourth) : null,
            Quoted = isError ? Quotation(packet.Payload) : null,
        });
    }

    // The header and at least eight bytes of the packet that caused the error (RFC 792; RFC 4443, 2.4).
    private static FlowKey? Quotation(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        int version = reader.U8() >> 4;
        IpAddress source;
        IpAddress destination;
        IpProtocol protocol;
        if (version == 4)
        {
            int headerLength = (bytes[0] & 0xF) * 4;
            reader.Skip(8);
            protocol = (IpProtocol)reader.U8();
            reader.U16();
            source = IpAddress.FromIPv4(reader.U32());
            destination = IpAddress.FromIPv4(reader.U32());
            reader.Skip(headerLength - 20);
        }
        else if (version == 6)
        {
            reader.Skip(5);
            protocol = (IpProtocol)reader.U8();
            reader.U8();
            source = IpAddress.FromBytes(reader.Take(16));
            destination = IpAddress.FromBytes(reader.Take(16));
        }
        else
        {
            return null;
        }

        bool hasPorts = protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp;
        ushort sourcePort = hasPorts ? reader.U16() : (ushort)0;
        ushort destinationPort = hasPorts ? reader.U16() : (ushort)0;
        return reader.Overrun ? null : new FlowKey(source, sourcePort, destination, destinationPort, protocol, default);
    }
}
