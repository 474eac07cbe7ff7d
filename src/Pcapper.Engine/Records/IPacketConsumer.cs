using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Takes every packet, after its flow has taken it.</summary>
public interface IPacketConsumer
{
    /// <summary>Takes one packet; its spans are valid only during the call.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="flow">Its flow, or null if it has none (no IP, or a fragment that does not complete its datagram).</param>
    void Consume(in Packet packet, Flow? flow);
}
