namespace Pcapper.Engine;

/// <summary>A rule of the user matches a file, or the bytes of one direction of a flow.</summary>
public sealed record ContentMatch : ProtocolRecord
{
    /// <summary>Gets the rule; offsets count from the beginning of the file or direction.</summary>
    public required RuleHit Hit { get; init; }

    /// <summary>Gets which way the bytes went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the file; null if it is the stream that matches.</summary>
    public FileTransfer? File { get; init; }
}
