using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Snmp;

/// <summary>The SNMP messages of one flow; frame and time are those of the first.</summary>
public sealed record SnmpSession : ProtocolRecord
{
    /// <summary>Gets the nanoseconds from the first message to the last.</summary>
    public long Duration { get; init; }

    /// <summary>Gets the version of the first message.</summary>
    public required SnmpVersion Version { get; init; }

    /// <summary>Gets the community of the first message, or null.</summary>
    public Secret? Community { get; init; }

    /// <summary>Gets how often values, or the next ones, were asked for.</summary>
    public long GetRequests { get; init; }

    /// <summary>Gets how often many values were asked for.</summary>
    public long GetBulkRequests { get; init; }

    /// <summary>Gets the responses.</summary>
    public long GetResponses { get; init; }

    /// <summary>Gets how often values were to be changed.</summary>
    public long SetRequests { get; init; }
}
