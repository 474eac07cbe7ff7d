namespace Pcapper.Engine;

/// <summary>What came of asking a service.</summary>
public enum ReputationState
{
    /// <summary>It knows the value; the numbers say how.</summary>
    Known,

    /// <summary>It does not know the value.</summary>
    Unknown,

    /// <summary>There was no usable answer.</summary>
    Unanswered,

    /// <summary>It was not asked, and would be.</summary>
    WouldAsk,

    /// <summary>It was not asked, and would not be: an answer is kept.</summary>
    WouldReuse,
}
