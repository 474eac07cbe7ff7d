using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>What one client asked one site for, and how much of it was not there.</summary>
internal sealed class HttpProbing : Group
{
    private const int MaxSamples = 4;

    public HttpProbing()
        : base(5)
    {
        Requests = Part(new Count());
        Missing = Part(new Sketch());
        Samples = Part(new Texts(MaxSamples));
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets the answered requests.</summary>
    public Count Requests { get; }

    /// <summary>Gets how many different URLs were not found.</summary>
    public Sketch Missing { get; }

    /// <summary>Gets some of them.</summary>
    public Texts Samples { get; }

    /// <summary>Gets the requests for them.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
