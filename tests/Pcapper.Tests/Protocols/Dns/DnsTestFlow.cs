using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Packets;

namespace Pcapper.Tests.Protocols.Dns;

/// <summary>A flow, the DNS parser, and what it states.</summary>
internal sealed class DnsTestFlow : FlowContext, IRecordConsumer<ProtocolRecord>
{
    private readonly RecordBus _bus = new();
    private long _frame;

    public DnsTestFlow(ushort port = 53, IpProtocol protocol = IpProtocol.Udp)
    {
        _bus.SubscribeAll(this);
        Id = new FlowId(new FlowKey(IpAddress.Parse("10.0.0.5"), 49152, IpAddress.Parse("10.0.0.53"), port, protocol, default), new FrameRef(0, 1));
        Parser = new DnsParser(this, _bus);
    }

    public DnsParser Parser { get; }

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

    public ParseResult Asks(ReadOnlySpan<byte> bytes, bool isDatagram = true, int missing = 0) => Feed(Direction.ToResponder, bytes, isDatagram, missing);

    public ParseResult Answers(ReadOnlySpan<byte> bytes, bool isDatagram = true) => Feed(Direction.ToOriginator, bytes, isDatagram, 0);

    private ParseResult Feed(Direction direction, ReadOnlySpan<byte> bytes, bool isDatagram, int missing)
    {
        _frame++;
        ChunkPiece[] pieces = [new(0, new FrameRef(0, _frame), Timestamp.FromSeconds(1_700_000_000, _frame * 1_000_000))];
        return Parser.Parse(direction, new StreamChunk { Bytes = bytes, Pieces = pieces, IsDatagram = isDatagram, Missing = missing });
    }
}
