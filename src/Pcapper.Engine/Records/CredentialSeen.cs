namespace Pcapper.Engine;

/// <summary>A secret, or a response made from one, crossed the network where it could be read.</summary>
public sealed record CredentialSeen : ProtocolRecord
{
    /// <summary>Gets the protocol that carried it.</summary>
    public required string Protocol { get; init; }

    /// <summary>Gets the scheme: <c>basic</c>, <c>digest</c>, <c>bearer</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>Gets the user, raw, or null.</summary>
    public string? User { get; init; }

    /// <summary>Gets the secret, raw, or null.</summary>
    public string? Secret { get; init; }

    /// <summary>Gets the realm or host it is for, raw, or null.</summary>
    public string? Realm { get; init; }
}
