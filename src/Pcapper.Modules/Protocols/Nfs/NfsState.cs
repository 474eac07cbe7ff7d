using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>What is known of NFS, mounts and portmap.</summary>
public sealed class NfsState : AnalyzerState
{
    private const int MostFiles = 200_000;
    private const int MostPairs = 20_000;

    /// <summary>Initializes a new instance of the <see cref="NfsState"/> class.</summary>
    public NfsState()
    {
        Calls = Part(new Count());
        Unanswered = Part(new Count());
        Portmap = Part(new Count());
        Servers = Part(new PartMap<AddressKey, NfsServer>(MostPairs));
        Clients = Part(new PartMap<PairKey, NfsClient>(MostPairs));
        Files = Part(new PartMap<Key2<AddressKey, TextKey>, NfsFile>(MostFiles));
        Operations = Part(new PartMap<TextKey, Counters>(1024, () => new Counters(4)));
        Errors = Part(new PartMap<Key2<TextKey, NumberKey>, FrameSample>(4096));
        Surveys = Part(new PartMap<AddressKey, NfsSurvey>(MostPairs));
        Oversized = Part(new PartMap<PairKey, OversizedAddress>(MostPairs));
    }

    /// <summary>Gets the calls.</summary>
    public Count Calls { get; }

    /// <summary>Gets those without reply.</summary>
    public Count Unanswered { get; }

    /// <summary>Gets the calls of portmap.</summary>
    public Count Portmap { get; }

    /// <summary>Gets the servers.</summary>
    public PartMap<AddressKey, NfsServer> Servers { get; }

    /// <summary>Gets who used which server.</summary>
    public PartMap<PairKey, NfsClient> Clients { get; }

    /// <summary>Gets the files and directories per server.</summary>
    public PartMap<Key2<AddressKey, TextKey>, NfsFile> Files { get; }

    /// <summary>Gets, per operation: how often, failed, bytes read, bytes written.</summary>
    public PartMap<TextKey, Counters> Operations { get; }

    /// <summary>Gets the errors per operation and status.</summary>
    public PartMap<Key2<TextKey, NumberKey>, FrameSample> Errors { get; }

    /// <summary>Gets who had exports listed.</summary>
    public PartMap<AddressKey, NfsSurvey> Surveys { get; }

    /// <summary>Gets who sent whom an oversized address.</summary>
    public PartMap<PairKey, OversizedAddress> Oversized { get; }
}
