using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Requests for a whole zone.</summary>
public sealed class DnsTransfer : Group
{
    /// <summary>Initializes a new instance of the <see cref="DnsTransfer"/> class.</summary>
    public DnsTransfer()
        : base(5)
    {
        Frames = Part(new FrameSample());
        Records = Part(new Count());
        Bytes = Part(new Count());
        Rcodes = Part(new Bits());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the requests, or the responses where no request was captured.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets how many records were handed out.</summary>
    public Count Records { get; }

    /// <summary>Gets the bytes of the responses.</summary>
    public Count Bytes { get; }

    /// <summary>Gets the response codes.</summary>
    public Bits Rcodes { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
