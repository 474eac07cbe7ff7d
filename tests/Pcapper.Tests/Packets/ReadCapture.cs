using Pcapper.Packets;

namespace Pcapper.Tests.Packets;

/// <summary>A frame that can be kept.</summary>
internal sealed record KeptFrame(long Number, long Time, LinkType LinkType, int Interface, int OriginalLength, string Bytes);

/// <summary>All that a reader told of a capture.</summary>
internal sealed record ReadCapture(CaptureInfo Info, List<KeptFrame> Frames)
{
    /// <summary>Reads a capture to its end, and once more to see that it stays there.</summary>
    public static ReadCapture Of(byte[] file) => Of(new MemoryStream(file));

    /// <summary>Reads a capture out of a stream.</summary>
    public static ReadCapture Of(Stream stream, ReadOnlySpan<byte> alreadyRead = default)
    {
        using CaptureReader reader = CaptureFile.Open(stream, 0, alreadyRead);
        var frames = new List<KeptFrame>();
        var frame = default(Frame);
        while (reader.TryRead(ref frame))
        {
            frames.Add(new KeptFrame(
                frame.Ref.Number, frame.Time.Nanoseconds, frame.LinkType, frame.Interface, frame.OriginalLength, Convert.ToHexString(frame.Bytes)));
        }

        string? problem = reader.Info.Problem;
        Xunit.Assert.False(reader.TryRead(ref frame));
        Xunit.Assert.Equal(problem, reader.Info.Problem);
        Xunit.Assert.Equal(frames.Count, reader.Info.Frames);
        return new ReadCapture(reader.Info, frames);
    }
}
