using Pcapper.Engine;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Protocols.Tls;

/// <summary>A flow, a parser, and what it states.</summary>
internal sealed class TlsTestFlow : RecordingFlow
{
    public TlsTestFlow(IProtocol protocol, MemoryFileStore? store = null)
        : base("10.0.0.5", 49152, "203.0.113.9", 443, IpProtocol.Tcp, store) => Parser = protocol.CreateParser(this, Bus);

    public FlowParser Parser { get; }

    /// <summary>Feeds bytes of one direction until the parser has taken them or wants more; returns the last result.</summary>
    public ParseResult Feed(Direction direction, ReadOnlySpan<byte> bytes)
    {
        Frames++;
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
        => Show(Parser, direction, bytes, isDatagram, Timestamp.FromSeconds(1_700_000_000, Frames));

    public ParseResult Datagram(Direction direction, ReadOnlySpan<byte> bytes)
    {
        Frames++;
        return One(direction, bytes, isDatagram: true);
    }
}
