using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>What a parser knows of its flow.</summary>
public abstract class FlowContext
{
    /// <summary>Gets which flow it is.</summary>
    public abstract FlowId Id { get; }

    /// <summary>Gets a value indicating whether the flow's beginning was captured (TCP: its SYN).</summary>
    public abstract bool SawStart { get; }

    /// <summary>Gets when the flow's latest packet was captured.</summary>
    public abstract Timestamp Last { get; }

    /// <summary>Gets the frame of the flow's latest packet.</summary>
    public abstract FrameRef LastFrame { get; }

    /// <summary>Gets what the parser that announced this flow wanted to tell, or null if nobody announced it.</summary>
    public abstract Expectation? AnnouncedAs { get; }

    /// <summary>Gets or sets the name of the server that the client asked for before all that it says is encrypted (TLS and QUIC: the first server_name); null if none is known.</summary>
    public virtual string? ServerName { get; set; }

    /// <summary>Announces that hosts of this flow's pair will soon open another flow to an endpoint, speaking a protocol (FTP data, TFTP).</summary>
    public abstract void Expect(Expectation expectation);
}
