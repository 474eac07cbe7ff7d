using Pcapper.Engine;

namespace Pcapper.Fuzz;

/// <summary>A bus with somebody who wants every record, so that parsers make them.</summary>
internal static class FuzzBus
{
    public static RecordBus Create()
    {
        var bus = new RecordBus();
        bus.SubscribeAll(new Taker());
        return bus;
    }

    private sealed class Taker : IRecordConsumer<ProtocolRecord>
    {
        public void Consume(ProtocolRecord record)
        {
        }
    }
}
