using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>A datagram of an I/O connection (CIP volume 2, 2-6.1).</summary>
public sealed record CipIoSeen : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the connection.</summary>
    public required uint Connection { get; init; }

    /// <summary>Gets the number of the datagram within it.</summary>
    public required uint Sequence { get; init; }

    /// <summary>Gets the data, of which nothing tells the meaning, as hex.</summary>
    public required string Data { get; init; }

    /// <summary>Gets how many bytes of data there are.</summary>
    public required int Length { get; init; }
}
