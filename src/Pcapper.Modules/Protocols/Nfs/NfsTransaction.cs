using Pcapper.Modules.Protocols.OncRpc;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>An NFS call with its reply if there was one.</summary>
public sealed record NfsTransaction : RpcTransaction
{
    /// <summary>Gets the procedure's name; <c>COMPOUND</c> for all of NFSv4 but NULL.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the result, if there is one and it was readable.</summary>
    public uint? Status { get; init; }

    /// <summary>Gets what was done, as far as it was readable.</summary>
    public required IReadOnlyList<NfsOperation> Operations { get; init; }

    /// <summary>Gets the bytes of files read.</summary>
    public long ReadBytes => Operations.Where(o => o.Name is "READ" or "READ_PLUS").Sum(o => o.Bytes);

    /// <summary>Gets the bytes written to files.</summary>
    public long WrittenBytes => Operations.Where(o => o.Name == "WRITE").Sum(o => o.Bytes);
}
