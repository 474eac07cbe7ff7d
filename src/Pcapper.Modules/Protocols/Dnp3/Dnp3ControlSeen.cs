using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>A control of an output, or what came of it.</summary>
public sealed record Dnp3ControlSeen : ProtocolRecord
{
    /// <summary>Gets the function of the fragment.</summary>
    public required int Function { get; init; }

    /// <summary>Gets the control.</summary>
    public required Dnp3Control Control { get; init; }
}
