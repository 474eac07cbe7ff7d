using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What went one way between a client and an open file.</summary>
internal sealed class SmbTransfer
{
    private readonly ByteSample _sample = new();

    /// <summary>Gets or sets the file that it becomes, or null if nobody wants to know of it.</summary>
    public CarriedFile? File { get; set; }

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
        Bytes += count;
    }
}
