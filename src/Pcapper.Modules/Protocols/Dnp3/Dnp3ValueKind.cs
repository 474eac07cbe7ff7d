namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>How the value of an object is written.</summary>
internal enum Dnp3ValueKind
{
    /// <summary>It has none, or none that is followed.</summary>
    None,

    /// <summary>Packed bits.</summary>
    Bit,

    /// <summary>The top bit of the flags.</summary>
    TopBit,

    /// <summary>The two top bits of the flags.</summary>
    TopTwoBits,

    /// <summary>A signed number of 16 bits.</summary>
    Signed16,

    /// <summary>A signed number of 32 bits.</summary>
    Signed32,

    /// <summary>A number of 16 bits.</summary>
    Unsigned16,

    /// <summary>A number of 32 bits.</summary>
    Unsigned32,

    /// <summary>A floating-point number of 32 bits.</summary>
    Single,

    /// <summary>A floating-point number of 64 bits.</summary>
    Double,

    /// <summary>A control relay output block.</summary>
    Control,
}
