namespace Pcapper.Engine;

/// <summary>A record log: its name, its fields, and how it is fed.</summary>
public interface ILogSchema
{
    /// <summary>Gets its name, which is also that of its file: <c>dns</c>.</summary>
    string Path { get; }

    /// <summary>Gets its fields in order.</summary>
    IReadOnlyList<LogField> Fields { get; }

    /// <summary>Gets the same log with what an address book adds to it.</summary>
    ILogSchema With(IAddressBook addresses) => this;

    /// <summary>Makes a row of each record that the bus brings, and hands it to the sink.</summary>
    void Subscribe(RecordBus bus, ILogSink sink);
}
