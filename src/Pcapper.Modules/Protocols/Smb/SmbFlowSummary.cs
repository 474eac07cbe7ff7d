using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What one connection carried in all; stated at its end. Frame and time are those of its first message.</summary>
public sealed record SmbFlowSummary : ProtocolRecord
{
    /// <summary>Gets which way requests go.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the number of requests by command: <c>smb2 create</c>.</summary>
    public required IReadOnlyList<(string Command, long Count)> Commands { get; init; }

    /// <summary>Gets the number of refusals by NTSTATUS, each with its first frame.</summary>
    public required IReadOnlyList<(uint Status, long Count, FrameRef First)> Statuses { get; init; }

    /// <summary>Gets how many messages were encrypted.</summary>
    public long Encrypted { get; init; }

    /// <summary>Gets how many messages were compressed.</summary>
    public long Compressed { get; init; }

    /// <summary>Gets how many requests were answered with "pending" first.</summary>
    public long Pending { get; init; }

    /// <summary>Gets how many bytes of files were read.</summary>
    public long ReadBytes { get; init; }

    /// <summary>Gets how many bytes of files were written.</summary>
    public long WrittenBytes { get; init; }

    /// <summary>Gets the client's address.</summary>
    public IpAddress Client => Flow.Sender(Direction);

    /// <summary>Gets the server's address.</summary>
    public IpAddress Server => Flow.Receiver(Direction);
}
