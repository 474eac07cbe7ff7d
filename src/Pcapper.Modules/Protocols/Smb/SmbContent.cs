using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The rest of a message that carries content of a file, of which only the beginning was at hand.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">Where in the file the rest stands.</param>
/// <param name="skip">How many bytes of the message come before it.</param>
/// <param name="left">How many bytes of content there still are.</param>
/// <param name="replaces">Whether it replaces what was there.</param>
internal sealed class SmbContent(CarriedFile file, long offset, long skip, long left, bool replaces)
{
    private long _offset = offset;
    private long _skip = skip;
    private long _left = left;

    /// <summary>Gets or sets how many bytes the message still has.</summary>
    public long MessageLeft { get; set; }

    /// <summary>Takes the next bytes of the message.</summary>
    public void Take(ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        int content = Pass(bytes.Length, out int before);
        if (content > 0)
        {
            file.WriteAt(_offset - content, bytes.Slice(before, content), frame, time, replaces);
        }
    }

    /// <summary>The next bytes of the message are missing.</summary>
    public void Pass(long count)
    {
        while (count > 0)
        {
            int step = (int)Math.Min(count, int.MaxValue);
            Pass(step, out _);
            count -= step;
        }
    }

    private int Pass(int count, out int before)
    {
        MessageLeft -= count;
        before = (int)Math.Min(_skip, count);
        _skip -= before;
        int content = (int)Math.Min(_left, count - before);
        _left -= content;
        _offset = unchecked(_offset + content);
        return content;
    }
}
