using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>A header of objects in a fragment.</summary>
public sealed record Dnp3ObjectSeen : ProtocolRecord
{
    /// <summary>Gets the function of the fragment.</summary>
    public required int Function { get; init; }

    /// <summary>Gets the header.</summary>
    public required Dnp3ObjectHeader Header { get; init; }
}
