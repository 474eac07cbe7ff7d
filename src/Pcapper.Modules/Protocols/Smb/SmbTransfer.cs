using Pcapper.Modules.Protocols.Http;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What went one way between a client and an open file.</summary>
internal sealed class SmbTransfer
{
    private readonly ByteSample _sample = new();
    private long _end;

    /// <summary>Gets how many bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Gets the frame of the first.</summary>
    public FrameRef Frame { get; private set; }

    /// <summary>Gets the time of the first.</summary>
    public Timestamp Time { get; private set; }

    /// <summary>Gets the media type that the file's first bytes show, or null.</summary>
    public string? Type { get; private set; }

    /// <summary>Gets the entropy of a sample, in thousandths of a bit for each byte, or null if there was too little.</summary>
    public int? Entropy => _sample.Entropy;

    /// <summary>Gets a value indicating whether the bytes were the file's first and each piece followed the one before.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Adds a piece.</summary>
    /// <param name="offset">Where in the file it stands.</param>
    /// <param name="count">How many bytes.</param>
    /// <param name="start">Its first bytes, as far as they were looked at.</param>
    /// <param name="frame">The frame that shows it.</param>
    /// <param name="time">Its time.</param>
    public void Add(long offset, long count, ReadOnlySpan<byte> start, FrameRef frame, Timestamp time)
    {
        if (Bytes == 0)
        {
            (Frame, Time) = (frame, time);
        }

        if (offset == 0 && Type is null)
        {
            Type = MediaTypes.Sniff(start);
        }

        _sample.Add(start);
        IsWhole &= offset == _end;
        _end = unchecked(offset + count);
        Bytes += count;
    }
}
