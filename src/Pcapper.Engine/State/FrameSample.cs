using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// The earliest frames that show something, and how many there were.
/// Keeping the smallest, not the first to arrive, makes it independent of the order of arrival.
/// </summary>
public sealed class FrameSample : IStatePart
{
    private const int Capacity = Limits.EvidenceFrames;

    // One frame is the usual case, and there are many samples: it needs no array.
    private FrameRef _only;
    private FrameRef[]? _frames;
    private int _kept;

    /// <summary>Gets how many frames were offered, kept or not.</summary>
    public long Total { get; private set; }

    /// <summary>Gets the kept frames, earliest first.</summary>
    public ReadOnlySpan<FrameRef> Frames => _frames is null ? new ReadOnlySpan<FrameRef>(in _only)[.._kept] : _frames.AsSpan(0, _kept);

    /// <summary>Offers one frame.</summary>
    public void Add(FrameRef frame)
    {
        Total++;
        Keep(frame);
    }

    /// <summary>Copies the kept frames, earliest first: what a finding cites.</summary>
    public IReadOnlyList<FrameRef> ToList() => Frames.ToArray();

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var sample = (FrameSample)other;
        Total += sample.Total;
        foreach (FrameRef frame in sample.Frames)
        {
            Keep(frame);
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Number(Total);
        writer.Unsigned((ulong)_kept);
        foreach (FrameRef frame in Frames)
        {
            writer.Frame(frame);
        }
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        Total = reader.Number();
        for (int left = reader.Length(2, Capacity); left > 0 && !reader.Failed; left--)
        {
            Keep(reader.Frame());
        }
    }

    private void Keep(FrameRef frame)
    {
        int at = Frames.BinarySearch(frame);
        if (at >= 0 || ~at == Capacity)
        {
            return;
        }

        if (_kept == 0)
        {
            _only = frame;
            _kept = 1;
            return;
        }

        MakeRoom();
        at = ~at;
        _kept = Math.Min(_kept + 1, Capacity);
        _frames.AsSpan(at, _kept - at - 1).CopyTo(_frames.AsSpan(at + 1));
        _frames![at] = frame;
    }

    private void MakeRoom()
    {
        if (_frames is null)
        {
            _frames = new FrameRef[3];
            _frames[0] = _only;
        }
        else if (_kept == _frames.Length)
        {
            Array.Resize(ref _frames, Math.Min(_kept * 2, Capacity));
        }
    }
}
