namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>Somebody asked at which port a program is (RFC 1833).</summary>
public sealed record PortmapTransaction : RpcTransaction
{
    /// <summary>Gets the procedure's name: <c>GETPORT</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the program asked for, or null.</summary>
    public uint? Program { get; init; }

    /// <summary>Gets the port or universal address that was answered, raw, or null.</summary>
    public string? Address { get; init; }

    /// <summary>Gets how many bytes the longest network id, universal address or owner in call or reply says it has.</summary>
    public uint LongestText { get; init; }

    /// <summary>Gets a value indicating whether that was in the reply.</summary>
    public bool IsLongestInReply { get; init; }
}
