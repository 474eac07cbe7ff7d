using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A file, or a body like one, went over the network. Frame and time are where it began; content encodings are undone.</summary>
public sealed record FileTransfer : ProtocolRecord
{
    private const long FreeHoles = 1024 * 1024;
    private const long HolesPerByte = 16;

    /// <summary>Gets the identifier that logs use, the same in every run over the same capture.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the protocol that carried it: <c>http</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets its name, raw, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Gets where it came from or went to, raw: a URL, a share; or null.</summary>
    public string? Location { get; init; }

    /// <summary>Gets the media type that the sender declared, or null.</summary>
    public string? DeclaredType { get; init; }

    /// <summary>Gets the media type that its first bytes show, or null.</summary>
    public string? SniffedType { get; init; }

    /// <summary>Gets how many bytes of it were seen, each counted once.</summary>
    public required long SeenBytes { get; init; }

    /// <summary>Gets how many bytes it has, if announced.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>Gets how many bytes are known to be missing.</summary>
    public long MissingBytes { get; init; }

    /// <summary>Gets a value indicating whether all of it was seen.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Gets the frame of its last bytes.</summary>
    public FrameRef LastFrame { get; init; }

    /// <summary>Gets when its last bytes were captured.</summary>
    public Timestamp LastTime { get; init; }

    /// <summary>Gets its first bytes without a hole, at most <see cref="Limits.FileHead"/>; empty where nobody asked for contents.</summary>
    public ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>Gets the MD5 of its content in hexadecimal, if complete and somebody asked for hashes.</summary>
    public string? Md5 { get; init; }

    /// <summary>Gets the SHA-1 of its content in hexadecimal, likewise.</summary>
    public string? Sha1 { get; init; }

    /// <summary>Gets the SHA-256 of its content in hexadecimal, likewise.</summary>
    public string? Sha256 { get; init; }

    /// <summary>
    /// Gets a value indicating whether there is next to nothing of it but holes: to treat the zeros in them as content would multiply what a few
    /// bytes cost.
    /// </summary>
    public bool IsMostlyHoles => !IsComplete && MissingBytes > FreeHoles + (HolesPerByte * SeenBytes);

    /// <summary>Gets who sent it.</summary>
    public IpAddress Sender => Flow.Sender(Direction);

    /// <summary>Gets who received it.</summary>
    public IpAddress Receiver => Flow.Receiver(Direction);
}
