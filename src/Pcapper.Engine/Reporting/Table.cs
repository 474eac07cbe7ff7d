namespace Pcapper.Engine;

/// <summary>Rows of typed cells, the most telling first.</summary>
public sealed class Table : Block
{
    private readonly List<Cell[]> _rows = [];
    private readonly bool _keepsAll;
    private int _offered;

    internal Table(string id, string title, IReadOnlyList<Column> columns, bool keepsAll)
        => (Id, Title, Columns, _keepsAll) = (id, title, columns, keepsAll);

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

    /// <summary>Gets how many rows will be looked at: with many entries sort, <c>Take</c> so many, and set <see cref="Total"/>.</summary>
    public int Room => _keepsAll ? int.MaxValue : Math.Max(0, Shown);

    /// <summary>Gets or sets how many rows there truly are, where the table holds some of them.</summary>
    public long Total
    {
        get => Math.Max(field, _offered);
        set;
    }

    /// <summary>Makes the same table with every cell changed.</summary>
    internal Table With(Func<Cell, Cell> change)
    {
        var table = new Table(Id, Title, Columns, _keepsAll) { Shown = Shown, Total = Total, _offered = _offered };
        table._rows.AddRange(_rows.Select(row => Array.ConvertAll(row, cell => change(cell))));
        return table;
    }

    /// <summary>Adds a row; it needs a cell for each column. Beyond <see cref="Room"/> rows are only counted.</summary>
    public Table Row(params ReadOnlySpan<Cell> cells)
    {
        if (cells.Length != Columns.Count)
        {
            throw new ArgumentException($"table {Id} has {Columns.Count} columns, the row has {cells.Length} cells", nameof(cells));
        }

        if (_offered++ < Room)
        {
            _rows.Add(cells.ToArray());
        }

        return this;
    }
}
