using System.Text.Json;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Writes the values that need care in JSON.</summary>
internal static class JsonText
{
    // Beyond this, readers that hold numbers as doubles would silently change them (RFC 8259, 6).
    private const long LargestExact = (1L << 53) - 1;

    private const int MaxText = 4096;

    /// <summary>Writes a whole number; as a string if a double cannot hold it.</summary>
    public static void Integer(this Utf8JsonWriter writer, string name, long value)
    {
        writer.WritePropertyName(name);
        writer.IntegerValue(value);
    }

    public static void IntegerValue(this Utf8JsonWriter writer, long value)
    {
        if (value is >= -LargestExact and <= LargestExact)
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    public static void Number(this Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        writer.NumberValue(value);
    }

    public static void NumberValue(this Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    public static void Text(this Utf8JsonWriter writer, string name, string? value)
    {
        writer.WritePropertyName(name);
        writer.TextValue(value);
    }

    public static void TextValue(this Utf8JsonWriter writer, string? value) => writer.WriteStringValue(Printable.From(value, MaxText));

    /// <summary>Writes a text, or leaves the property out.</summary>
    public static void OptionalText(this Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.Text(name, value);
        }
    }

    public static void Texts(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.TextValue(value);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes frames: those of the first capture, how many there are in all, and those of other captures.</summary>
    public static void FramesValue(this Utf8JsonWriter writer, IReadOnlyList<FrameRef> frames, long total)
    {
        writer.WriteStartObject();
        IGrouping<int, FrameRef>[] captures = [.. frames.Order().GroupBy(frame => frame.Capture)];
        WriteFrames(writer, captures.Length == 0 ? 0 : captures[0].Key, captures.Length == 0 ? [] : captures[0]);
        writer.Integer("total", total);
        if (captures.Length > 1)
        {
            writer.WriteStartArray("others");
            foreach (IGrouping<int, FrameRef> capture in captures.Skip(1))
            {
                writer.WriteStartObject();
                WriteFrames(writer, capture.Key, capture);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a cell as its kind demands; nothing is null.</summary>
    public static void CellValue(this Utf8JsonWriter writer, Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Text or CellKind.Address:
                writer.TextValue(cell.String);
                break;
            case CellKind.Integer or CellKind.Code or CellKind.Bytes or CellKind.Duration:
                writer.IntegerValue(cell.Long);
                break;
            case CellKind.Number or CellKind.Percent:
                writer.NumberValue(cell.Double);
                break;
            case CellKind.Time or CellKind.Date:
                writer.WriteStringValue(new Timestamp(cell.Long).ToString());
                break;
            case CellKind.Boolean:
                writer.WriteBooleanValue(cell.Bool);
                break;
            case CellKind.Texts:
                writer.WriteStartArray();
                foreach (string text in cell.Strings)
                {
                    writer.TextValue(text);
                }

                writer.WriteEndArray();
                break;
            case CellKind.Frames:
                writer.FramesValue(cell.FrameRefs, cell.Long);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteFrames(Utf8JsonWriter writer, int capture, IEnumerable<FrameRef> frames)
    {
        writer.WriteNumber("capture", capture);
        writer.WriteStartArray("frames");
        foreach (FrameRef frame in frames)
        {
            writer.IntegerValue(frame.Number);
        }

        writer.WriteEndArray();
    }
}
