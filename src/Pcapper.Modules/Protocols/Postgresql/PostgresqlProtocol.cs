using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Postgresql;

/// <summary>PostgreSQL (postgresql.org, Frontend/Backend Protocol 3.0).</summary>
public sealed class PostgresqlProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "postgresql";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [5432, 6432];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => direction == Direction.ToResponder ? ProbeStartup(first) : ProbeServer(first);

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new PostgresqlParser(flow, bus);

    private static Confidence ProbeStartup(ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        uint length = reader.U32();
        uint code = reader.U32();
        if (reader.Overrun)
        {
            return first is [] or [0] || (first is [0, 0, ..] && first.Length < 8) ? Confidence.Undecided : Confidence.No;
        }

        return code switch
        {
            PostgresqlParser.SslRequest or PostgresqlParser.GssRequest => length == 8 ? Confidence.Certain : Confidence.No,
            PostgresqlParser.CancelRequest => length == 16 ? Confidence.Certain : Confidence.No,
            >= 0x0003_0000 and <= 0x0003_0002 => length is > 8 and <= PostgresqlParser.MaxStartup && reader.Rest is [] or [>= (byte)0x20, ..] ? Confidence.Certain : Confidence.No,
            _ => Confidence.No,
        };
    }

    // A single S or N answers a request for TLS; only together with that request it means anything.
    private static Confidence ProbeServer(ReadOnlySpan<byte> first) => first switch
    {
        [] => Confidence.Undecided,
        [(byte)'S' or (byte)'N' or (byte)'G'] => Confidence.Plausible,
        [(byte)'S', 0x16, 0x03, ..] or [(byte)'N', (byte)'R' or (byte)'E', 0, 0, ..] => Confidence.Plausible,
        [(byte)'R' or (byte)'E', 0, 0, ..] => Confidence.Plausible,
        [(byte)'R' or (byte)'E'] or [(byte)'R' or (byte)'E', 0] => Confidence.Undecided,
        _ => Confidence.No,
    };
}
