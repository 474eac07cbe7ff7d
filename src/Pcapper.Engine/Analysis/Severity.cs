namespace Pcapper.Engine;

/// <summary>How much a finding matters, in ascending order.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Bad practice, or weak evidence.</summary>
    Low,

    /// <summary>Should be looked at.</summary>
    Medium,

    /// <summary>Likely an attack, or an open door.</summary>
    High,

    /// <summary>An attack that most likely succeeded.</summary>
    Critical,
}
