namespace Pcapper.Engine;

/// <summary>A field of a log and where its value comes from.</summary>
/// <typeparam name="TRecord">The record that a row is made of.</typeparam>
/// <param name="Name">Its name, dotted where Zeek nests records.</param>
/// <param name="Type">Its Zeek type: <c>string</c>, <c>count</c>, <c>set[string]</c>.</param>
/// <param name="Value">Gets the value out of a record.</param>
public sealed record LogColumn<TRecord>(string Name, string Type, Func<TRecord, LogValue> Value)
    where TRecord : ProtocolRecord;
