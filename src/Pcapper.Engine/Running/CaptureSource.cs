using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A capture that can be opened as often as there are workers.</summary>
/// <param name="Path">Its path, as the user wrote it.</param>
/// <param name="Length">Its length in bytes as stored, or 0 if unknown.</param>
/// <param name="Open">Opens it; gets the capture's index in the run.</param>
public sealed record CaptureSource(string Path, long Length, Func<int, CaptureReader> Open);
