using System.Buffers;
using System.Text;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Zeek's JSON logs: one object a line, dotted names flat, unset fields left out, times as seconds since the epoch.</summary>
public sealed class ZeekJsonFormatter : ILogFormatter
{
    /// <inheritdoc/>
    public string Name => "zeek";

    /// <inheritdoc/>
    public void WriteHeader(ILogSchema schema, Timestamp first, IBufferWriter<byte> output)
    {
    }

    /// <inheritdoc/>
    public void WriteRow(ILogSchema schema, ReadOnlySpan<LogValue> values, IBufferWriter<byte> output)
    {
        byte before = (byte)'{';
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].Kind != LogValueKind.Unset)
            {
                output.Put(before);
                output.Put(schema.Fields[i].JsonKey);
                WriteValue(values[i], output);
                before = (byte)',';
            }
        }

        output.Put(before == '{' ? "{}\n"u8 : "}\n"u8);
    }

    /// <inheritdoc/>
    public void WriteFooter(ILogSchema schema, Timestamp last, IBufferWriter<byte> output)
    {
    }

    private static void WriteValue(in LogValue value, IBufferWriter<byte> output)
    {
        switch (value.Kind)
        {
            case LogValueKind.Text or LogValueKind.Enum:
                WriteText(value.AsText, output);
                break;
            case LogValueKind.Count or LogValueKind.Port:
                output.Format(value.AsCount);
                break;
            case LogValueKind.Int:
                output.Format(value.AsInt);
                break;
            case LogValueKind.Double:
                output.Format(value.AsDouble);
                break;
            case LogValueKind.Time or LogValueKind.Interval:
                output.Seconds(value.AsInt);
                break;
            case LogValueKind.Bool:
                output.Put(value.AsBool ? "true"u8 : "false"u8);
                break;
            case LogValueKind.Address:
                WriteText(value.AsAddress.ToString(), output);
                break;
            case LogValueKind.Texts:
                WriteList(value.AsTexts, output, static (text, to) => WriteText(text, to));
                break;
            case LogValueKind.Counts:
                WriteList(value.AsCounts, output, static (count, to) => to.Format(count));
                break;
            case LogValueKind.Intervals:
                WriteList(value.AsIntervals, output, static (interval, to) => to.Seconds(interval));
                break;
            default:
                output.Put("null"u8);
                break;
        }
    }

    private static void WriteList<T>(IReadOnlyList<T> items, IBufferWriter<byte> output, Action<T, IBufferWriter<byte>> write)
    {
        output.Put((byte)'[');
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                output.Put((byte)',');
            }

            write(items[i], output);
        }

        output.Put((byte)']');
    }

    private static void WriteText(string text, IBufferWriter<byte> output)
    {
        output.Put((byte)'"');
        for (int at = 0; at < text.Length;)
        {
            char c = text[at];
            if (c is >= ' ' and <= '~')
            {
                if (c is '"' or '\\')
                {
                    output.Put((byte)'\\');
                }

                output.Put((byte)c);
                at++;
            }
            else
            {
                at += WriteUnusual(text, at, output);
            }
        }

        output.Put((byte)'"');
    }

    private static int WriteUnusual(string text, int at, IBufferWriter<byte> output)
    {
        if (!Rune.TryGetRuneAt(text, at, out Rune rune))
        {
            output.Escaped(text[at], isJson: true);
            return 1;
        }

        switch (rune.Value)
        {
            case '\b':
                output.Put("\\b"u8);
                break;
            case '\f':
                output.Put("\\f"u8);
                break;
            case '\n':
                output.Put("\\n"u8);
                break;
            case '\r':
                output.Put("\\r"u8);
                break;
            case '\t':
                output.Put("\\t"u8);
                break;
            case < ' ' or 0x7F:
                output.Escaped(rune.Value, isJson: true);
                break;
            default:
                WriteBeyondAscii(text.AsSpan(at, rune.Utf16SequenceLength), rune, output);
                break;
        }

        return rune.Utf16SequenceLength;
    }

    // What a terminal would obey stays the same for a JSON reader, but is written as an escape.
    private static void WriteBeyondAscii(ReadOnlySpan<char> units, Rune rune, IBufferWriter<byte> output)
    {
        if (Printable.IsHarmless(rune))
        {
            output.Rune(rune);
            return;
        }

        foreach (char unit in units)
        {
            output.Put("\\u"u8);
            output.Format((ushort)unit, "x4");
        }
    }
}
