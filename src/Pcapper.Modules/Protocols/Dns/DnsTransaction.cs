using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>A question with its response, a question that got none, or a response whose question was not captured.</summary>
public sealed record DnsTransaction : ProtocolRecord
{
    /// <summary>Gets the message that asked, or null.</summary>
    public DnsMessage? Query { get; init; }

    /// <summary>Gets the message that answered, or null.</summary>
    public DnsMessage? Response { get; init; }

    /// <summary>Gets the question, or null if the messages have none.</summary>
    public required DnsQuestion? Question { get; init; }

    /// <summary>Gets the time between them in nanoseconds, if both were captured.</summary>
    public long? ResponseTime { get; init; }

    /// <summary>Gets the response that came before this one to the same query and gave other addresses, or null: one of the two is forged.</summary>
    public DnsMessage? Contradicted { get; init; }

    /// <summary>Gets which of the protocols it is.</summary>
    public DnsKind Kind => (Query ?? Response)!.Kind;

    /// <summary>Gets who asked.</summary>
    public IpAddress Client => Query is not null ? Flow.Sender(Query.Direction) : Flow.Receiver(Response!.Direction);

    /// <summary>Gets who was asked.</summary>
    public IpAddress Server => Query is not null ? Flow.Receiver(Query.Direction) : Flow.Sender(Response!.Direction);
}
