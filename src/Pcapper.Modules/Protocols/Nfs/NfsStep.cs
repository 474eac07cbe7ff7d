namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>An operation while its reply is awaited: which handles and names it is about.</summary>
internal sealed class NfsStep
{
    public required uint Code { get; init; }

    public required string Operation { get; init; }

    /// <summary>Gets or sets the hash of the handle it works on, 0 if unknown.</summary>
    public ulong Handle { get; set; }

    /// <summary>Gets or sets the hash of the handle that it leads to, 0 if unknown.</summary>
    public ulong Result { get; set; }

    public string? Name { get; set; }

    /// <summary>Gets or sets the hash of the directory that a rename or link leads to.</summary>
    public ulong NewHandle { get; set; }

    public string? NewName { get; set; }

    public long Bytes { get; set; }

    /// <summary>Gets or sets where in the file the bytes stand.</summary>
    public long Offset { get; set; }

    /// <summary>Gets or sets where in the arguments or results the bytes stand.</summary>
    public int ContentAt { get; set; }

    /// <summary>Gets or sets the bytes to be written, while the reply is awaited; null if they are not at hand, or nobody wants them.</summary>
    public byte[]? Content { get; set; }

    /// <summary>Gets or sets a value indicating whether the bytes read are the file's last.</summary>
    public bool IsEnd { get; set; }

    public uint? Status { get; set; }

    public string? Path { get; set; }

    public string? NewPath { get; set; }

    public bool IsRead => Operation is "READ" or "READ_PLUS";

    /// <summary>Gets the bytes that were moved, as far as they are at hand.</summary>
    public ReadOnlySpan<byte> ContentIn(ReadOnlySpan<byte> message)
        => ContentAt <= 0 || ContentAt > message.Length ? default : message.Slice(ContentAt, (int)Math.Min(message.Length - ContentAt, Bytes));

    public NfsOperation ToOperation() => new(Operation, Path, NewPath, Bytes, Status);
}
