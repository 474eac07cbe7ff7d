namespace Pcapper.Engine;

/// <summary>Temporary storage for the content of one file under way. Bytes that were never written read as zero.</summary>
public interface IFileSpool : IDisposable
{
    /// <summary>Writes bytes at an offset; false if it cannot: the content is then given up.</summary>
    bool Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Reads bytes at an offset; what was not written is zero. False if it cannot.</summary>
    bool Read(long offset, Span<byte> bytes);
}
