using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A flow that another one announced. It is honoured only between the same two hosts, so that it never crosses a shard.</summary>
/// <param name="Address">The host that will be opened to.</param>
/// <param name="Port">The port that will be opened to.</param>
/// <param name="Transport">TCP or UDP.</param>
/// <param name="Protocol">The name of the protocol that it will speak.</param>
/// <param name="Tag">What the announcing parser wants to tell the new one; it may go on filling it in, both work on one host pair and in capture order.</param>
public sealed record Expectation(IpAddress Address, ushort Port, IpProtocol Transport, string Protocol, object? Tag = null);
