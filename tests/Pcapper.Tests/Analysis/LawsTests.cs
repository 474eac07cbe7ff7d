using CsCheck;
using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests;

/// <summary>The laws' own test: they hold for an analyzer made of parts, and notice the usual mistakes.</summary>
public sealed class LawsTests
{
    private static readonly Gen<SoftwareSeen> s_software = Gen.Select(Gen.UInt[1, 5], Gen.Int[1, 40], Gen.Int[0, 9], (host, frame, banner) => new SoftwareSeen
    {
        Flow = default,
        Frame = new FrameRef(0, frame),
        Time = new Timestamp(frame),
        Host = IpAddress.FromIPv4(host),
        Port = 80,
        Protocol = "http",
        Banner = $"server/{banner}",
    });

    [Fact]
    public void They_hold_for_an_analyzer_made_of_parts() => Laws.Hold<Banners, SoftwareSeen>(s_software);

    [Fact]
    public void They_notice_a_part_that_keeps_the_first_to_arrive()
        => Assert.ThrowsAny<Exception>(() => Laws.HoldPart(() => new FirstCome(), Gen.Long[1, 9], (part, n) => part.Add(n)));

    [Fact]
    public void They_notice_conclusions_that_depend_on_what_was_concluded_before()
        => Assert.ThrowsAny<Exception>(() => Laws.Hold<Impure, SoftwareSeen>(s_software));

    public sealed class BannerState : AnalyzerState
    {
        public BannerState()
        {
            Hosts = Part(new PartMap<AddressKey, Texts>(cap: 3, () => new Texts(2)));
            Frames = Part(new FrameSample());
        }

        public PartMap<AddressKey, Texts> Hosts { get; }

        public FrameSample Frames { get; }
    }

    public class Banners : Analyzer<BannerState>, IRecordConsumer<SoftwareSeen>
    {
        public static readonly FindingType Old = new("banners.old", "Old software", Severity.Low);

        public override ModuleInfo Info { get; } = new("banners", "--banners", "Banners", "what hosts say they run", 1, [Old]);

        public override void Subscribe(RecordBus bus) => bus.Subscribe(this);

        public void Consume(SoftwareSeen record)
        {
            State.Hosts[record.Host].Add(record.Banner);
            State.Frames.Add(record.Frame);
        }

        public override void Conclude(BannerState state, Conclusions conclusions)
        {
            Table table = conclusions.Section.Table("hosts", "hosts", new("host", "host", CellKind.Address), new("banners", "banners", CellKind.Texts));
            table.Total = state.Hosts.Distinct;
            foreach ((AddressKey host, Texts banners) in state.Hosts.Entries)
            {
                table.Row(host.Address, Cell.List(banners));
                conclusions.Add(new Finding { Type = Old, Subject = $"{host}", Summary = banners.Values[0] }.WithEvidence(state.Frames));
            }
        }
    }

    public sealed class Impure : Banners
    {
        private int _times;

        public override void Conclude(BannerState state, Conclusions conclusions) => conclusions.Section.Fact("times", "times", ++_times);
    }

    private sealed class FirstCome : IStatePart
    {
        private long _first;

        public void Add(long value) => _first = _first == 0 ? value : _first;

        public void Merge(IStatePart other) => Add(((FirstCome)other)._first);

        public void Write(StateWriter writer) => writer.Number(_first);

        public void Read(ref StateReader reader) => _first = reader.Number();
    }
}
