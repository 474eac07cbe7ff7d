using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Guessing;

/// <summary>Passwords were guessed: what <see cref="GuessJudge"/> makes of many refused logins.</summary>
internal sealed record Guess
{
    /// <summary>Gets a value indicating whether few passwords were tried with each of many accounts, rather than many with one.</summary>
    public required bool IsSpray { get; init; }

    /// <summary>Gets the accounts that were tried, in ordinal order.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>Gets the accounts that were let in meanwhile or afterwards, in ordinal order.</summary>
    public required IReadOnlyList<string> Opened { get; init; }

    /// <summary>Gets the refusals of the accounts.</summary>
    public required FrameSample Refused { get; init; }

    /// <summary>Gets when those were.</summary>
    public required Extent When { get; init; }

    /// <summary>Gets the most that fell into the window of the rule: refusals, or accounts of a spray.</summary>
    public required long Most { get; init; }

    /// <summary>Gets from how many on it is guessing.</summary>
    public required long Threshold { get; init; }
}
