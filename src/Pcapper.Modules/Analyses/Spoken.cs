using Pcapper.Engine;

namespace Pcapper.Modules.Analyses;

/// <summary>
/// The few protocols that were spoken somewhere. Nearly always it is one, a text that is shared: then this is one reference.
/// A struct that changes: keep it in a field, never in a property.
/// </summary>
internal struct Spoken
{
    private const int Most = 6;

    private string? _only;
    private Texts? _several;

    /// <summary>Gets the protocols in ordinal order, at most six.</summary>
    public readonly IReadOnlyList<string> Values => _several?.Values ?? (_only is null ? [] : [_only]);

    /// <summary>Gets a value indicating whether there were more than <see cref="Values"/> has.</summary>
    public readonly bool HasMore => _several is { HasMore: true };

    /// <summary>Gets the protocols as a report lists them: an ellipsis stands for those left out.</summary>
    public readonly IReadOnlyList<string> Listed => HasMore ? [.. Values, "…"] : Values;

    /// <summary>Notes a protocol.</summary>
    public void Add(string protocol)
    {
        if (_several is not null)
        {
            _several.Add(protocol);
        }
        else if (_only is null)
        {
            _only = protocol;
        }
        else if (!string.Equals(_only, protocol, StringComparison.Ordinal))
        {
            _several = new Texts(Most);
            _several.Add(_only);
            _several.Add(protocol);
        }
    }

    /// <summary>Adds what another shard noted.</summary>
    public void Merge(in Spoken other)
    {
        foreach (string protocol in other.Values)
        {
            Add(protocol);
        }

        if (other.HasMore)
        {
            _several?.DroppedSome();
        }
    }

    /// <summary>Writes it.</summary>
    public readonly void Write(StateWriter writer)
    {
        IReadOnlyList<string> kept = Values;
        writer.Flag(HasMore);
        writer.Unsigned((ulong)kept.Count);
        foreach (string text in kept)
        {
            writer.Text(text);
        }
    }

    /// <summary>Reads it.</summary>
    public void Read(ref StateReader reader)
    {
        bool hasMore = reader.Flag();
        for (int left = reader.Length(1, Most); left > 0 && !reader.Failed; left--)
        {
            Add(StateText.Cut(reader.Text()));
        }

        if (hasMore)
        {
            _several?.DroppedSome();
        }
    }
}
