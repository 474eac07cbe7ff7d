namespace Pcapper.Engine;

/// <summary>What a field of a log row holds.</summary>
public enum LogValueKind : byte
{
    /// <summary>Nothing.</summary>
    Unset,

    /// <summary>Text, raw.</summary>
    Text,

    /// <summary>A number that is never negative.</summary>
    Count,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A decimal number.</summary>
    Double,

    /// <summary>A point in time.</summary>
    Time,

    /// <summary>A duration.</summary>
    Interval,

    /// <summary>Yes or no.</summary>
    Bool,

    /// <summary>An address.</summary>
    Address,

    /// <summary>A port.</summary>
    Port,

    /// <summary>A fixed word.</summary>
    Enum,

    /// <summary>Several texts.</summary>
    Texts,

    /// <summary>Several counts.</summary>
    Counts,

    /// <summary>Several durations.</summary>
    Intervals,
}
