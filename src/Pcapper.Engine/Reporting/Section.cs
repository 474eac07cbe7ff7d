using System.Buffers;

namespace Pcapper.Engine;

/// <summary>A module's part of the report: blocks in order. Highlights first, details later.</summary>
public sealed class Section
{
    private static readonly SearchValues<char> s_snakeCase = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    private readonly List<Block> _blocks = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly bool _keepsAllRows;

    /// <summary>Initializes a new instance of the <see cref="Section"/> class.</summary>
    /// <param name="module">The module's name, which begins the ids of its tables.</param>
    /// <param name="title">The heading.</param>
    /// <param name="keepsAllRows">Whether all rows of its tables will be wanted, or only those that people see at first.</param>
    public Section(string module, string title, bool keepsAllRows = true) => (Module, Title, _keepsAllRows) = (module, title, keepsAllRows);

    /// <summary>Gets the module's name.</summary>
    public string Module { get; }

    /// <summary>Gets the heading.</summary>
    public string Title { get; }

    /// <summary>Gets the answer in one line, printable; empty if none was given.</summary>
    public string Lead { get; private set; } = string.Empty;

    /// <summary>Gets the blocks in order.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>Gives the answer in one line: <c>1,022 messages, 511 queries, 506 answered (median 12 ms)</c>.</summary>
    public Section Headline(string text)
    {
        Lead = Printable.From(text, 512);
        return this;
    }

    /// <summary>Adds a named value.</summary>
    /// <param name="id">Its stable name, <c>snake_case</c>, unique in the section.</param>
    /// <param name="label">What people read beside it.</param>
    /// <param name="value">The value.</param>
    public Section Fact(string id, string label, Cell value)
    {
        _blocks.Add(new FactBlock(Unique("fact " + id, id), Printable.From(label, 64), value));
        return this;
    }

    /// <summary>Adds a sentence.</summary>
    public Section Note(string text)
    {
        _blocks.Add(new NoteBlock(Printable.From(text, 1024)));
        return this;
    }

    /// <summary>Adds a table; fill it with <see cref="Engine.Table.Row"/>.</summary>
    /// <param name="id">Its name within the module, <c>snake_case</c>.</param>
    /// <param name="title">Its heading.</param>
    /// <param name="columns">Its columns.</param>
    public Table Table(string id, string title, params IReadOnlyList<Column> columns)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (Column column in columns)
        {
            Check(column.Id);
            if (!ids.Add(column.Id))
            {
                throw new ArgumentException($"table {Module}.{id} has the column '{column.Id}' twice", nameof(columns));
            }
        }

        var table = new Table(Qualify(id), Printable.From(title, 128), columns, _keepsAllRows);
        _blocks.Add(table);
        return table;
    }

    /// <summary>Adds a bar chart; fill it with <see cref="Engine.BarChart.Bar"/>.</summary>
    public BarChart BarChart(string id, string title, CellKind kind = CellKind.Integer)
    {
        var chart = new BarChart(Qualify(id), Printable.From(title, 128), kind);
        _blocks.Add(chart);
        return chart;
    }

    /// <summary>Adds amounts over time.</summary>
    public Section TimeChart(string id, string title, TimeSeries series, CellKind kind = CellKind.Integer)
    {
        _blocks.Add(new TimeChart(Qualify(id), Printable.From(title, 128), kind, series));
        return this;
    }

    /// <summary>Adds bytes, of which the first <see cref="HexDumpBlock.MaxBytes"/> are shown.</summary>
    public Section HexDump(string title, ReadOnlySpan<byte> bytes)
    {
        _blocks.Add(new HexDumpBlock(Printable.From(title, 128), bytes));
        return this;
    }

    /// <summary>Adds findings that are (also) in the document.</summary>
    public Section FindingList(IReadOnlyList<Finding> findings)
    {
        _blocks.Add(new FindingsBlock(findings));
        return this;
    }

    /// <summary>Adds blocks that people see only when they ask for all.</summary>
    public Section Detail(Action<Section> fill)
    {
        int before = _blocks.Count;
        fill(this);
        var blocks = _blocks.GetRange(before, _blocks.Count - before);
        _blocks.RemoveRange(before, blocks.Count);
        _blocks.Add(new DetailBlock(blocks));
        return this;
    }

    /// <summary>Makes the same section with other blocks and a lead that was changed.</summary>
    internal Section With(string lead, IEnumerable<Block> blocks)
    {
        var section = new Section(Module, Title, _keepsAllRows) { Lead = lead };
        section._blocks.AddRange(blocks);
        return section;
    }

    private static void Check(string id)
    {
        if (id.Length == 0 || id.AsSpan().ContainsAnyExcept(s_snakeCase))
        {
            throw new ArgumentException($"'{id}' is not snake_case", nameof(id));
        }
    }

    private string Qualify(string id) => $"{Module}.{Unique("block " + id, id)}";

    private string Unique(string key, string id)
    {
        Check(id);
        return _ids.Add(key) ? id : throw new ArgumentException($"section {Module} has '{id}' twice", nameof(id));
    }
}
