using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Mysql;

/// <summary>MySQL and MariaDB (dev.mysql.com, MySQL Client/Server Protocol).</summary>
public sealed class MysqlProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "mysql";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [3306, 33060];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
        => direction == Direction.ToOriginator ? MysqlGreeting.Probe(first) : MysqlLogin.Probe(first);

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new MysqlParser(flow, bus);
}
