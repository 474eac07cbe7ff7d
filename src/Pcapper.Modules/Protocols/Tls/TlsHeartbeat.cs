using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>A heartbeat record (RFC 6520).</summary>
public sealed record TlsHeartbeat : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets a value indicating whether it was sent after encryption began: then only the record's length is known.</summary>
    public required bool IsEncrypted { get; init; }

    /// <summary>Gets a value indicating whether it asks rather than answers; meaningless if encrypted.</summary>
    public required bool IsRequest { get; init; }

    /// <summary>Gets how long it says that its payload is; 0 if encrypted.</summary>
    public required int ClaimedLength { get; init; }

    /// <summary>Gets how long the record is.</summary>
    public required int RecordLength { get; init; }

    /// <summary>Gets how long the latest heartbeat record of the other side was, or 0.</summary>
    public required int OtherLength { get; init; }

    /// <summary>Gets a value indicating whether it claims more payload than its record can hold (RFC 6520, 4: discard it silently).</summary>
    public bool ClaimsTooMuch => !IsEncrypted && ClaimedLength + 3 > RecordLength;
}
