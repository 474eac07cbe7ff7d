using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Quic;

/// <summary>One QUIC connection, as far as its Initial packets show it: stated once per flow.</summary>
public sealed record QuicConnection : ProtocolRecord
{
    /// <summary>Gets the version of the first packet, or of the first that the server accepted.</summary>
    public required uint Version { get; init; }

    /// <summary>Gets the destination connection identifier of the client's first packet, in hexadecimal.</summary>
    public string? InitialDestinationId { get; init; }

    /// <summary>Gets the client's connection identifier, in hexadecimal.</summary>
    public string? ClientId { get; init; }

    /// <summary>Gets the server's connection identifier, in hexadecimal.</summary>
    public string? ServerId { get; init; }

    /// <summary>Gets the server name asked for, raw, or null.</summary>
    public string? ServerName { get; init; }

    /// <summary>Gets the first application protocol offered, raw, or null.</summary>
    public string? ApplicationProtocol { get; init; }

    /// <summary>Gets Zeek's history letters: one a packet or hello, upper case from the client.</summary>
    public required string History { get; init; }

    /// <summary>Gets a value indicating whether the server asked the client to prove its address (Retry).</summary>
    public bool HadRetry { get; init; }

    /// <summary>Gets a value indicating whether the server answered with the versions that it speaks.</summary>
    public bool HadVersionNegotiation { get; init; }

    /// <summary>Gets the frame of the server's first packet, or null.</summary>
    public FrameRef? ServerFrame { get; init; }
}
