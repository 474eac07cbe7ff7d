using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>
/// A body that ends in a line with a single dot; dots in front of other lines are doubled (RFC 5321, 4.5.2; RFC 1939, 3). Such a line ends in CR LF;
/// where the first line ended in LF alone, LF is enough.
/// </summary>
/// <param name="sink">Who gets the content, without doubled dots and without the last line; or null.</param>
internal sealed class DotBody(IBodySink? sink) : LineBody
{
    private Place _place = Place.LineStart;
    private bool _wasReturn;
    private bool? _isBare;

    private enum Place
    {
        LineStart,
        Dot,
        DotReturn,
        Inside,
    }

    /// <summary>Gets a value indicating whether the final dot was seen.</summary>
    public bool HasEnd { get; private set; }

    /// <inheritdoc/>
    public override int Take(ReadOnlySpan<byte> bytes, in StreamChunk chunk)
    {
        int at = 0;
        while (at < bytes.Length && !HasEnd)
        {
            at += Step(bytes[at..], chunk);
        }

        return at;
    }

    /// <inheritdoc/>
    protected override bool Miss(long missing)
    {
        sink?.Gap(missing);
        _place = Place.Inside;
        _wasReturn = false;
        return true;
    }

    private int Step(ReadOnlySpan<byte> rest, in StreamChunk chunk)
    {
        byte first = rest[0];
        switch (_place)
        {
            case Place.LineStart when first == '.':
                _place = Place.Dot;
                return 1;
            case Place.Dot when first == '\r':
                _place = Place.DotReturn;
                return 1;
            case Place.Dot when first == '\n' && _isBare != false:
            case Place.DotReturn when first == '\n':
                HasEnd = IsOver = true;
                return 1;
            case Place.DotReturn:
                sink?.Add("\r"u8, chunk);
                _wasReturn = true;
                break;
        }

        // In front of the first line nothing was said of how lines end.
        _wasReturn &= _place is Place.Inside or Place.DotReturn;
        _place = Place.Inside;
        int end = rest.IndexOf((byte)'\n');
        int length = end < 0 ? rest.Length : end + 1;
        sink?.Add(rest[..length], chunk);
        if (end < 0)
        {
            _wasReturn = rest[^1] == '\r';
            return length;
        }

        bool isBare = end > 0 ? rest[end - 1] != '\r' : !_wasReturn;
        _isBare ??= isBare;
        _place = !isBare || _isBare == true ? Place.LineStart : Place.Inside;
        _wasReturn = false;
        return length;
    }
}
