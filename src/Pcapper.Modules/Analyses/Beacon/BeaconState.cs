using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>When clients turned to servers, to names, and asked the DNS for names. Registered domains follow from the names.</summary>
public sealed class BeaconState : AnalyzerState
{
    private const int MostServers = 200_000;
    private const int MostNames = 100_000;

    /// <summary>Initializes a new instance of the <see cref="BeaconState"/> class.</summary>
    public BeaconState()
    {
        Servers = Part(new PartMap<Key2<AddressKey, EndpointKey>, BeatSeries>(MostServers));
        Names = Part(new PartMap<Key2<AddressKey, TextKey>, NamedBeats>(MostNames));
        Queries = Part(new PartMap<Key2<AddressKey, TextKey>, BeatSeries>(MostNames));
    }

    /// <summary>Gets the beats of each client and server port.</summary>
    public PartMap<Key2<AddressKey, EndpointKey>, BeatSeries> Servers { get; }

    /// <summary>Gets the beats of each client and name: HTTP's Host, or the server name of TLS and QUIC.</summary>
    public PartMap<Key2<AddressKey, TextKey>, NamedBeats> Names { get; }

    /// <summary>Gets the questions of each client for each name.</summary>
    public PartMap<Key2<AddressKey, TextKey>, BeatSeries> Queries { get; }
}
