using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Writes quantities for people, the same in every culture.</summary>
public static class Units
{
    private static readonly string[] s_binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    private static readonly string[] s_decimal = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"];

    /// <summary>Writes <c>1,431</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Writes a number and its noun: <c>1 flow</c>, <c>1,431 flows</c>.</summary>
    public static string Count(long value, string singular, string? plural = null)
        => string.Create(CultureInfo.InvariantCulture, $"{value:N0} {(value == 1 ? singular : plural ?? singular + "s")}");

    /// <summary>Writes a size: <c>812 B</c>, <c>2.9 MiB</c>.</summary>
    public static string Bytes(long value) => Scale(value, 1024, s_binary);

    /// <summary>Writes a rate: <c>4.1 Mbit/s</c>.</summary>
    public static string BitsPerSecond(long value) => Scale(value, 1000, s_decimal);

    /// <summary>Writes a share, 1 being all: <c>48 %</c>, <c>0.2 %</c>.</summary>
    public static string Percent(double share)
    {
        double percent = share * 100;
        return Math.Abs(percent) switch
        {
            0 => "0 %",
            < 0.1 => percent > 0 ? "<0.1 %" : ">-0.1 %",
            < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{percent:0.#} %"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{percent:N0} %"),
        };
    }

    /// <summary>Writes a number with at most three decimals: <c>0.97</c>, <c>1,234.5</c>.</summary>
    public static string Number(double value, string unit = "")
        => value.ToString("#,0.###", CultureInfo.InvariantCulture) + (unit.Length == 0 ? string.Empty : " " + unit);

    /// <summary>Writes a duration with its two largest units: <c>18 min 42 s</c>, <c>12 ms</c>.</summary>
    public static string Duration(long nanoseconds)
    {
        if (nanoseconds < 0)
        {
            return nanoseconds == long.MinValue ? "-106,751 d" : "-" + Duration(-nanoseconds);
        }

        // Seconds and more are cut, as clocks do; what is smaller is rounded, before the unit is chosen: no "1000 ms".
        return nanoseconds switch
        {
            < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds} ns"),
            < 999_500 => Short(nanoseconds / 1e3, "µs"),
            < 999_500_000 => Short(nanoseconds / 1e6, "ms"),
            < 60_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, nanoseconds / 100_000_000 / 10.0):0.#} s"),
            < 3_600_000_000_000 => Pair(nanoseconds, 1, "min", 60, "s"),
            < 86_400_000_000_000 => Pair(nanoseconds, 60, "h", 60, "min"),
            _ => Pair(nanoseconds, 3600, "d", 24, "h"),
        };
    }

    /// <summary>Writes a time of day in UTC: <c>09:03:40</c>.</summary>
    public static string TimeOfDay(Timestamp time) => time.ToString().Substring(11, 8);

    /// <summary>Writes a date and time in UTC with so many decimals: <c>2026-02-04 08:59:58.113</c>.</summary>
    public static string DateTime(Timestamp time, int decimals = 3)
    {
        string text = time.ToString();
        string whole = $"{text.AsSpan(0, 10)} {text.AsSpan(11, 8)}";
        return decimals <= 0 ? whole : string.Concat(whole, text.AsSpan(19, 1 + Math.Min(decimals, 9)));
    }

    private static string Short(double value, string unit)
        => string.Create(CultureInfo.InvariantCulture, $"{(value < 9.95 ? Math.Round(value, 1) : Math.Round(value))} {unit}");

    private static string Pair(long nanoseconds, long smallSeconds, string large, long perLarge, string small)
    {
        long each = smallSeconds * Timestamp.PerSecond;
        (long larges, long rest) = Math.DivRem(nanoseconds / each, perLarge);
        return rest == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{larges:N0} {large}")
            : string.Create(CultureInfo.InvariantCulture, $"{larges:N0} {large} {rest} {small}");
    }

    private static string Scale(long value, int step, string[] units)
    {
        double scaled = value;
        int unit = 0;
        while (Math.Abs(scaled) >= (unit == 0 ? step : step - 0.05) && unit < units.Length - 1)
        {
            scaled /= step;
            unit++;
        }

        return unit == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{value} {units[0]}")
            : string.Create(CultureInfo.InvariantCulture, $"{scaled:#,0.0} {units[unit]}");
    }
}
