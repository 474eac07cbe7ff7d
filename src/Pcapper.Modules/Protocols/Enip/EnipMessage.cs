using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>A message of the encapsulation.</summary>
public sealed record EnipMessage : IcsMessage
{
    /// <summary>Gets the command.</summary>
    public required EnipCommand Command { get; init; }

    /// <summary>Gets how many bytes follow the header.</summary>
    public required int Length { get; init; }

    /// <summary>Gets the session.</summary>
    public required uint Session { get; init; }

    /// <summary>Gets how it went; 0 is well.</summary>
    public required uint Status { get; init; }

    /// <summary>Gets what the sender gets back.</summary>
    public required ulong Context { get; init; }

    /// <summary>Gets the options.</summary>
    public uint Options { get; init; }
}
