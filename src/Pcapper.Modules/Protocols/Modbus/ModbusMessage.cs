using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>One Modbus request or response.</summary>
public sealed record ModbusMessage : IcsMessage
{
    /// <summary>Gets the number that pairs a response with its request, or null in RTU frames.</summary>
    public ushort? Transaction { get; init; }

    /// <summary>Gets the device addressed behind the server.</summary>
    public required byte Unit { get; init; }

    /// <summary>Gets the function code without its exception bit.</summary>
    public required ModbusFunction Function { get; init; }

    /// <summary>Gets the sub-function of diagnostics, the kind of an encapsulated interface, the function of UMAS, or null.</summary>
    public int? SubFunction { get; init; }

    /// <summary>Gets a value indicating whether the function code has the exception bit.</summary>
    public bool IsException { get; init; }

    /// <summary>Gets the first address: of a response that of its request.</summary>
    public int? Address { get; init; }

    /// <summary>Gets how many points there are at that address.</summary>
    public int? Quantity { get; init; }

    /// <summary>Gets the first address that a request which writes reads besides.</summary>
    public int? ReadAddress { get; init; }

    /// <summary>Gets how many registers it reads.</summary>
    public int? ReadQuantity { get; init; }

    /// <summary>Gets which bits a masked write keeps.</summary>
    public int? AndMask { get; init; }

    /// <summary>Gets which bits a masked write sets.</summary>
    public int? OrMask { get; init; }

    /// <summary>Gets what the device says of itself.</summary>
    public IReadOnlyList<ModbusIdentity> Identities { get; init; } = [];
}
