using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>A text in the bytes of a flow. Frame and time are those of its first character.</summary>
public sealed record StringSeen : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the text, raw; cut at <see cref="Packets.Limits.Text"/> characters.</summary>
    public required string Text { get; init; }

    /// <summary>Gets how it is written.</summary>
    public required StringEncoding Encoding { get; init; }

    /// <summary>Gets where it begins in the bytes of its direction.</summary>
    public required long Offset { get; init; }

    /// <summary>Gets the protocol that carried it, or null if it is not known.</summary>
    public string? Protocol { get; init; }
}
