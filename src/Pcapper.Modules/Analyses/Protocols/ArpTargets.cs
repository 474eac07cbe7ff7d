using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>Whom a host asked for by ARP.</summary>
public sealed class ArpTargets : Group
{
    private const int MostTargets = 4096;

    /// <summary>Initializes a new instance of the <see cref="ArpTargets"/> class.</summary>
    public ArpTargets()
        : base(4)
    {
        Frames = Part(new FrameSample());
        Targets = Part(new KeySet<AddressKey>(MostTargets));
        Senders = Part(new KeySet<AddressKey>(cap: 8));
        Extent = Part(new Extent());
    }

    /// <summary>Gets the requests.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the addresses asked for.</summary>
    public KeySet<AddressKey> Targets { get; }

    /// <summary>Gets the addresses that the host has, by its own word.</summary>
    public KeySet<AddressKey> Senders { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
