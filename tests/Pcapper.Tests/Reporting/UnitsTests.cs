using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests;

public sealed class UnitsTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(3_041_280, "2.9 MiB")]
    [InlineData(1_048_575, "1.0 MiB")]
    [InlineData(-2048, "-2.0 KiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void Bytes(long value, string expected) => Assert.Equal(expected, Units.Bytes(value));

    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(999, "999 ns")]
    [InlineData(1_500, "1.5 µs")]
    [InlineData(12_000_000, "12 ms")]
    [InlineData(999_499_999, "999 ms")]
    [InlineData(999_500_000, "1 s")]
    [InlineData(60_200_000_000, "1 min")]
    [InlineData(59_960_000_000, "59.9 s")]
    [InlineData(1_122_793_903_000, "18 min 42 s")]
    [InlineData(3_600_000_000_000, "1 h")]
    [InlineData(93_784_000_000_000, "1 d 2 h")]
    [InlineData(-12_000_000, "-12 ms")]
    [InlineData(long.MinValue, "-106,751 d")]
    public void Duration(long value, string expected) => Assert.Equal(expected, Units.Duration(value));

    [Theory]
    [InlineData(0.48, "48 %")]
    [InlineData(0.002, "0.2 %")]
    [InlineData(0.0001, "<0.1 %")]
    [InlineData(0, "0 %")]
    [InlineData(1, "100 %")]
    [InlineData(0.0996, "10 %")]
    public void Percent(double value, string expected) => Assert.Equal(expected, Units.Percent(value));

    [Fact]
    public void Others()
    {
        Assert.Equal("1,431", Units.Count(1431));
        Assert.Equal("1 flow", Units.Count(1, "flow"));
        Assert.Equal("2 queries", Units.Count(2, "query", "queries"));
        Assert.Equal("4.1 Mbit/s", Units.BitsPerSecond(4_100_000));
        Assert.Equal("0.97", Units.Number(0.97));
        Assert.Equal("60.2 s", Units.Number(60.2, "s"));
        Assert.Equal("2026-02-04 08:59:58.113", Units.DateTime(SampleReport.Start));
        Assert.Equal("08:59:58", Units.TimeOfDay(SampleReport.Start));
        Assert.Equal("1969-12-31 23:59:59.999999999", Units.DateTime(new Timestamp(-1), 9));
    }

    [Fact]
    public void The_culture_does_not_matter()
        => Assert.Equal("1,431 2.9 MiB 0.97 1.5 µs -5 4.1 Mbit/s", SampleReport.InTurkish(() =>
            $"{Units.Count(1431)} {Units.Bytes(3_041_280)} {Units.Number(0.97)} {Units.Duration(1500)} {Units.Count(-5)} {Units.BitsPerSecond(4_100_000)}"));
}
