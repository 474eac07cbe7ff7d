using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Mistakes of Pcapper that a run met: how many, and the earliest by frame, so that they do not depend on the number of shards.</summary>
internal sealed class InternalProblems
{
    private const int Most = 20;

    private readonly List<(FrameRef Frame, string Text)> _earliest = [];
    private long _total;

    /// <summary>Adds one.</summary>
    public void Add(FrameRef frame, Exception bug)
    {
        _total++;
        Keep(frame, $"internal problem at frame {frame}: {bug.GetType().Name}: {bug.Message} {bug.StackTrace?.Split('\n')[0].Trim()}");
    }

    /// <summary>Adds another shard's.</summary>
    public void Merge(InternalProblems other)
    {
        _total += other._total;
        foreach ((FrameRef frame, string text) in other._earliest)
        {
            Keep(frame, text);
        }
    }

    /// <summary>Tells them, the earliest first.</summary>
    public IEnumerable<RunProblem> ToRunProblems()
    {
        foreach ((_, string text) in _earliest)
        {
            yield return new RunProblem(RunProblemKind.Internal, text);
        }

        if (_total > _earliest.Count)
        {
            yield return new RunProblem(RunProblemKind.Internal, string.Create(CultureInfo.InvariantCulture, $"{_total - _earliest.Count} more internal problems"));
        }
    }

    private void Keep(FrameRef frame, string text)
    {
        int at = _earliest.Count;
        while (at > 0 && Compare(_earliest[at - 1], (frame, text)) > 0)
        {
            at--;
        }

        if (at < Most)
        {
            _earliest.Insert(at, (frame, text));
            if (_earliest.Count > Most)
            {
                _earliest.RemoveAt(Most);
            }
        }
    }

    private static int Compare((FrameRef Frame, string Text) a, (FrameRef Frame, string Text) b)
        => a.Frame.CompareTo(b.Frame) is not 0 and var order ? order : string.CompareOrdinal(a.Text, b.Text);
}
