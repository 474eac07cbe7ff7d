using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// What someone did, as one object: up to eight sums and when (<see cref="Tally"/>), with how many different others, and in which frames.
/// Nearly all keys of a large map have one of each, which needs no object of its own.
/// </summary>
public class Activity : Tally
{
    private ulong _peer;
    private Sketch? _peers;
    private FrameRef _frame;
    private FrameSample? _frames;
    private bool _hasPeer;
    private bool _hasFrame;

    /// <summary>Gets how many different others there were.</summary>
    public long Peers => _peers?.Estimate ?? (_hasPeer ? 1 : 0);

    /// <summary>Gets a value indicating whether <see cref="Peers"/> is exact.</summary>
    public bool IsPeersExact => _peers?.IsExact ?? true;

    /// <summary>Gets the first frames, and how many there were; a copy, to read only.</summary>
    public FrameSample Frames => _frames ?? Made(_hasFrame, _frame);

    /// <summary>Gets how many frames were noted.</summary>
    public long FrameCount => _frames?.Total ?? (_hasFrame ? 1 : 0);

    /// <summary>Notes one of the others.</summary>
    public void AddPeer<TKey>(TKey key)
        where TKey : struct, IStateKey<TKey>
    {
        ulong hash = key.StableHash;
        if (_peers is null && (!_hasPeer || _peer == hash))
        {
            (_peer, _hasPeer) = (hash, true);
            return;
        }

        (_peers ??= Made(_hasPeer, _peer)).Add(hash);
    }

    /// <summary>Notes a frame that shows it.</summary>
    public void AddFrame(FrameRef frame)
    {
        if (_frames is null && !_hasFrame)
        {
            (_frame, _hasFrame) = (frame, true);
            return;
        }

        (_frames ??= Made(_hasFrame, _frame)).Add(frame);
    }

    /// <inheritdoc/>
    public override void Merge(IStatePart other)
    {
        base.Merge(other);
        var activity = (Activity)other;
        if (activity._peers is not null || activity._hasPeer)
        {
            (_peers ??= Made(_hasPeer, _peer)).Merge(activity._peers ?? Made(activity._hasPeer, activity._peer));
        }

        if (activity._frames is not null || activity._hasFrame)
        {
            (_frames ??= Made(_hasFrame, _frame)).Merge(activity.Frames);
        }
    }

    /// <inheritdoc/>
    public override void Write(StateWriter writer)
    {
        base.Write(writer);
        (_peers ?? Made(_hasPeer, _peer)).Write(writer);
        Frames.Write(writer);
    }

    /// <inheritdoc/>
    public override void Read(ref StateReader reader)
    {
        base.Read(ref reader);
        _peers = new Sketch();
        _peers.Read(ref reader);
        _frames = new FrameSample();
        _frames.Read(ref reader);
    }

    private static Sketch Made(bool has, ulong peer)
    {
        var peers = new Sketch();
        if (has)
        {
            peers.Add(peer);
        }

        return peers;
    }

    private static FrameSample Made(bool has, FrameRef frame)
    {
        var frames = new FrameSample();
        if (has)
        {
            frames.Add(frame);
        }

        return frames;
    }
}
