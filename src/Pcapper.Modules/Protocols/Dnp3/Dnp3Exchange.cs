using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>A request, its answer, or both.</summary>
public sealed record Dnp3Exchange : ProtocolRecord
{
    /// <summary>Gets the function of the request, or null if it was not captured or there is none.</summary>
    public int? Request { get; init; }

    /// <summary>Gets the function of the answer, or null if there was none.</summary>
    public int? Reply { get; init; }

    /// <summary>Gets the internal indications of the answer, the first octet in the lower bits.</summary>
    public int? Indications { get; init; }
}
