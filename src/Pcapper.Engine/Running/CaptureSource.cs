using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A capture that can be opened as often as there are workers.</summary>
/// <param name="Path">Its path, as the user wrote it.</param>
/// <param name="Length">The length in bytes of what is read, for the progress; 0 if unknown, as before an archive is unpacked.</param>
/// <param name="Open">Opens it; gets the capture's index in the run.</param>
public sealed record CaptureSource(string Path, long Length, Func<int, CaptureReader> Open)
{
    /// <summary>Gets its size in bytes as the user has it, an archive packed; 0 if unknown. The same whether or not it was unpacked first.</summary>
    public long StoredLength { get; init; } = Length;
}
