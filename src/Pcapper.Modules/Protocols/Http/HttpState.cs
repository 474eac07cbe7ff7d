using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>What is known of the web traffic.</summary>
public sealed class HttpState : AnalyzerState
{
    // Names, paths and agents come from the network: what they key is capped well below Limits.Keys.
    private const int MaxNames = 100_000;
    private const int MaxPairs = 50_000;
    private const int MaxWords = 256;
    private const int MaxRows = 2_000;
    private const int SizesPerPath = 4;

    /// <summary>Initializes a new instance of the <see cref="HttpState"/> class.</summary>
    public HttpState()
    {
        Totals = Part(new Counters((int)HttpTotal.Count));
        ResponseTimes = Part(new Histogram());
        Methods = Part(new PartMap<TextKey, FrameSample>(MaxWords));
        Statuses = Part(new PartMap<NumberKey, FrameSample>(MaxWords));
        Versions = Part(new PartMap<TextKey, Count>(MaxWords));
        Clients = Part(new Sketch());
        Hosts = Part(new PartMap<TextKey, HttpHostUse>(MaxNames));
        Agents = Part(new PartMap<TextKey, HttpAgentUse>(MaxNames));
        Software = Part(new PartMap<Key2<EndpointKey, TextKey>, FrameSample>(MaxPairs));
        Urls = Part(new PartMap<TextKey, HttpUrlUse>(MaxNames));
        Downloads = Part(new Smallest<HttpFileRow>(MaxRows));
        Uploads = Part(new Smallest<HttpFileRow>(MaxRows));
        WebSockets = Part(new Smallest<HttpSocketRow>(MaxRows));
        Evidence = Part(new PartMap<HttpEvidenceKey, HttpEvidence>(MaxPairs));
        Probing = Part(new PartMap<Key3<PairKey, NumberKey, TextKey>, HttpProbing>(MaxPairs));
        Guessing = Part(new PartMap<Key3<PairKey, NumberKey, TextKey>, HttpGuessing>(MaxPairs));
        Sizes = Part(new PartMap<Key2<EndpointKey, TextKey>, KeySet<NumberKey>>(MaxPairs, () => new KeySet<NumberKey>(SizesPerPath)));
    }

    internal Counters Totals { get; }

    internal Histogram ResponseTimes { get; }

    internal PartMap<TextKey, FrameSample> Methods { get; }

    internal PartMap<NumberKey, FrameSample> Statuses { get; }

    internal PartMap<TextKey, Count> Versions { get; }

    internal Sketch Clients { get; }

    internal PartMap<TextKey, HttpHostUse> Hosts { get; }

    internal PartMap<TextKey, HttpAgentUse> Agents { get; }

    internal PartMap<Key2<EndpointKey, TextKey>, FrameSample> Software { get; }

    internal PartMap<TextKey, HttpUrlUse> Urls { get; }

    internal Smallest<HttpFileRow> Downloads { get; }

    internal Smallest<HttpFileRow> Uploads { get; }

    internal Smallest<HttpSocketRow> WebSockets { get; }

    internal PartMap<HttpEvidenceKey, HttpEvidence> Evidence { get; }

    internal PartMap<Key3<PairKey, NumberKey, TextKey>, HttpProbing> Probing { get; }

    internal PartMap<Key3<PairKey, NumberKey, TextKey>, HttpGuessing> Guessing { get; }

    /// <summary>Gets the sizes of ordinary 200 answers per path of a server, to compare answers to attacks with.</summary>
    internal PartMap<Key2<EndpointKey, TextKey>, KeySet<NumberKey>> Sizes { get; }
}
