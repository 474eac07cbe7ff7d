using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests;

public sealed class BurstTests
{
    [Theory]
    [InlineData(0, new long[0])]
    [InlineData(1, new long[] { 5 })]
    [InlineData(3, new long[] { 0, 5, 10 })]
    [InlineData(2, new long[] { 0, 5, 11 })]
    [InlineData(4, new long[] { 0, 20, 21, 25, 30, 31 })]
    public void The_most_events_within_a_stretch_are_counted_with_both_its_ends(int most, long[] times)
        => Assert.Equal(most, Burst.Largest([.. times.Select(time => new Timestamp(time))], 10));
}
