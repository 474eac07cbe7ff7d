using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>When and how a name was answered with an address.</summary>
public sealed class DnsAnswer : Group
{
    /// <summary>Initializes a new instance of the <see cref="DnsAnswer"/> class.</summary>
    public DnsAnswer()
        : base(6)
    {
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
        LongestTtl = Part(new Maximum());
        Servers = Part(new KeySet<AddressKey>(cap: 2));
        Clients = Part(new KeySet<AddressKey>(cap: 2));
        Aliased = Part(new Count());
    }

    /// <summary>Gets the frames that say it.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }

    /// <summary>Gets the longest time to live in seconds.</summary>
    public Maximum LongestTtl { get; }

    /// <summary>Gets who said it.</summary>
    public KeySet<AddressKey> Servers { get; }

    /// <summary>Gets whom it was said to.</summary>
    public KeySet<AddressKey> Clients { get; }

    /// <summary>Gets how often the address belonged to an alias in another domain.</summary>
    public Count Aliased { get; }
}
