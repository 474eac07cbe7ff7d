using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>A message of S7comm, or the request for a connection that it runs in.</summary>
public sealed record S7Message : IcsMessage
{
    /// <summary>Gets the kind.</summary>
    public required S7Kind Kind { get; init; }

    /// <summary>Gets the number that pairs answers with requests.</summary>
    public ushort Reference { get; init; }

    /// <summary>Gets the function; of user data type and group; null in an answer without parameters.</summary>
    public byte? Function { get; init; }

    /// <summary>Gets the sub-function of user data, or null.</summary>
    public byte? SubFunction { get; init; }

    /// <summary>Gets the service that a controller is asked to perform, raw, or null.</summary>
    public string? Service { get; init; }

    /// <summary>Gets the block or file named, raw, or null.</summary>
    public string? Block { get; init; }

    /// <summary>Gets the number of the system status list, or null.</summary>
    public int? List { get; init; }

    /// <summary>Gets the class of the error of an answer, or null if it has none.</summary>
    public byte? ErrorClass { get; init; }

    /// <summary>Gets the error within the class.</summary>
    public byte? ErrorCode { get; init; }

    /// <summary>Gets what the controller says of itself.</summary>
    public IReadOnlyList<S7Identity> Identities { get; init; } = [];

    /// <summary>Gets a value indicating whether the client answers what the controller asked for.</summary>
    public bool IsClientAnswer { get; init; }
}
