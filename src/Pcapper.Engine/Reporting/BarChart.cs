namespace Pcapper.Engine;

/// <summary>Amounts side by side.</summary>
public sealed class BarChart : Block
{
    private readonly List<(string Label, long Amount)> _bars = [];

    internal BarChart(string id, string title, CellKind kind) => (Id, Title, Kind) = (id, title, kind);

    /// <summary>Gets its stable name.</summary>
    public string Id { get; }

    /// <summary>Gets its heading.</summary>
    public string Title { get; }

    /// <summary>Gets what the amounts are: <see cref="CellKind.Integer"/>, <see cref="CellKind.Bytes"/> or <see cref="CellKind.Duration"/>.</summary>
    public CellKind Kind { get; }

    /// <summary>Gets the bars, in the order added.</summary>
    public IReadOnlyList<(string Label, long Amount)> Bars => _bars;

    /// <summary>Makes the same chart with every label changed.</summary>
    internal BarChart With(Func<string, string> change)
    {
        var chart = new BarChart(Id, Title, Kind);
        chart._bars.AddRange(_bars.Select(bar => (change(bar.Label), bar.Amount)));
        return chart;
    }

    /// <summary>Adds a bar.</summary>
    public BarChart Bar(string label, long amount)
    {
        _bars.Add((Printable.From(label, 64), amount));
        return this;
    }
}
