namespace Pcapper.Engine;

/// <summary>What a cell of a report holds, and what the cells of a column hold.</summary>
public enum CellKind
{
    /// <summary>Nothing: unknown, or not applicable.</summary>
    None,

    /// <summary>Text, printable.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A whole number that names something (port, VLAN, status code): written without separators.</summary>
    Code,

    /// <summary>A decimal number, with or without a unit.</summary>
    Number,

    /// <summary>A number of bytes.</summary>
    Bytes,

    /// <summary>A duration in nanoseconds.</summary>
    Duration,

    /// <summary>A point in time.</summary>
    Time,

    /// <summary>A point in time that may be far from the capture's: written as a date.</summary>
    Date,

    /// <summary>A network address.</summary>
    Address,

    /// <summary>A share of a whole, 1 being all.</summary>
    Percent,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>A list of texts, printable.</summary>
    Texts,

    /// <summary>Frames, a few of perhaps many.</summary>
    Frames,
}
