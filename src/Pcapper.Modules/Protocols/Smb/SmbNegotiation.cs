using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A server chose a dialect, or a client offered some and got no answer.</summary>
public sealed record SmbNegotiation : ProtocolRecord
{
    /// <summary>Gets which way requests go.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the dialects that the client offered: <c>NT LM 0.12</c>, <c>3.1.1</c>.</summary>
    public IReadOnlyList<string> Offered { get; init; } = [];

    /// <summary>Gets the dialect that the server chose, or null.</summary>
    public string? Dialect { get; init; }

    /// <summary>Gets a value indicating whether the server insists on signing, or null without an answer.</summary>
    public bool? RequiresSigning { get; init; }

    /// <summary>Gets the server's identifier, or null.</summary>
    public string? ServerId { get; init; }

    /// <summary>Gets the server's capabilities.</summary>
    public uint Capabilities { get; init; }

    /// <summary>Gets the cipher that was agreed on, or null.</summary>
    public string? Cipher { get; init; }

    /// <summary>Gets a value indicating whether SMB 1 was chosen.</summary>
    public bool IsVersion1 => Dialect is not null && SmbDialects.IsVersion1(Dialect);

    /// <summary>Gets the client's address.</summary>
    public IpAddress Client => Flow.Sender(Direction);

    /// <summary>Gets the server's address.</summary>
    public IpAddress Server => Flow.Receiver(Direction);
}
