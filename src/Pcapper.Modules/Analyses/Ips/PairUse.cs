using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Ips;

/// <summary>All flows between two addresses, of which <see cref="PairKey.From"/> is the smaller.</summary>
public sealed class PairUse : Tally
{
    /// <summary>Index of flows.</summary>
    public const int Flows = 0;

    /// <summary>Index of flows that the first address opened.</summary>
    public const int OpenedByFirst = 1;

    /// <summary>Index of IP bytes from the first to the second.</summary>
    public const int BytesFromFirst = 2;

    /// <summary>Index of IP bytes from the second to the first.</summary>
    public const int BytesFromSecond = 3;

    /// <summary>Index of packets both ways.</summary>
    public const int Packets = 4;

    private const int MostSpoken = 6;

    // Nearly all pairs speak one protocol, a text that is shared.
    private string? _only;
    private Texts? _several;

    /// <summary>Gets what was spoken: protocols by content, else the transport.</summary>
    public IReadOnlyList<string> Spoken => _several is not null
        ? _several.HasMore ? [.. _several.Values, "…"] : _several.Values
        : _only is null ? [] : [_only];

    /// <summary>Notes what was spoken.</summary>
    public void Speaks(string protocols)
    {
        if (_several is not null)
        {
            _several.Add(protocols);
        }
        else if (_only is null)
        {
            _only = protocols;
        }
        else if (!string.Equals(_only, protocols, StringComparison.Ordinal))
        {
            _several = new Texts(MostSpoken);
            _several.Add(_only);
            _several.Add(protocols);
        }
    }

    /// <inheritdoc/>
    public override void Merge(IStatePart other)
    {
        base.Merge(other);
        var pair = (PairUse)other;
        if (pair._several is null)
        {
            if (pair._only is not null)
            {
                Speaks(pair._only);
            }

            return;
        }

        if (_several is null)
        {
            _several = new Texts(MostSpoken);
            _several.Add(_only);
        }

        _several.Merge(pair._several);
    }

    /// <inheritdoc/>
    public override void Write(StateWriter writer)
    {
        base.Write(writer);
        IReadOnlyList<string> kept = _several?.Values ?? (_only is null ? [] : [_only]);
        writer.Flag(_several is { HasMore: true });
        writer.Unsigned((ulong)kept.Count);
        foreach (string text in kept)
        {
            writer.Text(text);
        }
    }

    /// <inheritdoc/>
    public override void Read(ref StateReader reader)
    {
        base.Read(ref reader);
        bool hasMore = reader.Flag();
        for (int left = reader.Length(1, MostSpoken); left > 0 && !reader.Failed; left--)
        {
            Speaks(StateText.Cut(reader.Text()));
        }

        if (hasMore && _several is not null)
        {
            _several.DroppedSome();
        }
    }
}
