using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Arp;

/// <summary>States ARP messages from packets.</summary>
public sealed class ArpParser(RecordBus bus) : IPacketConsumer
{
    private readonly Emitter<ArpMessage> _messages = bus.Emitter<ArpMessage>();

    /// <inheritdoc/>
    public void Consume(in Packet packet, Flow? flow)
    {
        if (packet.Last != Layer.Arp || !_messages.IsWanted || !ArpHeader.TryRead(packet.Network, out ArpHeader header))
        {
            return;
        }

        _messages.Emit(new ArpMessage
        {
            Flow = new FlowId(new FlowKey(header.SenderAddress, 0, header.TargetAddress, 0, default, default), packet.Frame.Ref),
            Frame = packet.Frame.Ref,
            Time = packet.Frame.Time,
            Operation = header.Operation,
            FrameSender = packet.SourceMac,
            SenderMac = header.SenderMac,
            Sender = header.SenderAddress,
            Target = header.TargetAddress,
            Vlan = packet.Vlans.Count > 0 ? packet.Vlans.Id(0) : 0,
        });
    }
}
