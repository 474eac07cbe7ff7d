using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Ics;

public sealed class TrackerTests
{
    private static readonly IcsPollKey s_poll = new(1, 3, 0, 10);

    [Fact]
    public void Changes_and_their_speed_are_told()
    {
        var points = new PointTracker();
        List<IcsOddity>? none = null;
        Assert.True(Note(0, 1).IsFirst);
        Assert.False(Note(1, 1).HasChanged);
        for (int i = 2; i <= 30; i++)
        {
            IcsValue value = Note(i, i % 2);
            Assert.True(value.HasChanged || i == 3, $"{i}");
        }

        Assert.Equal(IcsLimits.BurstChanges, Note(31, 5).Burst);
        Assert.Equal(1, Note(500, 6).Burst);
        IcsValue Note(int second, long value) => points.Note(1, 0, 7, value, true, At(second), false, ref none);
    }

    [Fact]
    public void A_value_that_swings_and_then_leaves_its_range_jumps()
    {
        Assert.Equal(1, Jumps(i => 500 + (i % 7), 5000));
        Assert.Equal(0, Jumps(i => 500 + (i % 7), 510));
        Assert.Equal(0, Jumps(i => i, 50_000));
        Assert.Equal(0, Jumps(i => i % 2 * 3000, 9000));
    }

    [Fact]
    public void A_block_that_always_moved_freezes()
    {
        Assert.Equal(IcsOddityKind.Frozen, Assert.Single(Poll([.. Enumerable.Range(0, 200), .. Enumerable.Repeat(7, 120)])).Kind);
        Assert.Empty(Poll([.. Enumerable.Range(0, 200), .. Enumerable.Repeat(7, 40)]));
        Assert.Empty(Poll([.. Enumerable.Range(0, 200).Select(i => i / 3), .. Enumerable.Repeat(7, 120)]));
    }

    [Fact]
    public void A_block_that_repeats_a_stretch_is_replayed_and_one_that_always_did_is_not()
    {
        Assert.Equal(IcsOddityKind.Replayed, Assert.Single(Poll([.. Enumerable.Range(0, 400), .. Enumerable.Range(300, 60)])).Kind);
        Assert.Empty(Poll([.. Enumerable.Range(0, 1000).Select(i => i % 100)]));
        Assert.Empty(Poll([.. Enumerable.Range(0, 400), .. Enumerable.Range(300, 30), .. Enumerable.Range(1000, 100)]));
    }

    [Fact]
    public void Only_so_many_points_are_followed()
    {
        var points = new PointTracker();
        List<IcsOddity>? none = null;
        for (int i = 0; i < IcsLimits.FlowPoints + 10; i++)
        {
            points.Note(1, 0, i, 1, false, default, false, ref none);
        }

        Assert.True(points.Note(1, 0, 0, 2, false, default, false, ref none).HasChanged);
        Assert.False(points.Note(1, 0, IcsLimits.FlowPoints + 5, 2, false, default, false, ref none).HasChanged);
    }

    private static int Jumps(Func<int, long> usual, long last)
    {
        var points = new PointTracker();
        List<IcsOddity>? oddities = null;
        for (int i = 0; i < 200; i++)
        {
            points.Note(1, 4, 7, usual(i), false, At(i), true, ref oddities);
        }

        points.Note(1, 4, 7, last, false, At(200), true, ref oddities);
        return oddities?.Count ?? 0;
    }

    private static List<IcsOddity> Poll(IEnumerable<int> values)
    {
        var polls = new PollTracker();
        List<IcsOddity> oddities = [];
        int second = 0;
        foreach (int value in values)
        {
            polls.Asked(s_poll, At(second));
            if (polls.Answered(s_poll, 4, (ulong)value + 1, At(second++)) is { } odd)
            {
                oddities.Add(odd);
            }
        }

        return oddities;
    }

    private static Timestamp At(int second) => Timestamp.FromSeconds(1_700_000_000 + second);
}
