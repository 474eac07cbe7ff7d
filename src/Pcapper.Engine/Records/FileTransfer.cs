namespace Pcapper.Engine;

/// <summary>A file, or a body like one, went over the network.</summary>
public sealed record FileTransfer : ProtocolRecord
{
    /// <summary>Gets the protocol that carried it: <c>http</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets its name, raw, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the media type that the sender declared, or null.</summary>
    public string? DeclaredType { get; init; }

    /// <summary>Gets the media type that its first bytes show, or null.</summary>
    public string? SniffedType { get; init; }

    /// <summary>Gets how many bytes of it were seen.</summary>
    public required long SeenBytes { get; init; }

    /// <summary>Gets how many bytes it has, if announced.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>Gets a value indicating whether all of it was seen.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Gets the SHA-256 of its content in hexadecimal, if complete.</summary>
    public string? Sha256 { get; init; }
}
