namespace Pcapper.Engine;

/// <summary>Hands records of one type to whoever subscribed; resolved once, so that emitting looks nothing up.</summary>
/// <typeparam name="TRecord">The type.</typeparam>
public sealed class Emitter<TRecord>
    where TRecord : ProtocolRecord
{
    private readonly List<IRecordConsumer<ProtocolRecord>> _all;
    private IRecordConsumer<TRecord>[] _consumers = [];

    internal Emitter(List<IRecordConsumer<ProtocolRecord>> all) => _all = all;

    /// <summary>Gets a value indicating whether anyone wants these records; if not, do not make them.</summary>
    public bool IsWanted => _consumers.Length != 0 || _all.Count != 0;

    /// <summary>Hands a record on.</summary>
    public void Emit(TRecord record)
    {
        foreach (IRecordConsumer<TRecord> consumer in _consumers)
        {
            consumer.Consume(record);
        }

        foreach (IRecordConsumer<ProtocolRecord> consumer in _all)
        {
            consumer.Consume(record);
        }
    }

    internal void Add(IRecordConsumer<TRecord> consumer) => _consumers = [.. _consumers, consumer];
}
