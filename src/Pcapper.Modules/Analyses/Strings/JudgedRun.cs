namespace Pcapper.Modules.Analyses.Strings;

/// <summary>What a run of text was judged to be, to know it when it comes again.</summary>
/// <param name="run">The run.</param>
/// <param name="text">Its text, or null if it is none.</param>
/// <param name="blank">How many characters stand in front of the text.</param>
internal sealed class JudgedRun(in TextRun run, string? text, int blank)
{
    /// <summary>The longest run that is remembered.</summary>
    public const int Longest = 256;

    private readonly byte[] _bytes = run.Bytes.Length <= Longest ? run.Bytes.ToArray() : [];
    private readonly StringEncoding _encoding = run.Encoding;
    private readonly bool _isLine = run.IsLine;

    /// <summary>Gets its text, or null if it is none.</summary>
    public string? Text { get; } = text;

    /// <summary>Gets how many characters stand in front of the text.</summary>
    public int Blank { get; } = blank;

    /// <summary>Tells whether a run is the same.</summary>
    public bool Is(in TextRun other) => other.IsLine == _isLine && other.Encoding == _encoding && other.Bytes.SequenceEqual(_bytes);
}
