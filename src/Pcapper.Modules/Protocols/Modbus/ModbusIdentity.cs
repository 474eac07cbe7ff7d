namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>Something that a device says of itself.</summary>
/// <param name="Object">The number of the object (1.1b3, 6.21), or -1 for the text of a server id, -2 for that of UMAS.</param>
/// <param name="Text">What it says, raw.</param>
public readonly record struct ModbusIdentity(int Object, string Text)
{
    /// <summary>The text of a server id (function 17).</summary>
    public const int ServerId = -1;

    /// <summary>The name that UMAS tells.</summary>
    public const int Umas = -2;

    /// <summary>Gets the name of the object.</summary>
    public string Name => Object switch
    {
        ServerId => "server id",
        Umas => "umas",
        0 => "vendor",
        1 => "product",
        2 => "revision",
        3 => "url",
        4 => "product name",
        5 => "model",
        6 => "application",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"object {Object}"),
    };
}
