using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Quic;

/// <summary>Declares Zeek's quic.log.</summary>
public static class QuicLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<QuicConnection>.ForFlow(
        "quic",
        new("version", "string", record => QuicVersions.Name(record.Version)),
        new("client_initial_dcid", "string", record => record.InitialDestinationId),
        new("client_scid", "string", record => record.ClientId),
        new("server_scid", "string", record => record.ServerId),
        new("server_name", "string", record => record.ServerName),
        new("client_protocol", "string", record => record.ApplicationProtocol),
        new("history", "string", record => record.History));
}
