using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>A client answered a challenge: one try to log in with NTLM. Frame and time are the response's.</summary>
public sealed record NtlmAuthentication : ProtocolRecord
{
    /// <summary>Gets what carried it: <c>smb</c>, <c>http</c>, <c>dce_rpc</c>.</summary>
    public required string Carrier { get; init; }

    /// <summary>Gets which way the response went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the user, raw; empty if anonymous.</summary>
    public required string User { get; init; }

    /// <summary>Gets the domain, raw.</summary>
    public required string Domain { get; init; }

    /// <summary>Gets the name that the client gives itself, raw.</summary>
    public required string Workstation { get; init; }

    /// <summary>Gets how the response was made.</summary>
    public required NtlmResponseKind Kind { get; init; }

    /// <summary>Gets the flags of the response.</summary>
    public required NtlmFlags Flags { get; init; }

    /// <summary>Gets the LM response.</summary>
    public required ReadOnlyMemory<byte> LmResponse { get; init; }

    /// <summary>Gets the NT response.</summary>
    public required ReadOnlyMemory<byte> NtResponse { get; init; }

    /// <summary>Gets the challenge that was answered, as a big-endian number, or null if it was not seen.</summary>
    public ulong? ServerChallenge { get; init; }

    /// <summary>Gets the domain or server that the challenge names, raw, or null.</summary>
    public string? TargetName { get; init; }

    /// <summary>Gets the names that the server told, or null.</summary>
    public NtlmTargetInfo? Server { get; init; }

    /// <summary>Gets what an NTLMv2 response repeats and adds, or null.</summary>
    public NtlmTargetInfo? Client { get; init; }

    /// <summary>Gets a value indicating whether the server let the client in, or null if the carrier does not tell.</summary>
    public bool? Success { get; init; }

    /// <summary>Gets the carrier's status (NTSTATUS, HTTP status), or null.</summary>
    public uint? Status { get; init; }

    /// <summary>Gets the client's address.</summary>
    public IpAddress ClientAddress => Flow.Sender(Direction);

    /// <summary>Gets the server's address.</summary>
    public IpAddress ServerAddress => Flow.Receiver(Direction);

    /// <summary>Gets the server's port.</summary>
    public ushort ServerPort => Direction == Direction.ToResponder ? Flow.ResponderPort : Flow.OriginatorPort;

    /// <summary>Gets the user with the domain: <c>EXAMPLE\anna</c>, or <c>anonymous</c>.</summary>
    public string Account => User.Length == 0 ? "anonymous" : Domain.Length == 0 ? User : $"{Domain}\\{User}";
}
