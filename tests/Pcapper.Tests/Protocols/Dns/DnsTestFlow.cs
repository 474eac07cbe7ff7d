using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Packets;
using Pcapper.Tests.Building;

namespace Pcapper.Tests.Protocols.Dns;

/// <summary>A flow, the DNS parser, and what it states.</summary>
internal sealed class DnsTestFlow : RecordingFlow
{
    public DnsTestFlow(ushort port = 53, IpProtocol protocol = IpProtocol.Udp)
        : base("10.0.0.5", 49152, "10.0.0.53", port, protocol) => Parser = new DnsParser(this, Bus);

    public DnsParser Parser { get; }

    public ParseResult Asks(ReadOnlySpan<byte> bytes, bool isDatagram = true, int missing = 0) => Feed(Direction.ToResponder, bytes, isDatagram, missing);

    public ParseResult Answers(ReadOnlySpan<byte> bytes, bool isDatagram = true) => Feed(Direction.ToOriginator, bytes, isDatagram, 0);

    private ParseResult Feed(Direction direction, ReadOnlySpan<byte> bytes, bool isDatagram, int missing)
    {
        Frames++;
        return Show(Parser, direction, bytes, isDatagram, Timestamp.FromSeconds(1_700_000_000, Frames * 1_000_000), missing);
    }
}
