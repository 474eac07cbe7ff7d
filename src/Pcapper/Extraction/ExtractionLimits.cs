namespace Pcapper.Extraction;

/// <summary>How much is kept of what was asked for.</summary>
/// <param name="Files">How many files at most.</param>
/// <param name="Bytes">How many bytes at most, in all; one file alone may have as many.</param>
internal sealed record ExtractionLimits(int Files, long Bytes)
{
    /// <summary>What holds if the user says nothing: 10,000 files and 4 GiB.</summary>
    public static ExtractionLimits Usual { get; } = new(10_000, 4L * 1024 * 1024 * 1024);
}
