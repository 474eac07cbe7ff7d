using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A request of SMB 2 or 3 was answered.</summary>
public sealed record SmbResponse : ProtocolRecord
{
    /// <summary>Gets which way the response went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the time from the request to the final response in nanoseconds.</summary>
    public required long ResponseTime { get; init; }
}
