using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>An industrial message breaks a rule of its protocol; it is stated as <see cref="AnomalySeen"/> as well.</summary>
public sealed record IcsFault : ProtocolRecord
{
    /// <summary>Gets the protocol: <c>modbus</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the rule, a constant text.</summary>
    public required string Rule { get; init; }

    /// <summary>Gets a value indicating whether it is a wrong checksum.</summary>
    public bool IsChecksum { get; init; }
}
