namespace Pcapper.Engine;

/// <summary>What was seen of a file; what was not seen is zero.</summary>
public interface IFileContent
{
    /// <summary>Gets the bytes from the file's beginning to the last that was seen.</summary>
    long Length { get; }

    /// <summary>Reads bytes at an offset; false if they are not at hand any more.</summary>
    bool Read(long offset, Span<byte> bytes);
}
