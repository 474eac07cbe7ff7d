namespace Pcapper.Engine;

/// <summary>Up to n different texts, the ordinally smallest, each of bounded length (<see cref="StateText.Cut"/>), and how many were offered.</summary>
public sealed class Texts : IStatePart
{
    private const int Few = 10;

    private readonly int _cap;
    private string[] _values = [];
    private int _count;

    /// <summary>Initializes a new instance of the <see cref="Texts"/> class that keeps ten.</summary>
    public Texts()
        : this(Few)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="Texts"/> class.</summary>
    /// <param name="cap">The most texts kept; small, texts are inserted in order.</param>
    public Texts(int cap)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cap);
        _cap = cap;
    }

    /// <summary>Gets how many texts were offered, the same ones again included.</summary>
    public long Total { get; private set; }

    /// <summary>Gets a value indicating whether different texts were dropped.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Gets the kept texts, in ordinal order, raw.</summary>
    public IReadOnlyList<string> Values => new ArraySegment<string>(_values, 0, _count);

    /// <summary>Offers a text; null and empty are ignored.</summary>
    public void Add(string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Total++;
            Keep(StateText.Cut(text));
        }
    }

    /// <summary>Notes that different texts were dropped elsewhere.</summary>
    public void DroppedSome() => HasMore = true;

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var texts = (Texts)other;
        Total += texts.Total;
        HasMore |= texts.HasMore;
        foreach (string text in texts.Values)
        {
            Keep(text);
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Number(Total);
        writer.Flag(HasMore);
        writer.Unsigned((ulong)_count);
        foreach (string text in Values)
        {
            writer.Text(text);
        }
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        Total = reader.Number();
        HasMore = reader.Flag();
        for (int left = reader.Length(1, _cap); left > 0 && !reader.Failed; left--)
        {
            Keep(StateText.Cut(reader.Text()));
        }
    }

    private void Keep(string text)
    {
        int at = Array.BinarySearch(_values, 0, _count, text, StringComparer.Ordinal);
        if (at >= 0)
        {
            return;
        }

        at = ~at;
        HasMore |= _count == _cap;
        if (at == _cap)
        {
            return;
        }

        if (_count == _values.Length)
        {
            Array.Resize(ref _values, Math.Clamp(_count * 2, 1, _cap));
        }

        _count = Math.Min(_count + 1, _cap);
        _values.AsSpan(at, _count - at - 1).CopyTo(_values.AsSpan(at + 1));
        _values[at] = text;
    }
}
