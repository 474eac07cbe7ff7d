using System.Buffers;
using System.Text;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Zeek's classic logs: a header, columns apart by tabs, <c>-</c> for unset, <c>(empty)</c> for empty.</summary>
public sealed class ZeekTsvFormatter : ILogFormatter
{
    private const string Unset = "-";
    private const string Empty = "(empty)";

    /// <inheritdoc/>
    public string Name => "zeek-tsv";

    /// <inheritdoc/>
    public void WriteHeader(ILogSchema schema, Timestamp first, IBufferWriter<byte> output)
    {
        output.Put("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t"u8);
        output.Ascii(schema.Path);
        output.Put("\n#open\t"u8);
        output.Ascii(Moment(first));
        output.Put("\n#fields"u8);
        foreach (LogField field in schema.Fields)
        {
            output.Put((byte)'\t');
            output.Ascii(field.Name);
        }

        output.Put("\n#types"u8);
        foreach (LogField field in schema.Fields)
        {
            output.Put((byte)'\t');
            output.Ascii(field.Type);
        }

        output.Put((byte)'\n');
    }

    /// <inheritdoc/>
    public void WriteRow(ILogSchema schema, ReadOnlySpan<LogValue> values, IBufferWriter<byte> output)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                output.Put((byte)'\t');
            }

            WriteValue(values[i], isFirst: i == 0, output);
        }

        output.Put((byte)'\n');
    }

    /// <inheritdoc/>
    public void WriteFooter(ILogSchema schema, Timestamp last, IBufferWriter<byte> output)
    {
        output.Put("#close\t"u8);
        output.Ascii(Moment(last));
        output.Put((byte)'\n');
    }

    // 2026-02-04-08-59-58
    private static string Moment(Timestamp time) => time.ToString()[..19].Replace(':', '-').Replace('T', '-');

    private static void WriteValue(in LogValue value, bool isFirst, IBufferWriter<byte> output)
    {
        switch (value.Kind)
        {
            case LogValueKind.Text or LogValueKind.Enum:
                WriteText(value.AsText, isFirst, isInSet: false, output);
                break;
            case LogValueKind.Count or LogValueKind.Port:
                output.Format(value.AsCount);
                break;
            case LogValueKind.Int:
                output.Format(value.AsInt);
                break;
            case LogValueKind.Double:
                output.Format(value.AsDouble, "F6");
                break;
            case LogValueKind.Time or LogValueKind.Interval:
                output.Seconds(value.AsInt);
                break;
            case LogValueKind.Bool:
                output.Put(value.AsBool ? (byte)'T' : (byte)'F');
                break;
            case LogValueKind.Address:
                output.Ascii(value.AsAddress.ToString());
                break;
            case LogValueKind.Texts:
                WriteSet(value.AsTexts, output, static (text, to) => WriteText(text, isFirst: false, isInSet: true, to));
                break;
            case LogValueKind.Counts:
                WriteSet(value.AsCounts, output, static (count, to) => to.Format(count));
                break;
            case LogValueKind.Intervals:
                WriteSet(value.AsIntervals, output, static (interval, to) => to.Seconds(interval));
                break;
            default:
                output.Ascii(Unset);
                break;
        }
    }

    private static void WriteSet<T>(IReadOnlyList<T> items, IBufferWriter<byte> output, Action<T, IBufferWriter<byte>> write)
    {
        if (items.Count == 0)
        {
            output.Ascii(Empty);
            return;
        }

        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                output.Put((byte)',');
            }

            write(items[i], output);
        }
    }

    private static void WriteText(string text, bool isFirst, bool isInSet, IBufferWriter<byte> output)
    {
        if (text.Length == 0)
        {
            output.Ascii(isInSet ? string.Empty : Empty);
            return;
        }

        // A text that reads like one of the format's own words, or like a comment line, is told apart by escaping its first character.
        bool isAmbiguous = text is Unset or Empty || (isFirst && text[0] == '#');
        for (int at = 0; at < text.Length;)
        {
            bool isWhole = Rune.TryGetRuneAt(text, at, out Rune rune);
            if (!isWhole || !Printable.IsHarmless(rune) || (isInSet && rune.Value == ',') || (isAmbiguous && at == 0))
            {
                output.Escaped(isWhole ? rune.Value : text[at], isJson: false);
            }
            else if (rune.Value == '\\')
            {
                output.Put("\\\\"u8);
            }
            else
            {
                output.Rune(rune);
            }

            at += isWhole ? rune.Utf16SequenceLength : 1;
        }
    }
}
