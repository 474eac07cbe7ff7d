using System.Text;

namespace Pcapper.Engine;

/// <summary>A field of a log.</summary>
/// <param name="name">Its name, dotted where Zeek nests records: <c>id.orig_h</c>.</param>
/// <param name="type">Its Zeek type: <c>string</c>, <c>count</c>, <c>vector[interval]</c>.</param>
public sealed class LogField(string name, string type)
{
    private readonly byte[] _jsonKey = Encoding.UTF8.GetBytes($"\"{name}\":");

    /// <summary>Gets its name.</summary>
    public string Name => name;

    /// <summary>Gets its Zeek type.</summary>
    public string Type => type;

    /// <summary>Gets the name as JSON writes it before a value.</summary>
    internal ReadOnlySpan<byte> JsonKey => _jsonKey;
}
