using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>A call that waits for its reply.</summary>
internal sealed class RpcCall
{
    public required uint Xid { get; init; }

    public required RpcProgram Program { get; init; }

    public required uint Version { get; init; }

    public required uint Procedure { get; init; }

    public required RpcCredentials Credentials { get; init; }

    public required Direction Direction { get; init; }

    public required FrameRef Frame { get; init; }

    public required Timestamp Time { get; init; }

    /// <summary>Gets or sets what tells its arguments from others.</summary>
    public ulong Hash { get; set; }

    /// <summary>Gets or sets the next open call with the same number.</summary>
    public RpcCall? Next { get; set; }

    /// <summary>Gets or sets what the program's reader made of the arguments.</summary>
    public object? Arguments { get; set; }

    /// <summary>Gets the call with who made it and when.</summary>
    public RpcCall At(Direction direction, FrameRef frame, Timestamp time) => new()
    {
        Xid = Xid,
        Program = Program,
        Version = Version,
        Procedure = Procedure,
        Credentials = Credentials,
        Direction = direction,
        Frame = frame,
        Time = time,
    };
}
