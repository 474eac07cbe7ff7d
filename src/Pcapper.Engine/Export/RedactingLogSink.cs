using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Masks secrets in rows before they reach a log.</summary>
internal sealed class RedactingLogSink(ILogSink sink, Redaction redaction) : ILogSink
{
    private LogValue[] _values = [];

    /// <inheritdoc/>
    public void Write(ILogSchema schema, Timestamp time, FrameRef frame, ReadOnlySpan<LogValue> values)
    {
        if (_values.Length < values.Length)
        {
            _values = new LogValue[values.Length];
        }

        for (int i = 0; i < values.Length; i++)
        {
            _values[i] = redaction.Mask(values[i]);
        }

        sink.Write(schema, time, frame, _values.AsSpan(0, values.Length));
    }
}
