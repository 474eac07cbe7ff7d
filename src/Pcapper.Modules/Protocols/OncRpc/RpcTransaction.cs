using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>A call of any program, with its reply if there was one.</summary>
public abstract record RpcTransaction : ProtocolRecord
{
    /// <summary>Gets which way the call went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the number that pairs call and reply.</summary>
    public required uint Xid { get; init; }

    /// <summary>Gets the program's version.</summary>
    public required uint Version { get; init; }

    /// <summary>Gets the procedure's number.</summary>
    public required uint Procedure { get; init; }

    /// <summary>Gets as whom.</summary>
    public required RpcCredentials Credentials { get; init; }

    /// <summary>Gets a value indicating whether it was answered.</summary>
    public required bool IsAnswered { get; init; }

    /// <summary>Gets a value indicating whether RPC itself refused the call: unknown program, bad credentials, garbage.</summary>
    public required bool IsRefused { get; init; }

    /// <summary>Gets the frame of the reply, if any.</summary>
    public FrameRef? ReplyFrame { get; init; }

    /// <summary>Gets the nanoseconds to the reply, if any.</summary>
    public long? ResponseTime { get; init; }

    /// <summary>Gets who called.</summary>
    public IpAddress Client => Flow.Sender(Direction);

    /// <summary>Gets who was called.</summary>
    public IpAddress Server => Flow.Receiver(Direction);
}
