using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Running;

/// <summary>What users read of mistakes in Pcapper.</summary>
public sealed class InternalProblemsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void The_earliest_are_told_whatever_the_number_of_shards(int shards)
    {
        InternalProblems[] problems = [.. Enumerable.Range(0, shards).Select(_ => new InternalProblems())];
        for (int frame = 100; frame > 0; frame--)
        {
            problems[frame % shards].Add(new FrameRef(0, frame), new InvalidOperationException("bug"));
        }

        foreach (InternalProblems other in problems[1..])
        {
            problems[0].Merge(other);
        }

        string[] texts = [.. problems[0].ToRunProblems().Select(p => p.Text.Trim())];
        Assert.Equal([.. Enumerable.Range(1, 20).Select(f => $"internal problem at frame {f}: InvalidOperationException: bug"), "80 more internal problems"], texts);
    }
}
