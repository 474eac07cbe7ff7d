namespace Pcapper.Engine;

/// <summary>Sorted rows of one log, from memory or from a temporary file.</summary>
internal abstract class LogRun
{
    /// <summary>Gets the order of runs by the rows they are at.</summary>
    public static IComparer<LogRun> Order { get; } = Comparer<LogRun>.Create(static (a, b)
        => a.Key.CompareTo(b.Key) is not 0 and var order ? order : a.Bytes.Span.SequenceCompareTo(b.Bytes.Span));

    public LogKey Key { get; protected set; }

    public ReadOnlyMemory<byte> Bytes { get; protected set; }

    /// <summary>Moves to the next row, at first to the first.</summary>
    public abstract bool TryNext();
}
