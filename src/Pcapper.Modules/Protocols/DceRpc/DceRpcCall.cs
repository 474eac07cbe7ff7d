using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>A remote procedure call with its outcome. Frame and time are the request's.</summary>
public sealed record DceRpcCall : ProtocolRecord
{
    /// <summary>Gets which way the request went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the interface that was bound, in lower case, or null if the capture began after it.</summary>
    public string? Interface { get; init; }

    /// <summary>Gets the number of the operation.</summary>
    public required ushort Operation { get; init; }

    /// <summary>Gets the named pipe that carried it (<c>svcctl</c>), raw, or null over TCP.</summary>
    public string? Pipe { get; init; }

    /// <summary>Gets the account that called, raw, or null if it is not known.</summary>
    public string? Account { get; init; }

    /// <summary>Gets what the arguments tell of interest: the name of a service or a task, raw, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>Gets a value indicating whether the arguments were encrypted or could not be seen.</summary>
    public bool IsSealed { get; init; }

    /// <summary>Gets a value indicating whether an object is called, as DCOM does, and not only an interface.</summary>
    public bool IsOnObject { get; init; }

    /// <summary>Gets the time to the response in nanoseconds, or null if there was none.</summary>
    public long? ResponseTime { get; init; }

    /// <summary>Gets the status of a fault, or null.</summary>
    public uint? Fault { get; init; }

    /// <summary>Gets the status that the answer gives back, or null where it is not read: only of calls by which hosts prove themselves to Netlogon.</summary>
    public uint? Result { get; init; }

    /// <summary>Gets the name of the interface, or its identifier.</summary>
    public string Endpoint => DceRpcNames.Interface(Interface);

    /// <summary>Gets the name of the operation, or <c>unknown-N</c>.</summary>
    public string OperationName => DceRpcNames.Operation(Interface, Operation);
}
