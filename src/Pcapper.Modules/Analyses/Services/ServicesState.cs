using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Services;

/// <summary>Which endpoints answered, and which software hosts said they run.</summary>
public sealed class ServicesState : AnalyzerState
{
    private const int MostKeys = 100_000;
    private const int MostBanners = 8;

    /// <summary>Initializes a new instance of the <see cref="ServicesState"/> class.</summary>
    public ServicesState()
    {
        Servers = Part(new PartMap<EndpointKey, ServiceUse>(MostKeys));
        Public = Part(new PartMap<EndpointKey, PublicUse>(MostKeys));
        Banners = Part(new PartMap<EndpointKey, PartMap<TextKey, FrameSample>>(MostKeys, () => new PartMap<TextKey, FrameSample>(MostBanners)));
        Clients = Part(new PartMap<Key3<AddressKey, TextKey, TextKey>, FrameSample>(MostKeys));
        OpenDoors = Part(new PartMap<Key2<EndpointKey, TextKey>, OpenDoor>(MostKeys));
    }

    /// <summary>Gets what is known of each endpoint.</summary>
    public PartMap<EndpointKey, ServiceUse> Servers { get; }

    /// <summary>Gets what public addresses did with each endpoint.</summary>
    public PartMap<EndpointKey, PublicUse> Public { get; }

    /// <summary>Gets what each server said it runs.</summary>
    public PartMap<EndpointKey, PartMap<TextKey, FrameSample>> Banners { get; }

    /// <summary>Gets the software per client, protocol and what it said.</summary>
    public PartMap<Key3<AddressKey, TextKey, TextKey>, FrameSample> Clients { get; }

    /// <summary>Gets who was let in without a secret, per endpoint and what showed it.</summary>
    public PartMap<Key2<EndpointKey, TextKey>, OpenDoor> OpenDoors { get; }
}
