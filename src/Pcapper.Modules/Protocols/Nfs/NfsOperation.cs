namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>One operation on a file or directory; of NFSv4 one of those in a COMPOUND.</summary>
/// <param name="Name">What: <c>LOOKUP</c>, <c>READ</c>.</param>
/// <param name="Path">On what: the path as far as it is known, raw; null if nothing is.</param>
/// <param name="NewPath">Where to, of a rename or link, raw.</param>
/// <param name="Bytes">How much was read, or is to be written.</param>
/// <param name="Status">The result (RFC 1813, 2.6; RFC 8881, 15.1), if it was answered and read.</param>
public readonly record struct NfsOperation(string Name, string? Path, string? NewPath, long Bytes, uint? Status)
{
    /// <summary>Gets a value indicating whether it changes files or directories.</summary>
    public bool IsChange => Name is "WRITE" or "CREATE" or "MKDIR" or "SYMLINK" or "MKNOD" or "REMOVE" or "RMDIR" or "RENAME" or "LINK" or "SETATTR";

    /// <summary>Gets a value indicating whether access was denied: NFSERR_PERM, NFSERR_ACCES, NFS4ERR_WRONGSEC.</summary>
    public bool IsDenied => Status is 1 or 13 or 10016;
}
