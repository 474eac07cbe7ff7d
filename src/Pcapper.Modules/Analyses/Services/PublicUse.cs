using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Services;

/// <summary>The use that public addresses made of an endpoint.</summary>
public sealed class PublicUse : Group
{
    private const int MostClients = 4;

    /// <summary>Initializes a new instance of the <see cref="PublicUse"/> class.</summary>
    public PublicUse()
        : base(parts: 3)
    {
        Clients = Part(new Sketch());
        Sample = Part(new Smallest<AddressKey>(MostClients));
        Frames = Part(new FrameSample());
    }

    /// <summary>Gets how many public addresses got data.</summary>
    public Sketch Clients { get; }

    /// <summary>Gets some of them.</summary>
    public Smallest<AddressKey> Sample { get; }

    /// <summary>Gets the first frames of the flows in which they did.</summary>
    public FrameSample Frames { get; }
}
