using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Packets;
using Pcapper.Tests.Running;
using Pcapper.Tests.Samples;
using Xunit;

namespace Pcapper.Tests.Fuzzing;

/// <summary>Hostile bytes, from a fixed seed: nothing throws, nothing hangs, and the report stays valid.</summary>
public sealed class FuzzTests
{
    private const string Seed = "0N0XIzNsQ0O2";
    private static readonly byte[] s_sample = OfficeDay.Build();

    public static TheoryData<string> Protocols { get; } = [.. new Catalog().Protocols.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Any_bytes_cut_anywhere_are_survived(string name)
    {
        IProtocol protocol = new Catalog().Protocols.Single(p => p.Name == name);
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Bool, Gen.Int[1, 50]).List[1, 12].Sample(
            chunks =>
            {
                var flow = new TestFlow();
                FlowParser parser = protocol.CreateParser(flow, new RecordBus());
                byte[][] rest = [[], []];
                bool isDatagram = !protocol.Transports.HasFlag(Transports.Tcp);
                foreach ((byte[] bytes, bool toResponder, int gap) in chunks)
                {
                    Direction direction = toResponder ? Direction.ToResponder : Direction.ToOriginator;
                    if (bytes.Length > 0)
                    {
                        protocol.Probe(direction, bytes);
                    }

                    if (Feed(parser, direction, isDatagram ? bytes : [.. rest[(int)direction], .. bytes], isDatagram) is not { } left)
                    {
                        break;
                    }

                    rest[(int)direction] = left;
                    if (gap == 1)
                    {
                        parser.OnGap(direction, gap);
                        rest[(int)direction] = [];
                    }
                }

                parser.OnEnd();
            },
            iter: 400, seed: Seed);
    }

    [Fact]
    public void A_damaged_capture_gives_a_report()
        => Gen.Select(Gen.Int[24, s_sample.Length - 1], Gen.Byte).List[1, 40].Sample(
            changes =>
            {
                byte[] capture = [.. s_sample];
                foreach ((int at, byte value) in changes)
                {
                    capture[at] = value;
                }

                string json = Analysis.Json(Analysis.Of(capture));
                Assert.StartsWith("{", json);
            },
            iter: 30, seed: Seed, threads: 1);

    [Fact]
    public void A_cut_capture_gives_the_frames_before_the_cut()
        => Gen.Int[0, s_sample.Length].Sample(
            length => Analysis.Of(s_sample[..length]).Captures[0].Frames >= 0,
            iter: 20, seed: Seed, threads: 1);

    // As the engine does: what was not consumed is shown again with what came since; null when the flow is given up.
    private static byte[]? Feed(FlowParser parser, Direction direction, byte[] bytes, bool isDatagram)
    {
        while (bytes.Length > 0)
        {
            ParseResult result = parser.Parse(direction, new StreamChunk { Bytes = bytes, Pieces = [new ChunkPiece(0, new FrameRef(0, 1), default)], IsDatagram = isDatagram });
            if (result.Status != ParseStatus.Done)
            {
                return result.Status == ParseStatus.NeedMore && !isDatagram ? bytes : isDatagram ? [] : null;
            }

            Assert.True(result.Bytes > 0, "a parser made no progress");
            bytes = isDatagram || result.Bytes >= bytes.Length ? [] : bytes[(int)result.Bytes..];
        }

        return bytes;
    }

    private sealed class TestFlow : FlowContext
    {
        public override FlowId Id { get; } = new(new FlowKey(IpAddress.Parse("192.0.2.1"), 1, IpAddress.Parse("192.0.2.2"), 2, IpProtocol.Tcp, default), new FrameRef(0, 1));

        public override bool SawStart => true;

        public override Timestamp Last => default;

        public override FrameRef LastFrame => new(0, 1);

        public override Expectation? AnnouncedAs => null;

        public override void Expect(Expectation expectation)
        {
        }
    }
}
