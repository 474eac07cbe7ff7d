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

    private Spoken _spoken;

    /// <summary>Gets what was spoken: protocols by content, else the transport.</summary>
    public IReadOnlyList<string> Spoken => _spoken.Listed;

    /// <summary>Notes what was spoken.</summary>
    public void Speaks(string protocols) => _spoken.Add(protocols);

    /// <inheritdoc/>
    public override void Merge(IStatePart other)
    {
        base.Merge(other);
        _spoken.Merge(((PairUse)other)._spoken);
    }

    /// <inheritdoc/>
    public override void Write(StateWriter writer)
    {
        base.Write(writer);
        _spoken.Write(writer);
    }

    /// <inheritdoc/>
    public override void Read(ref StateReader reader)
    {
        base.Read(ref reader);
        _spoken.Read(ref reader);
    }
}
