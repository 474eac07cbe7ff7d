using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>Whose exports a client had listed.</summary>
public sealed class NfsSurvey : Group
{
    private const int MostServers = 64;

    /// <summary>Initializes a new instance of the <see cref="NfsSurvey"/> class.</summary>
    public NfsSurvey()
        : base(3)
    {
        Servers = Part(new KeySet<AddressKey>(MostServers));
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the servers.</summary>
    public KeySet<AddressKey> Servers { get; }

    /// <summary>Gets the calls.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
