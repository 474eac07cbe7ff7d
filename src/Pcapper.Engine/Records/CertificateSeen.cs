namespace Pcapper.Engine;

/// <summary>A certificate was shown in a handshake.</summary>
public sealed record CertificateSeen : ProtocolRecord
{
    /// <summary>Gets the certificate, DER.</summary>
    public required ReadOnlyMemory<byte> Der { get; init; }

    /// <summary>Gets its place in the chain, 0 being the leaf.</summary>
    public required int Position { get; init; }

    /// <summary>Gets how many certificates the chain had.</summary>
    public required int ChainLength { get; init; }

    /// <summary>Gets a value indicating whether the originator showed it.</summary>
    public required bool IsClient { get; init; }

    /// <summary>Gets the server name that the client asked for, raw, or null.</summary>
    public string? ServerName { get; init; }

    /// <summary>Gets the SHA-256 in lower-case hexadecimal of the certificate that follows in the chain, or null.</summary>
    public string? IssuerSha256 { get; init; }
}
