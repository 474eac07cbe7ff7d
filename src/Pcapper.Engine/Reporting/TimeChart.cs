using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Amounts over time.</summary>
public sealed class TimeChart : Block
{
    internal TimeChart(string id, string title, CellKind kind, TimeSeries series)
    {
        Id = id;
        Title = title;
        Kind = kind;
        Start = series.Start;
        BucketSeconds = series.BucketSeconds;
        Amounts = series.Amounts.ToArray();
    }

    /// <summary>Gets its stable name.</summary>
    public string Id { get; }

    /// <summary>Gets its heading.</summary>
    public string Title { get; }

    /// <summary>Gets what the amounts are.</summary>
    public CellKind Kind { get; }

    /// <summary>Gets the start of the first bucket.</summary>
    public Timestamp Start { get; }

    /// <summary>Gets the width of a bucket in seconds.</summary>
    public long BucketSeconds { get; }

    /// <summary>Gets the amounts, one for each bucket.</summary>
    public IReadOnlyList<long> Amounts { get; }
}
