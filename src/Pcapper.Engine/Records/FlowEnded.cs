using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A flow is over, or the capture is: what it amounted to. <see cref="ProtocolRecord.Frame"/> and time are those of its first packet.</summary>
public sealed record FlowEnded : ProtocolRecord
{
    /// <summary>Gets when its last packet was captured.</summary>
    public required Timestamp Last { get; init; }

    /// <summary>Gets the frame of its last packet.</summary>
    public required FrameRef LastFrame { get; init; }

    /// <summary>Gets the names of the protocols it spoke, outermost first; empty if none was recognised.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>Gets a value indicating whether anyone tried to recognise what it spoke.</summary>
    public bool WasProbed { get; init; }

    /// <summary>Gets what the originator sent.</summary>
    public required DirectionTotals ToResponder { get; init; }

    /// <summary>Gets what the responder sent.</summary>
    public required DirectionTotals ToOriginator { get; init; }

    /// <summary>Gets how it went.</summary>
    public required ConnState State { get; init; }

    /// <summary>Gets Zeek's history letters.</summary>
    public required string History { get; init; }

    /// <summary>Gets the TCP control bits that the originator's packets had, all together.</summary>
    public TcpFlags OriginatorFlags { get; init; }

    /// <summary>Gets the TCP control bits that the responder's packets had, all together.</summary>
    public TcpFlags ResponderFlags { get; init; }

    /// <summary>Gets a value indicating whether which side is the originator was guessed (no SYN was captured).</summary>
    public bool IsGuessed { get; init; }

    /// <summary>Gets the time from SYN to SYN-ACK in nanoseconds, if both were seen.</summary>
    public long? SynToSynAck { get; init; }

    /// <summary>Gets the time from SYN-ACK to the originator's ACK in nanoseconds, if both were seen.</summary>
    public long? SynAckToAck { get; init; }

    /// <summary>Gets the VLAN tags of its first packet.</summary>
    public VlanStack Vlans { get; init; }

    /// <summary>Gets the link address of the originator in its first packet, if any.</summary>
    public MacAddress? OriginatorMac { get; init; }

    /// <summary>Gets the link address of the responder, if any.</summary>
    public MacAddress? ResponderMac { get; init; }

    /// <summary>Gets the layers of its first packet (<see cref="Packet.Path"/>).</summary>
    public UInt128 Path { get; init; }

    /// <summary>Gets the first payload bytes, at most 16, of a flow that no protocol recognised.</summary>
    public ReadOnlyMemory<byte> FirstBytes { get; init; }

    /// <summary>Gets the name that the client asked for in TLS or QUIC, raw, or null.</summary>
    public string? ServerName { get; init; }

    /// <summary>Gets its duration in nanoseconds.</summary>
    public long Duration => Math.Max(0, Last - Time);

    /// <summary>Gets a value indicating whether the responder said anything.</summary>
    public bool Answered => ToOriginator.Packets > 0;
}
