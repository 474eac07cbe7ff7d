using Pcapper.Modules.Protocols;
using Xunit;

namespace Pcapper.Tests.Protocols;

public sealed class RecentMapTests
{
    [Fact]
    public void What_was_used_latest_stays()
    {
        var map = new RecentMap<int, string>(2);
        Assert.Null(map.Set(1, "a", out _));
        Assert.Null(map.Set(2, "b", out _));
        Assert.Equal("a", map.Find(1));
        Assert.Equal("b", map.Set(3, "c", out bool isEvicted));
        Assert.True(isEvicted);
        Assert.Null(map.Find(2));
        Assert.Equal(["a", "c"], map.Values);
        Assert.Equal([1, 3], map.Keys);
    }

    [Fact]
    public void What_is_replaced_was_not_evicted()
    {
        var map = new RecentMap<int, string>(1);
        Assert.Empty(map.Values);
        Assert.Null(map.Find(1));
        Assert.Null(map.Remove(1));
        Assert.Null(map.Set(1, "a", out _));
        Assert.Equal("a", map.Set(1, "b", out bool isEvicted));
        Assert.False(isEvicted);
        Assert.Equal("b", map.Remove(1));
        Assert.Empty(map.Keys);
    }
}
