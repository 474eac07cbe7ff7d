using CsCheck;
using Pcapper.Engine;
using Pcapper.Fuzz;
using Pcapper.Modules;
using Pcapper.Tests.Running;
using Pcapper.Tests.Samples;
using Xunit;

namespace Pcapper.Tests.Fuzzing;

/// <summary>Hostile bytes, from a fixed seed: nothing throws, nothing hangs, and the report stays valid.</summary>
public sealed class FuzzTests
{
    private static readonly byte[] s_sample = OfficeDay.Build();

    public static TheoryData<string> Protocols { get; } = [.. new Catalog().Protocols.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Any_bytes_cut_anywhere_are_survived(string name)
    {
        IProtocol protocol = new Catalog().Protocols.Single(p => p.Name == name);
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Bool, Gen.Int[1, 50]).List[1, 12].Always(
            chunks =>
            {
                var flow = new FuzzFlow();
                FlowParser parser = protocol.CreateParser(flow, FuzzBus.Create());
                byte[][] rest = [[], []];
                bool isDatagram = !protocol.Transports.HasFlag(Transports.Tcp);
                foreach ((byte[] bytes, bool toResponder, int gap) in chunks)
                {
                    Direction direction = toResponder ? Direction.ToResponder : Direction.ToOriginator;
                    if (bytes.Length > 0)
                    {
                        protocol.Probe(direction, bytes);
                    }

                    if (ParserFeed.Feed(parser, direction, isDatagram ? bytes : [.. rest[(int)direction], .. bytes], isDatagram) is not { } left)
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
            iterations: 400);
    }

    [Fact]
    public void A_damaged_capture_gives_a_report()
        => Gen.Select(Gen.Int[24, s_sample.Length - 1], Gen.Byte).List[1, 40].Always(
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
            iterations: 30);

    [Fact]
    public void A_cut_capture_gives_the_frames_before_the_cut()
        => Gen.Int[0, s_sample.Length].Always(
            length => Analysis.Of(s_sample[..length]).Captures[0].Frames >= 0,
            iterations: 20);
}
