using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Tests.Building;

/// <summary>A flow, one protocol's parser, and what it states; every feed is one frame, a second after the last.</summary>
internal sealed class ParserFlow : FlowContext, IRecordConsumer<ProtocolRecord>
{
    private readonly RecordBus _bus = new();
    private long _frame;

    public ParserFlow(IProtocol protocol, string client = "10.0.0.5", string server = "10.0.0.9", ushort port = 2049, IpProtocol transport = IpProtocol.Udp)
    {
        _bus.SubscribeAll(this);
        Id = new FlowId(new FlowKey(IpAddress.Parse(client), 900, IpAddress.Parse(server), port, transport, default), new FrameRef(0, 1));
        Parser = protocol.CreateParser(this, _bus);
    }

    public FlowParser Parser { get; }

    public List<ProtocolRecord> Records { get; } = [];

    public override FlowId Id { get; }

    public override bool SawStart => true;

    public override Timestamp Last => default;

    public override FrameRef LastFrame => new(0, _frame);

    public override Expectation? AnnouncedAs => null;

    public override void Expect(Expectation expectation) => throw new NotSupportedException();

    public void Consume(ProtocolRecord record) => Records.Add(record);

    public T Only<T>()
        where T : ProtocolRecord
        => Records.OfType<T>().Single();

    public ParseResult Says(ReadOnlySpan<byte> bytes, bool isDatagram = true) => Feed(Direction.ToResponder, bytes, isDatagram);

    public ParseResult Replies(ReadOnlySpan<byte> bytes, bool isDatagram = true) => Feed(Direction.ToOriginator, bytes, isDatagram);

    private ParseResult Feed(Direction direction, ReadOnlySpan<byte> bytes, bool isDatagram)
    {
        _frame++;
        ChunkPiece[] pieces = [new(0, new FrameRef(0, _frame), Timestamp.FromSeconds(1_700_000_000 + _frame))];
        return Parser.Parse(direction, new StreamChunk { Bytes = bytes, Pieces = pieces, IsDatagram = isDatagram });
    }
}
