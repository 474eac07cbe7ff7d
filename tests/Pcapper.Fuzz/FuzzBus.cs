using Pcapper.Engine;
using Pcapper.Modules;

namespace Pcapper.Fuzz;

/// <summary>A bus with somebody who wants every record, so that parsers make them.</summary>
internal static class FuzzBus
{
    public static RecordBus Create()
    {
        var bus = new RecordBus { Files = new FileDemand { Sniff = new Catalog().Sniff } };
        bus.Files.RequireHashes();
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
