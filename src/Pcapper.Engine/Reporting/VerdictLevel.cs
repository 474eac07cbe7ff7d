namespace Pcapper.Engine;

/// <summary>The answer to "is something wrong?", in ascending order.</summary>
public enum VerdictLevel
{
    /// <summary>There was nothing to analyse.</summary>
    NothingRead,

    /// <summary>The analyses found nothing.</summary>
    NothingFound,

    /// <summary>Bad practice, but no sign of an attack.</summary>
    WeakPractice,

    /// <summary>Something should be looked at.</summary>
    Suspicious,

    /// <summary>At least one host is likely compromised.</summary>
    LikelyCompromise,

    /// <summary>At least one host is compromised beyond reasonable doubt.</summary>
    Compromise,
}
