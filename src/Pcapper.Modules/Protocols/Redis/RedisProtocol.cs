using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Redis;

/// <summary>Redis and what speaks its protocol (redis.io, RESP2 and RESP3).</summary>
public sealed class RedisProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "redis";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [6379, 6380];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => direction == Direction.ToResponder ? Resp.ProbeCommand(first) : Resp.ProbeReply(first);

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new RedisParser(flow, bus);
}
