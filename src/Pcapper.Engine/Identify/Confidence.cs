namespace Pcapper.Engine;

/// <summary>How sure a protocol is that bytes are its own.</summary>
public enum Confidence
{
    /// <summary>They are not.</summary>
    No,

    /// <summary>There are too few of them to tell.</summary>
    Undecided,

    /// <summary>They may be: another protocol's could look the same.</summary>
    Plausible,

    /// <summary>They are, beyond reasonable doubt.</summary>
    Certain,
}
