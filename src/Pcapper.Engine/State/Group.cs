namespace Pcapper.Engine;

/// <summary>
/// Several parts as one, for example all that is known of a host in a <see cref="PartMap{TKey, TPart}"/>.
/// Derive from it, and register the parts in the constructor, always in the same order.
/// </summary>
public abstract class Group : IStatePart
{
    private IStatePart[] _parts;
    private int _count;

    /// <summary>Initializes a new instance of the <see cref="Group"/> class.</summary>
    /// <param name="parts">How many parts will be registered, exactly; 0 to find out, for groups of which there are few.</param>
    protected Group(int parts = 0) => _parts = parts == 0 ? [] : new IStatePart[parts];

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var group = (Group)other;
        for (int i = 0; i < _parts.Length; i++)
        {
            _parts[i].Merge(group._parts[i]);
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        foreach (IStatePart part in _parts)
        {
            part.Write(writer);
        }
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        for (int i = 0; i < _parts.Length && !reader.Failed; i++)
        {
            _parts[i].Read(ref reader);
        }
    }

    /// <summary>Registers a part; call in the constructor, always in the same order.</summary>
    protected TPart Part<TPart>(TPart part)
        where TPart : IStatePart
    {
        if (_count == _parts.Length)
        {
            Array.Resize(ref _parts, _count + 1);
        }

        _parts[_count++] = part;
        return part;
    }
}
