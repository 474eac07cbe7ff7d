using System.Runtime.CompilerServices;

namespace Pcapper.Engine;

/// <summary>Several sums by a small index, usually an enum's value: <c>counters[(int)kind]++</c>.</summary>
public sealed class Counters : IStatePart
{
    private const int Maximum = 1 << 16;

    // Most counters are a handful in a map with very many keys: those live in the object itself.
    private Few _few;
    private long[]? _more;
    private int _length;

    /// <summary>Initializes a new instance of the <see cref="Counters"/> class that grows with the indexes used.</summary>
    public Counters()
        : this(0)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="Counters"/> class.</summary>
    /// <param name="count">How many sums there will be; more are made when needed.</param>
    public Counters(int count)
    {
        _length = count;
        _more = count > Few.Count ? new long[count - Few.Count] : null;
    }

    /// <summary>Gets how many sums there are; those beyond are zero.</summary>
    public int Length => _length;

    /// <summary>Gets the sum of all.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            for (int i = 0; i < _length; i++)
            {
                total += this[i];
            }

            return total;
        }
    }

    /// <summary>Gets a sum by its index (0 to 65,535), to read or to add to.</summary>
    public ref long this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_length)
            {
                Grow(index);
            }

            return ref index < Few.Count ? ref _few[index] : ref _more![index - Few.Count];
        }
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var counters = (Counters)other;
        for (int i = 0; i < counters._length; i++)
        {
            if (counters[i] != 0)
            {
                this[i] += counters[i];
            }
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        int length = _length;
        while (length > 0 && this[length - 1] == 0)
        {
            length--;
        }

        writer.Unsigned((ulong)length);
        for (int i = 0; i < length; i++)
        {
            writer.Number(this[i]);
        }
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        int length = reader.Length(1, Maximum);
        for (int i = 0; i < length && !reader.Failed; i++)
        {
            this[i] = reader.Number();
        }
    }

    private void Grow(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Maximum, nameof(index));
        _length = index + 1;
        if (_length > Few.Count)
        {
            Array.Resize(ref _more, _length - Few.Count);
        }
    }

    [InlineArray(Count)]
    private struct Few
    {
        public const int Count = 8;
        private long _first;
    }
}
