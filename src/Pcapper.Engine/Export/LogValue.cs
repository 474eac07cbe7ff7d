using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>One field of a log row. Strings, numbers, booleans, addresses and times convert by themselves; null is unset.</summary>
public readonly struct LogValue
{
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly object? _value;

    private LogValue(LogValueKind kind, ulong low, ulong high = 0, object? value = null)
    {
        Kind = kind;
        _low = low;
        _high = high;
        _value = value;
    }

    /// <summary>Gets the value of a field that has none.</summary>
    public static LogValue Unset => default;

    /// <summary>Gets what it holds.</summary>
    public LogValueKind Kind { get; }

    /// <summary>Gets the text or word.</summary>
    public string AsText => _value as string ?? string.Empty;

    /// <summary>Gets the count or port.</summary>
    public ulong AsCount => _low;

    /// <summary>Gets the whole number, the nanoseconds since the epoch, or those of the duration.</summary>
    public long AsInt => unchecked((long)_low);

    /// <summary>Gets the decimal number.</summary>
    public double AsDouble => BitConverter.UInt64BitsToDouble(_low);

    /// <summary>Gets yes or no.</summary>
    public bool AsBool => _low != 0;

    /// <summary>Gets the address.</summary>
    public IpAddress AsAddress => new(_high, _low);

    /// <summary>Gets the texts.</summary>
    public IReadOnlyList<string> AsTexts => _value as IReadOnlyList<string> ?? [];

    /// <summary>Gets the counts.</summary>
    public IReadOnlyList<ulong> AsCounts => _value as IReadOnlyList<ulong> ?? [];

    /// <summary>Gets the durations in nanoseconds.</summary>
    public IReadOnlyList<long> AsIntervals => _value as IReadOnlyList<long> ?? [];

    /// <summary>Makes a text.</summary>
    public static implicit operator LogValue(string? text) => Text(text);

    /// <summary>Makes a yes or no.</summary>
    public static implicit operator LogValue(bool? value) => Bool(value);

    /// <summary>Makes an address.</summary>
    public static implicit operator LogValue(IpAddress? address) => Address(address);

    /// <summary>Makes a point in time.</summary>
    public static implicit operator LogValue(Timestamp? time) => Time(time);

    /// <summary>Makes a text, or unset of null.</summary>
    public static LogValue Text(string? text) => text is null ? Unset : new(LogValueKind.Text, 0, 0, text);

    /// <summary>Makes a fixed word, or unset of null.</summary>
    public static LogValue Enum(string? word) => word is null ? Unset : new(LogValueKind.Enum, 0, 0, word);

    /// <summary>Makes a count, or unset of null; negative numbers are written as 0.</summary>
    public static LogValue Count(long? value) => value is { } number ? new(LogValueKind.Count, (ulong)Math.Max(0, number)) : Unset;

    /// <summary>Makes a count that may need all 64 bits.</summary>
    public static LogValue Count(ulong value) => new(LogValueKind.Count, value);

    /// <summary>Makes a whole number, or unset of null.</summary>
    public static LogValue Int(long? value) => value is { } number ? new(LogValueKind.Int, unchecked((ulong)number)) : Unset;

    /// <summary>Makes a decimal number, or unset of null and of what is not finite.</summary>
    public static LogValue Double(double? value)
        => value is { } number && double.IsFinite(number) ? new(LogValueKind.Double, BitConverter.DoubleToUInt64Bits(number)) : Unset;

    /// <summary>Makes a point in time, or unset of null.</summary>
    public static LogValue Time(Timestamp? time) => time is { } at ? new(LogValueKind.Time, unchecked((ulong)at.Nanoseconds)) : Unset;

    /// <summary>Makes a duration of nanoseconds, or unset of null.</summary>
    public static LogValue Interval(long? nanoseconds)
        => nanoseconds is { } number ? new(LogValueKind.Interval, unchecked((ulong)number)) : Unset;

    /// <summary>Makes a yes or no, or unset of null.</summary>
    public static LogValue Bool(bool? value) => value is { } flag ? new(LogValueKind.Bool, flag ? 1u : 0u) : Unset;

    /// <summary>Makes an address, or unset of null.</summary>
    public static LogValue Address(IpAddress? address)
        => address is { } known ? new(LogValueKind.Address, known.Low, known.High) : Unset;

    /// <summary>Makes a port, or unset of null.</summary>
    public static LogValue Port(int? port) => port is { } number ? new(LogValueKind.Port, (ulong)Math.Max(0, number)) : Unset;

    /// <summary>Makes a set or vector of texts, or unset of null.</summary>
    public static LogValue Texts(IReadOnlyList<string>? texts) => texts is null ? Unset : new(LogValueKind.Texts, 0, 0, texts);

    /// <summary>Makes a set or vector of counts, or unset of null.</summary>
    public static LogValue Counts(IReadOnlyList<ulong>? counts) => counts is null ? Unset : new(LogValueKind.Counts, 0, 0, counts);

    /// <summary>Makes a vector of durations in nanoseconds, or unset of null.</summary>
    public static LogValue Intervals(IReadOnlyList<long>? nanoseconds)
        => nanoseconds is null ? Unset : new(LogValueKind.Intervals, 0, 0, nanoseconds);
}
