namespace Pcapper.Engine;

/// <summary>Wants the bytes of flows as they were sent: TCP streams in order, and UDP datagrams, whatever protocol they speak.</summary>
public interface IStreamConsumer
{
    /// <summary>Begins to watch a flow of which the first payload was captured; null if it is of no interest. May be called by each shard at once.</summary>
    /// <param name="flow">The flow; its packets go on to change what it tells, so keep what must stay.</param>
    /// <param name="transport">TCP or UDP.</param>
    StreamWatcher? Watch(FlowContext flow, Transports transport);
}
