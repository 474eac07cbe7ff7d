using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>A message of S7comm-plus, of which only the header is read.</summary>
public sealed record S7PlusMessage : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the version; from 3 on messages have a digest.</summary>
    public required byte Version { get; init; }
}
