using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Bytes that are text, with what stands before and behind.</summary>
internal readonly ref struct TextRun
{
    /// <summary>Gets the bytes.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    public required StringEncoding Encoding { get; init; }

    public required long Offset { get; init; }

    public required FrameRef Frame { get; init; }

    public required Timestamp Time { get; init; }

    /// <summary>Gets where a character stands in the bytes of the direction; exact if those before it are ASCII.</summary>
    public long OffsetOf(int character) => Offset + (Encoding == StringEncoding.Utf16 ? 2L * character : character);

    /// <summary>Gets a value indicating whether it is a line of its own: a line ends before and behind it.</summary>
    public required bool IsLine { get; init; }
}
