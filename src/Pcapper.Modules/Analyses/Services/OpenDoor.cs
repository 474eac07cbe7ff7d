using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Services;

/// <summary>Those whom a server let in without a secret.</summary>
public sealed class OpenDoor : Group
{
    private const int MostClients = 16;

    /// <summary>Initializes a new instance of the <see cref="OpenDoor"/> class.</summary>
    public OpenDoor()
        : base(4)
    {
        Clients = Part(new KeySet<AddressKey>(MostClients));
        Protocol = Part(new Texts(1));
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the clients.</summary>
    public KeySet<AddressKey> Clients { get; }

    /// <summary>Gets the protocol.</summary>
    public Texts Protocol { get; }

    /// <summary>Gets the frames that show it.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
