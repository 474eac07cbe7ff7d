namespace Pcapper.Engine;

/// <summary>Takes records of one type.</summary>
/// <typeparam name="TRecord">The type.</typeparam>
public interface IRecordConsumer<in TRecord>
    where TRecord : ProtocolRecord
{
    /// <summary>Takes one record.</summary>
    void Consume(TRecord record);
}
