using System.Buffers;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>The form of a secret: a mark that it begins with, and what follows.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mark">What it begins with.</param>
/// <param name="Characters">Which characters follow.</param>
/// <param name="Least">How many of them at least.</param>
/// <param name="Most">How many at most.</param>
internal sealed record SecretPattern(string Kind, string Mark, SearchValues<char> Characters, int Least, int Most)
{
    /// <summary>Gets a value indicating whether the mark is no part of the secret.</summary>
    public bool IsBehindMark { get; init; }

    /// <summary>Gets what is checked besides, of all of it; null for nothing.</summary>
    public Func<string, bool>? Check { get; init; }
}
