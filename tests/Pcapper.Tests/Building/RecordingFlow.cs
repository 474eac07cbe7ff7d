using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Packets;

namespace Pcapper.Tests.Building;

/// <summary>A flow that remembers what is stated of it, and counts the frames that it is fed with.</summary>
internal abstract class RecordingFlow : FlowContext, IRecordConsumer<ProtocolRecord>
{
    protected RecordingFlow(string client, ushort clientPort, string server, ushort port, IpProtocol transport, MemoryFileStore? store = null)
    {
        Bus = new RecordBus { Files = new FileDemand { Store = store, Sniff = new Catalog().Sniff } };
        Bus.Files.RequireHashes();
        Bus.SubscribeAll(this);
        Id = new FlowId(new FlowKey(IpAddress.Parse(client), clientPort, IpAddress.Parse(server), port, transport, default), new FrameRef(0, 1));
    }

    public RecordBus Bus { get; }

    public List<ProtocolRecord> Records { get; } = [];

    public override FlowId Id { get; }

    public override bool SawStart => true;

    public override Timestamp Last => default;

    public override FrameRef LastFrame => new(0, Frames);

    public override Expectation? AnnouncedAs => null;

    protected long Frames { get; set; }

    /// <summary>Gets the flows that were announced.</summary>
    public List<Expectation> Expected { get; } = [];

    public override void Expect(Expectation expectation) => Expected.Add(expectation);

    public void Consume(ProtocolRecord record) => Records.Add(record);

    public IReadOnlyList<T> All<T>()
        where T : ProtocolRecord
        => [.. Records.OfType<T>()];

    public T Only<T>()
        where T : ProtocolRecord
        => Records.OfType<T>().Single();

    /// <summary>Shows bytes to a parser as if the latest frame had carried them.</summary>
    protected ParseResult Show(FlowParser parser, Direction direction, ReadOnlySpan<byte> bytes, bool isDatagram, Timestamp time, int missing = 0)
    {
        ChunkPiece[] pieces = [new(0, new FrameRef(0, Frames), time)];
        return parser.Parse(direction, new StreamChunk { Bytes = bytes, Pieces = pieces, IsDatagram = isDatagram, Missing = missing });
    }
}
