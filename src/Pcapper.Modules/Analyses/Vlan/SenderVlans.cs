using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Vlan;

/// <summary>The VLANs in which one link address sent frames.</summary>
public sealed class SenderVlans : Group
{
    /// <summary>Initializes a new instance of the <see cref="SenderVlans"/> class.</summary>
    public SenderVlans()
        : base(3)
    {
        Vlans = Part(new KeySet<NumberKey>(cap: 16));
        Hosts = Part(new KeySet<AddressKey>(cap: 4));
        Frames = Part(new FrameSample());
    }

    /// <summary>Gets the outermost identifiers; 0 for untagged and priority-tagged frames.</summary>
    public KeySet<NumberKey> Vlans { get; }

    /// <summary>Gets some of the IP addresses behind it.</summary>
    public KeySet<AddressKey> Hosts { get; }

    /// <summary>Gets its frames.</summary>
    public FrameSample Frames { get; }
}
