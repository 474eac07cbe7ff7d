namespace Pcapper.Engine;

/// <summary>Several sums by a small index, usually an enum's value: <c>counters[(int)kind]++</c>.</summary>
public sealed class Counters : IStatePart
{
    private const int Maximum = 1 << 16;

    private long[] _values;

    /// <summary>Initializes a new instance of the <see cref="Counters"/> class that grows with the indexes used.</summary>
    public Counters()
        : this(0)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="Counters"/> class.</summary>
    /// <param name="count">How many sums there will be; more are made when needed.</param>
    public Counters(int count) => _values = count == 0 ? [] : new long[count];

    /// <summary>Gets how many sums there are; those beyond are zero.</summary>
    public int Length => _values.Length;

    /// <summary>Gets the sum of all.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            foreach (long value in _values)
            {
                total += value;
            }

            return total;
        }
    }

    /// <summary>Gets a sum by its index (0 to 65,535), to read or to add to.</summary>
    public ref long this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_values.Length)
            {
                Grow(index);
            }

            return ref _values[index];
        }
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var counters = (Counters)other;
        for (int i = 0; i < counters._values.Length; i++)
        {
            if (counters._values[i] != 0)
            {
                this[i] += counters._values[i];
            }
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        int length = _values.AsSpan().LastIndexOfAnyExcept(0) + 1;
        writer.Unsigned((ulong)length);
        foreach (long value in _values.AsSpan(0, length))
        {
            writer.Number(value);
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
        Array.Resize(ref _values, index + 1);
    }
}
