namespace Pcapper.Engine;

/// <summary>Declares a record log: every format is made from this one declaration.</summary>
/// <typeparam name="TRecord">The record that a row is made of.</typeparam>
public sealed class LogSchema<TRecord> : ILogSchema
    where TRecord : ProtocolRecord
{
    private readonly LogColumn<TRecord>[] _columns;
    private Func<IAddressBook, LogColumn<TRecord>[]>? _ofAddresses;

    /// <summary>Initializes a new instance of the <see cref="LogSchema{TRecord}"/> class.</summary>
    /// <param name="path">Its name, which is also that of its file.</param>
    /// <param name="columns">All fields in order; see <see cref="ForFlow"/> for logs that begin like most.</param>
    public LogSchema(string path, params LogColumn<TRecord>[] columns)
    {
        Path = path;
        _columns = columns;
        Fields = Array.ConvertAll(columns, column => new LogField(column.Name, column.Type));
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LogField> Fields { get; }

    /// <summary>Gets which records make a row; all if not set.</summary>
    public Func<TRecord, bool>? Where { get; init; }

    /// <summary>Declares a log that begins with <c>ts uid id.orig_h id.orig_p id.resp_h id.resp_p</c>.</summary>
    public static LogSchema<TRecord> ForFlow(string path, params LogColumn<TRecord>[] columns) => new(path,
    [
        new("ts", "time", record => record.Time),
        new("uid", "string", record => record.Flow.Uid),
        new("id.orig_h", "addr", record => record.Flow.Originator),
        new("id.orig_p", "port", record => LogValue.Port(record.Flow.OriginatorPort)),
        new("id.resp_h", "addr", record => record.Flow.Responder),
        new("id.resp_p", "port", record => LogValue.Port(record.Flow.ResponderPort)),
        .. columns,
    ]);

    /// <summary>Gets the same log with rows of these records only.</summary>
    public LogSchema<TRecord> Only(Func<TRecord, bool> isRow) => new(Path, _columns) { Where = isRow, _ofAddresses = _ofAddresses };

    /// <summary>Gets the same log with more fields at its end where there is an address book.</summary>
    public LogSchema<TRecord> OfAddresses(Func<IAddressBook, LogColumn<TRecord>[]> columns) => new(Path, _columns) { Where = Where, _ofAddresses = columns };

    /// <inheritdoc/>
    public ILogSchema With(IAddressBook addresses) => _ofAddresses is { } more ? new LogSchema<TRecord>(Path, [.. _columns, .. more(addresses)]) { Where = Where } : this;

    /// <inheritdoc/>
    public void Subscribe(RecordBus bus, ILogSink sink) => bus.Subscribe(new Rows(this, sink));

    private sealed class Rows(LogSchema<TRecord> schema, ILogSink sink) : IRecordConsumer<TRecord>
    {
        private readonly LogValue[] _values = new LogValue[schema._columns.Length];

        public void Consume(TRecord record)
        {
            if (schema.Where is { } isWanted && !isWanted(record))
            {
                return;
            }

            for (int i = 0; i < _values.Length; i++)
            {
                _values[i] = schema._columns[i].Value(record);
            }

            sink.Write(schema, record.Time, record.Frame, _values);
        }
    }
}
