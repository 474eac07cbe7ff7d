using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tftp;

/// <summary>A host asked to read or write a file by TFTP.</summary>
public sealed record TftpRequest : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the file's name, raw.</summary>
    public required string FileName { get; init; }

    /// <summary>Gets the mode, raw: <c>octet</c>, <c>netascii</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Gets a value indicating whether the file goes to the server.</summary>
    public required bool IsWrite { get; init; }

    /// <summary>Gets the options asked for, raw (RFC 2347).</summary>
    public required IReadOnlyList<(string Name, string Value)> Options { get; init; }
}
