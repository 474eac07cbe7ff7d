using Pcapper.Modules.Protocols.OncRpc;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>A call of the mount protocol with its reply if there was one (RFC 1094, A; RFC 1813, 5).</summary>
public sealed record MountTransaction : RpcTransaction
{
    /// <summary>Gets the procedure's name: <c>MNT</c>, <c>EXPORT</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the path to be mounted or given up, raw, or null.</summary>
    public string? Path { get; init; }

    /// <summary>Gets the result of a mount.</summary>
    public uint? Status { get; init; }

    /// <summary>Gets the exports listed, raw: the path, and in brackets who may mount it.</summary>
    public IReadOnlyList<string> Exports { get; init; } = [];
}
