using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>One kind of evidence that a host is a controller of a domain.</summary>
public sealed class ControllerFacts : Group
{
    private const int Few = 4;
    private const int MostClients = 64;

    /// <summary>Initializes a new instance of the <see cref="ControllerFacts"/> class.</summary>
    public ControllerFacts()
        : base(7)
    {
        Names = Part(new Texts(Few));
        Sites = Part(new Texts(Few));
        Software = Part(new Texts(Few));
        Roles = Part(new Bits());
        Peers = Part(new KeySet<AddressKey>(MostClients));
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets its names: DNS names in lower case, NetBIOS names in upper case.</summary>
    public Texts Names { get; }

    /// <summary>Gets its sites.</summary>
    public Texts Sites { get; }

    /// <summary>Gets what it runs.</summary>
    public Texts Software { get; }

    /// <summary>Gets what it does (DS_FLAG bits).</summary>
    public Bits Roles { get; }

    /// <summary>Gets whom it answered; of locator records and NetBIOS names who said it.</summary>
    public KeySet<AddressKey> Peers { get; }

    /// <summary>Gets the frames that show it.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }

    /// <summary>Adds one more time.</summary>
    public ControllerFacts Add(ProtocolRecord record, AddressKey peer)
    {
        Peers.Add(peer);
        Frames.Add(record.Frame);
        When.Add(record.Time, record.Frame);
        return this;
    }
}
