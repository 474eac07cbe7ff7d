using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Vlan;

/// <summary>What went on in one VLAN.</summary>
public sealed class VlanUse : Group
{
    private const int MostHosts = 4096;

    /// <summary>Initializes a new instance of the <see cref="VlanUse"/> class.</summary>
    public VlanUse()
        : base(8)
    {
        Frames = Part(new FrameSample());
        Bytes = Part(new Count());
        Priorities = Part(new Counters(8));
        DropEligible = Part(new Count());
        ServiceTags = Part(new Count());
        Macs = Part(new KeySet<MacKey>(MostHosts));
        Hosts = Part(new KeySet<AddressKey>(MostHosts));
        Extent = Part(new Extent());
    }

    /// <summary>Gets the frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the bytes.</summary>
    public Count Bytes { get; }

    /// <summary>Gets the frames per priority (PCP) of the outermost tag.</summary>
    public Counters Priorities { get; }

    /// <summary>Gets the frames that may be dropped first (DEI).</summary>
    public Count DropEligible { get; }

    /// <summary>Gets the frames whose outermost tag is a service tag (802.1ad).</summary>
    public Count ServiceTags { get; }

    /// <summary>Gets the senders' link addresses.</summary>
    public KeySet<MacKey> Macs { get; }

    /// <summary>Gets the senders' IP addresses.</summary>
    public KeySet<AddressKey> Hosts { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
