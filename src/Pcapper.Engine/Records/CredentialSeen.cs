using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A secret, or a response made from one, crossed the network where it could be read. Frame and time are the secret's.</summary>
public sealed record CredentialSeen : ProtocolRecord
{
    /// <summary>Gets the protocol that carried it.</summary>
    public required string Protocol { get; init; }

    /// <summary>Gets the scheme: <c>basic</c>, <c>digest</c>, <c>ntlmv2</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>Gets what it is.</summary>
    public required CredentialKind Kind { get; init; }

    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the user, raw, or null.</summary>
    public string? User { get; init; }

    /// <summary>Gets the secret, raw, or null.</summary>
    public Secret? Secret { get; init; }

    /// <summary>Gets how the secret stood on the wire, if not as it is (base64, percent-encoded), or null.</summary>
    public Secret? OnWire { get; init; }

    /// <summary>Gets the realm, domain, database or host it is for, raw, or null.</summary>
    public string? Realm { get; init; }

    /// <summary>Gets hashcat's number of the form that the secret has, or null if it is no line for hashcat.</summary>
    public int? HashcatMode { get; init; }

    /// <summary>Gets a value indicating whether the server accepted it, or null if nothing tells.</summary>
    public bool? Success { get; init; }

    /// <summary>Gets who sent it.</summary>
    public IpAddress Client => Flow.Sender(Direction);

    /// <summary>Gets who received it.</summary>
    public IpAddress Server => Flow.Receiver(Direction);

    /// <summary>Gets the receiver's port.</summary>
    public ushort ServerPort => Direction == Direction.ToResponder ? Flow.ResponderPort : Flow.OriginatorPort;
}
