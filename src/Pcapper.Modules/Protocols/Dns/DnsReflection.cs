using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Responses that are many times larger than what asked for them, or that nobody asked for, to one host.</summary>
public sealed class DnsReflection : Group
{
    /// <summary>Initializes a new instance of the <see cref="DnsReflection"/> class.</summary>
    public DnsReflection()
        : base(6)
    {
        Frames = Part(new FrameSample());
        Asked = Part(new Count());
        Answered = Part(new Count());
        Unasked = Part(new Count());
        Servers = Part(new Sketch());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the bytes of the queries.</summary>
    public Count Asked { get; }

    /// <summary>Gets the bytes of the responses.</summary>
    public Count Answered { get; }

    /// <summary>Gets how many responses had no query.</summary>
    public Count Unasked { get; }

    /// <summary>Gets how many servers sent them.</summary>
    public Sketch Servers { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
