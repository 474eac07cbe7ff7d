namespace Pcapper.Engine;

/// <summary>A text that is a secret by its form (a key, a token) crossed the network where it could be read. Frame and time are those of its first character.</summary>
public sealed record SecretSeen : ProtocolRecord
{
    /// <summary>Gets what it is, a constant text: <c>AWS access key</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the secret, raw.</summary>
    public required Secret Secret { get; init; }

    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets where it begins in the bytes of its direction.</summary>
    public required long Offset { get; init; }

    /// <summary>Gets the protocol that carried it, or null if it is not known.</summary>
    public string? Protocol { get; init; }
}
