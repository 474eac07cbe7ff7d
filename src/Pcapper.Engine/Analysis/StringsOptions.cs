using System.Text.RegularExpressions;

namespace Pcapper.Engine;

/// <summary>Which texts of streams are wanted.</summary>
public sealed record StringsOptions
{
    /// <summary>The fewest characters that can be asked for; shorter texts are in any bytes.</summary>
    public const int Fewest = 4;

    /// <summary>The most that can be asked for as the least.</summary>
    public const int Most = 256;

    /// <summary>Gets what is usual.</summary>
    public static StringsOptions Usual { get; } = new();

    /// <summary>Gets how many characters a text has at least.</summary>
    public int Minimum { get; init; } = 6;

    /// <summary>Gets a value indicating whether texts are not wanted, only the secrets in them.</summary>
    public bool OnlySecrets { get; init; }

    /// <summary>Gets what a text must match to be kept, in place of looking like text; null for what looks like text.</summary>
    public Regex? Match { get; init; }
}
