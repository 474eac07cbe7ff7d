using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>One flow of a capture: its key and the frame it began with.</summary>
/// <param name="Key">Who with whom.</param>
/// <param name="First">The frame it began with.</param>
public readonly record struct FlowId(FlowKey Key, FrameRef First)
{
    /// <summary>Gets who opened it.</summary>
    public IpAddress Originator => Key.Originator;

    /// <summary>Gets who answered.</summary>
    public IpAddress Responder => Key.Responder;

    /// <summary>Gets the originator's port.</summary>
    public ushort OriginatorPort => Key.OriginatorPort;

    /// <summary>Gets the responder's port.</summary>
    public ushort ResponderPort => Key.ResponderPort;

    /// <summary>Gets the identifier that logs use, in Zeek's form: <c>C</c> and seventeen base-62 digits; the same in every run over the same capture.</summary>
    public string Uid
    {
        get
        {
            ulong hash = StableHash.Combine(StableHash.Of(Key.Originator), Key.OriginatorPort);
            hash = StableHash.Combine(StableHash.Combine(hash, StableHash.Of(Key.Responder)), Key.ResponderPort);
            hash = StableHash.Combine(StableHash.Combine(hash, (ulong)Key.Protocol), StableHash.Of(Key.Tunnel.Source) ^ (ulong)Key.Tunnel.Kind);
            hash = StableHash.Combine(hash, ((ulong)(uint)First.Capture << 48) ^ (ulong)First.Number);
            return LogId.Of('C', hash);
        }
    }

    /// <summary>Gets the sender of a direction.</summary>
    public IpAddress Sender(Direction direction) => direction == Direction.ToResponder ? Key.Originator : Key.Responder;

    /// <summary>Gets the receiver of a direction.</summary>
    public IpAddress Receiver(Direction direction) => direction == Direction.ToResponder ? Key.Responder : Key.Originator;
}
