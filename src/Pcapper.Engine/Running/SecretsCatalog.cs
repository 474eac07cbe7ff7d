namespace Pcapper.Engine;

/// <summary>What a first pass over captures needs that only looks for secrets: all protocols, one analyzer.</summary>
internal sealed class SecretsCatalog(ICatalog catalog) : ICatalog
{
    private readonly List<string> _found = [];

    /// <summary>Gets the secrets found.</summary>
    public IReadOnlyList<string> Found => _found;

    /// <summary>Gets a value indicating whether there were more than are kept.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Gets the module to run.</summary>
    public IReadOnlySet<string> Modules { get; } = new HashSet<string>(StringComparer.Ordinal) { SecretsAnalyzer.Name };

    public IReadOnlyList<IProtocol> Protocols => catalog.Protocols;

    public IReadOnlyList<Func<RecordBus, IPacketConsumer?>> PacketParsers => catalog.PacketParsers;

    public IReadOnlyList<Func<RecordBus, IStreamConsumer?>> StreamParsers => catalog.StreamParsers;

    public IReadOnlyList<Func<IAnalyzer>> Analyzers => [() => new SecretsAnalyzer(Take)];

    public IReadOnlyList<Func<IRollup>> Rollups => [];

    public IReadOnlyList<ILogSchema> Logs => [];

    private void Take(IEnumerable<string> found, bool hasMore)
    {
        _found.AddRange(found);
        HasMore = hasMore;
    }
}
