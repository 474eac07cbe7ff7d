namespace Pcapper.Engine;

/// <summary>Rows of typed cells, the most telling first.</summary>
public sealed class Table : Block
{
    private readonly List<Cell[]> _rows = [];

    internal Table(string id, string title, IReadOnlyList<Column> columns) => (Id, Title, Columns) = (id, title, columns);

    /// <summary>Gets its stable name, <c>module.name</c>.</summary>
    public string Id { get; }

    /// <summary>Gets its heading.</summary>
    public string Title { get; }

    /// <summary>Gets the columns.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Gets the rows in order; each has a cell for each column.</summary>
    public IReadOnlyList<IReadOnlyList<Cell>> Rows => _rows;

    /// <summary>Gets or sets how many rows people see unless they ask for all.</summary>
    public int Shown { get; set; } = 10;

    /// <summary>Gets or sets how many rows there truly are, where the table holds a sample of them.</summary>
    public long Total
    {
        get => Math.Max(field, _rows.Count);
        set;
    }

    /// <summary>Adds a row; it needs a cell for each column.</summary>
    public Table Row(params ReadOnlySpan<Cell> cells)
    {
        if (cells.Length != Columns.Count)
        {
            throw new ArgumentException($"table {Id} has {Columns.Count} columns, the row has {cells.Length} cells", nameof(cells));
        }

        _rows.Add(cells.ToArray());
        return this;
    }
}
