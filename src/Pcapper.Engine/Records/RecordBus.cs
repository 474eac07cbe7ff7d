namespace Pcapper.Engine;

/// <summary>Connects those who state records with those who want them, in one shard.</summary>
public sealed class RecordBus
{
    private readonly Dictionary<Type, object> _emitters = [];
    private readonly List<IRecordConsumer<ProtocolRecord>> _all = [];
    private readonly List<IPacketConsumer> _packetConsumers = [];
    private readonly List<IFlowCounter> _flowCounters = [];
    private readonly List<IStreamConsumer> _streamConsumers = [];

    /// <summary>Gets what is wanted of files.</summary>
    public FileDemand Files { get; init; } = new();

    /// <summary>Gets the entries of lists that are looked for.</summary>
    public IReadOnlyList<WatchedPattern> Watched { get; init; } = [];

    /// <summary>Gets which texts of streams are wanted.</summary>
    public StringsOptions Strings { get; init; } = StringsOptions.Usual;

    /// <summary>Gets those who want packets.</summary>
    public IReadOnlyList<IPacketConsumer> PacketConsumers => _packetConsumers;

    /// <summary>Gets those who want the numbers of flows.</summary>
    public IReadOnlyList<IFlowCounter> FlowCounters => _flowCounters;

    /// <summary>Gets those who want the bytes of flows.</summary>
    public IReadOnlyList<IStreamConsumer> StreamConsumers => _streamConsumers;

    /// <summary>Gets a value indicating whether anyone wants to know what flows speak: then they are identified and parsed.</summary>
    public bool WantsStreams { get; private set; }

    /// <summary>Gets the emitter of a record type; parsers ask once and keep it.</summary>
    public Emitter<TRecord> Emitter<TRecord>()
        where TRecord : ProtocolRecord
    {
        if (_emitters.TryGetValue(typeof(TRecord), out object? known))
        {
            return (Emitter<TRecord>)known;
        }

        var emitter = new Emitter<TRecord>(_all);
        _emitters.Add(typeof(TRecord), emitter);
        return emitter;
    }

    /// <summary>Asks for records of one type.</summary>
    public void Subscribe<TRecord>(IRecordConsumer<TRecord> consumer)
        where TRecord : ProtocolRecord
    {
        Emitter<TRecord>().Add(consumer);
        WantsStreams |= typeof(TRecord) != typeof(FlowEnded);
    }

    /// <summary>Asks for all records.</summary>
    public void SubscribeAll(IRecordConsumer<ProtocolRecord> consumer)
    {
        _all.Add(consumer);
        WantsStreams = true;
    }

    /// <summary>Asks for all packets.</summary>
    public void SubscribePackets(IPacketConsumer consumer) => _packetConsumers.Add(consumer);

    /// <summary>Asks for the numbers of all flows.</summary>
    public void SubscribeCounts(IFlowCounter counter) => _flowCounters.Add(counter);

    /// <summary>Asks for the bytes of all flows: they are then put in order, and identified.</summary>
    public void SubscribeStreams(IStreamConsumer consumer)
    {
        _streamConsumers.Add(consumer);
        WantsStreams = true;
    }

    /// <summary>Asks that flows be identified although no protocol's records are wanted: <see cref="FlowEnded.Services"/> is then filled.</summary>
    public void RequireServices() => WantsStreams = true;
}
