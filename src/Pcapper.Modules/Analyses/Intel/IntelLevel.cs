namespace Pcapper.Modules.Analyses.Intel;

/// <summary>How bad one service's answer is.</summary>
internal enum IntelLevel
{
    /// <summary>The service does not know the value.</summary>
    Unknown,

    /// <summary>The service knows the value and says nothing against it.</summary>
    Nothing,

    /// <summary>Some say something against it.</summary>
    Suspicious,

    /// <summary>Many say that it is bad.</summary>
    Bad,
}
