using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>dce_rpc.log with Zeek's fields, and the identifier and number of what was called.</summary>
public static class DceRpcLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<DceRpcCall>.ForFlow(
        "dce_rpc",
        new("rtt", "interval", call => LogValue.Interval(call.ResponseTime)),
        new("named_pipe", "string", call => call.Pipe is { } pipe ? $"\\pipe\\{pipe}" : Port(call).ToString(CultureInfo.InvariantCulture)),
        new("endpoint", "string", call => call.Interface is null ? LogValue.Unset : LogValue.Text(call.Endpoint)),
        new("operation", "string", call => call.Interface is null ? LogValue.Unset : LogValue.Text(call.OperationName)),
        new("interface_uuid", "string", call => call.Interface),
        new("opnum", "count", call => LogValue.Count((long)call.Operation))).Only(call => call.Interface is not null);

    private static ushort Port(DceRpcCall call) => call.Direction == Direction.ToResponder ? call.Flow.ResponderPort : call.Flow.OriginatorPort;
}
