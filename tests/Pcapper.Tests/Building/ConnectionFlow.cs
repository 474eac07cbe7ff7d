using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Tests.Building;

/// <summary>A flow of one parser, and what it states; frames count up, a millisecond apart.</summary>
internal sealed class ConnectionFlow : FlowContext, IRecordConsumer<ProtocolRecord>
{
    private readonly RecordBus _bus = new();
    private long _frame;

    public ConnectionFlow(Func<FlowContext, RecordBus, FlowParser> create, ushort port, IpProtocol protocol = IpProtocol.Tcp, bool sawStart = true)
    {
        _bus.SubscribeAll(this);
        SawStart = sawStart;
        IsDatagram = protocol == IpProtocol.Udp;
        Id = new FlowId(new FlowKey(IpAddress.Parse("10.0.0.5"), 49152, IpAddress.Parse("10.0.0.10"), port, protocol, default), new FrameRef(0, 1));
        Parser = create(this, _bus);
    }

    public FlowParser Parser { get; }

    public List<ProtocolRecord> Records { get; } = [];

    public bool IsDatagram { get; }

    public override FlowId Id { get; }

    public override bool SawStart { get; }

    public override Timestamp Last => Timestamp.FromSeconds(1_700_000_000, _frame * 1_000_000);

    public override FrameRef LastFrame => new(0, _frame);

    public override Expectation? AnnouncedAs => null;

    public override void Expect(Expectation expectation) => throw new NotSupportedException();

    public void Consume(ProtocolRecord record) => Records.Add(record);

    public IReadOnlyList<T> All<T>()
        where T : ProtocolRecord
        => [.. Records.OfType<T>()];

    public T Only<T>()
        where T : ProtocolRecord
        => Records.OfType<T>().Single();

    public ParseResult Says(ReadOnlySpan<byte> bytes, int missing = 0) => Feed(Direction.ToResponder, bytes, missing);

    public ParseResult Replies(ReadOnlySpan<byte> bytes) => Feed(Direction.ToOriginator, bytes, 0);

    private ParseResult Feed(Direction direction, ReadOnlySpan<byte> bytes, int missing)
    {
        _frame++;
        ChunkPiece[] pieces = [new(0, LastFrame, Last)];
        return Parser.Parse(direction, new StreamChunk { Bytes = bytes, Pieces = pieces, IsDatagram = IsDatagram, Missing = missing });
    }
}
