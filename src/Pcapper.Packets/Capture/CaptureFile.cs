using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Pcapper.Packets;

/// <summary>Opens captures by what they begin with, never by their name.</summary>
public static class CaptureFile
{
    private const int LongestMagic = 8;

    /// <summary>Opens a file; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> if that fails.</summary>
    /// <param name="path">The file; a named pipe will do.</param>
    /// <param name="capture">Index of the capture in this run, for <see cref="FrameRef.Capture"/>.</param>
    public static CaptureReader Open(string path, int capture)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        return Choose(new InputBuffer(file), capture);
    }

    /// <summary>Opens a stream, which the reader will dispose of.</summary>
    /// <param name="stream">The capture from its first byte on. Bytes that cannot be decompressed are to be reported as <see cref="InvalidDataException"/> or <see cref="IOException"/>.</param>
    /// <param name="capture">Index of the capture in this run, for <see cref="FrameRef.Capture"/>.</param>
    public static CaptureReader Open(Stream stream, int capture) => Open(stream, capture, default);

    /// <summary>Opens a stream whose beginning was read before, to look at it.</summary>
    /// <param name="stream">The rest of the capture; the reader will dispose of it.</param>
    /// <param name="capture">Index of the capture in this run, for <see cref="FrameRef.Capture"/>.</param>
    /// <param name="alreadyRead">The bytes before the rest.</param>
    public static CaptureReader Open(Stream stream, int capture, ReadOnlySpan<byte> alreadyRead)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Choose(new InputBuffer(stream, alreadyRead), capture);
    }

    private static CaptureReader Choose(InputBuffer input, int capture)
    {
        if (!input.Has(1))
        {
            return new NoCaptureReader(input, input.Failure is { } failure ? $"could not be read ({failure})" : "empty file");
        }

        if (!input.Has(sizeof(uint)))
        {
            return new NoCaptureReader(input, Unknown(input));
        }

        uint magic = BinaryPrimitives.ReadUInt32BigEndian(input.Peek(sizeof(uint)));
        CaptureReader? reader = magic switch
        {
            PcapngReader.SectionHeader => PcapngReader.TryOpen(input, capture),
            SnoopReader.Magic => SnoopReader.TryOpen(input, capture),
            _ when PcapReader.IsMagic(magic) => PcapReader.TryOpen(input, capture),
            _ => null,
        };
        return reader ?? new NoCaptureReader(input, Unknown(input));
    }

    private static string Unknown(InputBuffer input)
    {
        input.Has(LongestMagic);
        var text = new StringBuilder("not a capture: begins with");
        foreach (byte b in input.Peek(Math.Min(LongestMagic, input.Available)))
        {
            text.Append(CultureInfo.InvariantCulture, $" {b:X2}");
        }

        return text.ToString();
    }
}
