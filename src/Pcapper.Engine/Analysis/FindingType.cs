namespace Pcapper.Engine;

/// <summary>A kind of finding; a static field of its module.</summary>
/// <param name="Id">Its stable name, <c>module.what-happened</c>.</param>
/// <param name="Title">What an analyst would say aloud.</param>
/// <param name="Severity">How much it matters, unless a finding raises or lowers it.</param>
/// <param name="Techniques">ATT&amp;CK identifiers.</param>
public sealed record FindingType(string Id, string Title, Severity Severity, params IReadOnlyList<string> Techniques)
{
    /// <summary>Gets which harmless thing looks the same, and how to tell; null if none does.</summary>
    public string? Unless { get; init; }

    /// <summary>Gets a value indicating whether it is bad practice rather than something that somebody did: an open door, not one who came in.</summary>
    public bool IsPractice { get; init; }

    /// <summary>Gets a value indicating whether it is done to the destination, which is then a host to look after as well.</summary>
    public bool IsAgainst { get; init; }

    /// <summary>Gets which of the hosts of such a finding is the one to suspect.</summary>
    public Suspect Suspect { get; init; }

    /// <summary>Gets a value indicating whether it rests on what the capture does not show (no answer, no handshake): less sure where much is missing.</summary>
    public bool RestsOnAbsence { get; init; }

    /// <summary>Gets what its confidence depends on; null if it is always the same.</summary>
    public string? Certainty { get; init; }

    /// <summary>Gets the numbers that it compares with.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>Gets the name of its module.</summary>
    public string Module => Id.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Id[..dot] : Id;
}
