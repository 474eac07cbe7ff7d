using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Tests.Building;

/// <summary>A flow of one parser, and what it states; every feed is one frame, a second after the last.</summary>
internal sealed class ParserFlow : RecordingFlow
{
    private readonly bool _isDatagram;

    public ParserFlow(IProtocol protocol, ushort port = 2049)
        : this(protocol.CreateParser, port, IpProtocol.Udp)
    {
    }

    public ParserFlow(Func<FlowContext, RecordBus, FlowParser> create, ushort port, IpProtocol transport = IpProtocol.Tcp)
        : base("10.0.0.5", 49152, "10.0.0.9", port, transport)
    {
        _isDatagram = transport == IpProtocol.Udp;
        Parser = create(this, Bus);
    }

    public FlowParser Parser { get; }

    public override Timestamp Last => Timestamp.FromSeconds(1_700_000_000 + Frames);

    public ParseResult Says(ReadOnlySpan<byte> bytes, bool? isDatagram = null, int missing = 0) => Feed(Direction.ToResponder, bytes, isDatagram, missing);

    public ParseResult Replies(ReadOnlySpan<byte> bytes, bool? isDatagram = null) => Feed(Direction.ToOriginator, bytes, isDatagram, 0);

    /// <summary>What is fed next comes with the frame of that number, though others may have been fed before.</summary>
    public ParserFlow At(long frame)
    {
        Frames = frame - 1;
        return this;
    }

    private ParseResult Feed(Direction direction, ReadOnlySpan<byte> bytes, bool? isDatagram, int missing)
    {
        Frames++;
        return Show(Parser, direction, bytes, isDatagram ?? _isDatagram, Last, missing);
    }
}
