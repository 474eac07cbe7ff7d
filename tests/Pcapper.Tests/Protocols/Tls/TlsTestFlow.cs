using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Tls;

/// <summary>A flow, a parser, and what it states.</summary>
internal sealed class TlsTestFlow : FlowContext, IRecordConsumer<ProtocolRecord>
{
    private static readonly FlowKey s_key = new(
        IpAddress.Parse("10.0.0.5"), 49152, IpAddress.Parse("203.0.113.9"), 443, IpProtocol.Tcp, default);

    private readonly RecordBus _bus = new();
    private long _frame;

    public TlsTestFlow(IProtocol protocol)
    {
        _bus.SubscribeAll(this);
        Parser = protocol.CreateParser(this, _bus);
    }

    public FlowParser Parser { get; }

    public List<ProtocolRecord> Records { get; } = [];

    public override FlowId Id { get; } = new(s_key, new FrameRef(0, 1));

    public override bool SawStart => true;

    public override Timestamp Last => default;

    public override FrameRef LastFrame => new(0, _frame);

    public override Expectation? AnnouncedAs => null;

    public override void Expect(Expectation expectation) => throw new NotSupportedException();

    public void Consume(ProtocolRecord record) => Records.Add(record);

    public T Only<T>()
        where T : ProtocolRecord
        => Records.OfType<T>().Single();

    /// <summary>Feeds bytes of one direction until the parser has taken them or wants more; returns the last result.</summary>
    public ParseResult Feed(Direction direction, ReadOnlySpan<byte> bytes)
    {
        _frame++;
        ParseResult result = ParseResult.Done(0);
        while (!bytes.IsEmpty)
        {
            result = One(direction, bytes);
            if (result.Status != ParseStatus.Done || result.Bytes >= bytes.Length)
            {
                break;
            }

            Assert.InRange(result.Bytes, 1, bytes.Length);
            bytes = bytes[(int)result.Bytes..];
        }

        return result;
    }

    /// <summary>Asks the parser once.</summary>
    public ParseResult One(Direction direction, ReadOnlySpan<byte> bytes, bool isDatagram = false)
    {
        ChunkPiece[] pieces = [new(0, new FrameRef(0, _frame), Timestamp.FromSeconds(1_700_000_000, _frame))];
        return Parser.Parse(direction, new StreamChunk { Bytes = bytes, Pieces = pieces, IsDatagram = isDatagram });
    }

    public ParseResult Datagram(Direction direction, ReadOnlySpan<byte> bytes)
    {
        _frame++;
        return One(direction, bytes, isDatagram: true);
    }
}
