using System.Buffers;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Writes log rows in one format. Stateless; one instance serves all shards.</summary>
public interface ILogFormatter
{
    /// <summary>Gets the format's name, as the command line spells it: <c>zeek</c>.</summary>
    string Name { get; }

    /// <summary>Writes what a file begins with.</summary>
    /// <param name="schema">The log.</param>
    /// <param name="first">The time of the first row.</param>
    /// <param name="output">Where to.</param>
    void WriteHeader(ILogSchema schema, Timestamp first, IBufferWriter<byte> output);

    /// <summary>Writes one row with its end of line.</summary>
    void WriteRow(ILogSchema schema, ReadOnlySpan<LogValue> values, IBufferWriter<byte> output);

    /// <summary>Writes what a file ends with.</summary>
    /// <param name="schema">The log.</param>
    /// <param name="last">The time of the last row.</param>
    /// <param name="output">Where to.</param>
    void WriteFooter(ILogSchema schema, Timestamp last, IBufferWriter<byte> output);
}
