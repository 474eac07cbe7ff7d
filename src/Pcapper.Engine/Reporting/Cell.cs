using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// One value of a report with its meaning, so that each renderer writes it in its own way. Text becomes printable here.
/// Strings, integers, booleans, addresses and times convert by themselves.
/// </summary>
public readonly struct Cell : IEquatable<Cell>
{
    /// <summary>The most characters of a secret that a report shows: tokens and hashes are long, and half of one is worth nothing.</summary>
    public const int LongestSecret = 64 * 1024;

    private const string EstimateMark = "about";
    private const long SecretMark = 1;
    private const long LiveMark = 2;

    private readonly long _number;
    private readonly object? _value;

    private Cell(CellKind kind, long number, object? value = null)
    {
        Kind = kind;
        _number = number;
        _value = value;
    }

    /// <summary>Gets the cell that holds nothing.</summary>
    public static Cell None => default;

    /// <summary>Gets what it holds.</summary>
    public CellKind Kind { get; }

    /// <summary>Gets the text, the unit of a number, or what stands in front of a whole number that is an estimate; empty for other kinds.</summary>
    public string String => _value as string ?? string.Empty;

    /// <summary>Gets the whole number, the bytes, the nanoseconds, or how many frames there are in all.</summary>
    public long Long => _number;

    /// <summary>Gets the decimal number or the share.</summary>
    public double Double => BitConverter.Int64BitsToDouble(_number);

    /// <summary>Gets yes or no.</summary>
    public bool Bool => _number != 0;

    /// <summary>Gets a value indicating whether it is a text that <see cref="Redaction"/> masks whole.</summary>
    public bool IsSecret => Kind == CellKind.Text && _number == SecretMark;

    /// <summary>Gets a value indicating whether it is an address or a link that people see defanged (<see cref="Defang"/>), machines as it is.</summary>
    public bool IsLive => Kind == CellKind.Text && _number == LiveMark;

    /// <summary>Gets the list of texts.</summary>
    public IReadOnlyList<string> Strings => _value as IReadOnlyList<string> ?? [];

    /// <summary>Gets the frames.</summary>
    public IReadOnlyList<FrameRef> FrameRefs => _value as IReadOnlyList<FrameRef> ?? [];

    /// <summary>Makes a text.</summary>
    public static implicit operator Cell(string? text) => Text(text);

    /// <summary>Makes a whole number.</summary>
    public static implicit operator Cell(long value) => Integer(value);

    /// <summary>Makes an address.</summary>
    public static implicit operator Cell(IpAddress address) => Address(address);

    /// <summary>Makes a link address.</summary>
    public static implicit operator Cell(MacAddress address) => Address(address);

    /// <summary>Makes a time.</summary>
    public static implicit operator Cell(Timestamp time) => Time(time);

    /// <summary>Makes a yes or no.</summary>
    public static implicit operator Cell(bool value) => Boolean(value);

    /// <summary>Compares cells.</summary>
    public static bool operator ==(Cell left, Cell right) => left.Equals(right);

    /// <summary>Compares cells.</summary>
    public static bool operator !=(Cell left, Cell right) => !left.Equals(right);

    /// <summary>Makes a text of at most so many characters; null makes <see cref="None"/>.</summary>
    public static Cell Text(string? text, int maximum = Printable.Maximum)
        => text is null ? None : new(CellKind.Text, 0, Printable.From(text, maximum));

    /// <summary>Makes an observable, which people see defanged (<see cref="Defang"/>).</summary>
    public static Cell Live(string text) => new(CellKind.Text, LiveMark, Printable.From(text, Packets.Limits.Text));

    /// <summary>Makes a text that is a secret; null makes <see cref="None"/>.</summary>
    public static Cell Secret(Secret? secret) => secret is null ? None : new(CellKind.Text, SecretMark, Printable.From(secret.Reveal(), LongestSecret));

    /// <summary>Makes a whole number; null makes <see cref="None"/>.</summary>
    public static Cell Integer(long? value) => value is null ? None : new(CellKind.Integer, value.Value);

    /// <summary>Makes a number of different things, which people see marked as an estimate if it is one.</summary>
    /// <param name="value">The number.</param>
    /// <param name="isExact">Whether all of them were counted.</param>
    public static Cell Distinct(long value, bool isExact) => isExact ? Integer(value) : new(CellKind.Integer, value, EstimateMark);

    /// <summary>Makes the number that a sketch tells, which is never more than <paramref name="most"/>.</summary>
    public static Cell Distinct(Sketch sketch, long most = long.MaxValue) => Distinct(Math.Min(most, sketch.Estimate), sketch.IsExact);

    /// <summary>Makes a whole number that names something: a port, a VLAN, a status code; null makes <see cref="None"/>.</summary>
    public static Cell Code(long? value) => value is null ? None : new(CellKind.Code, value.Value);

    /// <summary>Makes a decimal number with a unit; null, infinite and not-a-number make <see cref="None"/>.</summary>
    public static Cell Number(double? value, string unit = "") => value is not { } number || !double.IsFinite(number)
        ? None
        : new(CellKind.Number, BitConverter.DoubleToInt64Bits(number), Printable.From(unit, 16));

    /// <summary>Makes a number of bytes; null makes <see cref="None"/>.</summary>
    public static Cell Bytes(long? value) => value is null ? None : new(CellKind.Bytes, value.Value);

    /// <summary>Makes a duration in nanoseconds; null makes <see cref="None"/>.</summary>
    public static Cell Duration(long? nanoseconds) => nanoseconds is null ? None : new(CellKind.Duration, nanoseconds.Value);

    /// <summary>Makes a point in time; null makes <see cref="None"/>.</summary>
    public static Cell Time(Timestamp? time) => time is null ? None : new(CellKind.Time, time.Value.Nanoseconds);

    /// <summary>Makes a date, for times that have nothing to do with the capture's: a certificate's end; null makes <see cref="None"/>.</summary>
    public static Cell Date(Timestamp? time) => time is null ? None : new(CellKind.Date, time.Value.Nanoseconds);

    /// <summary>Makes an address; null makes <see cref="None"/>.</summary>
    public static Cell Address(IpAddress? address) => address is null ? None : new(CellKind.Address, 0, address.Value.ToString());

    /// <summary>Makes a link address; null makes <see cref="None"/>.</summary>
    public static Cell Address(MacAddress? address) => address is null ? None : new(CellKind.Address, 0, address.Value.ToString());

    /// <summary>Makes the share that a part has of a whole; of nothing it is <see cref="None"/>.</summary>
    public static Cell Percent(long part, long whole) => whole == 0 ? None : Percent((double)part / whole);

    /// <summary>Makes a share, 1 being all.</summary>
    public static Cell Percent(double share) => double.IsFinite(share) ? new(CellKind.Percent, BitConverter.DoubleToInt64Bits(share)) : None;

    /// <summary>Makes a yes or no; null makes <see cref="None"/>.</summary>
    public static Cell Boolean(bool? value) => value is null ? None : new(CellKind.Boolean, value.Value ? 1 : 0);

    /// <summary>Makes a list of texts.</summary>
    public static Cell List(params IEnumerable<string> texts) => new(CellKind.Texts, 0, texts.Select(text => Printable.From(text)).ToArray());

    /// <summary>Makes a list of texts; what was dropped shows as a last item.</summary>
    public static Cell List(Texts texts) => texts.HasMore ? List([.. texts.Values, "…"]) : List(texts.Values);

    /// <summary>Makes frames.</summary>
    public static Cell Frames(FrameSample frames) => new(CellKind.Frames, frames.Total, frames.ToList());

    /// <summary>Makes one frame.</summary>
    public static Cell Frame(FrameRef frame) => new(CellKind.Frames, 1, new[] { frame });

    /// <inheritdoc/>
    public bool Equals(Cell other) => Kind == other.Kind && _number == other._number && (Kind switch
    {
        CellKind.Texts => Strings.SequenceEqual(other.Strings, StringComparer.Ordinal),
        CellKind.Frames => FrameRefs.SequenceEqual(other.FrameRefs),
        _ => string.Equals(String, other.String, StringComparison.Ordinal),
    });

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Cell other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)Kind ^ (int)StableHash.Mix((ulong)_number) ^ (int)StableHash.Of(String));
}
