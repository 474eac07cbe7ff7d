namespace Pcapper.Engine;

/// <summary>Whether mistakes in parsers and analyzers end the run (tests, fuzzing) or are reported while the rest goes on (users).</summary>
public static class Guard
{
    /// <summary>Gets or sets a value indicating whether they end the run.</summary>
    public static bool Rethrow { get; set; }
}
