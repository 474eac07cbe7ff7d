using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>A CIP request or answer; those of a multiple service packet stand for themselves.</summary>
public sealed record CipMessage : IcsMessage
{
    /// <summary>Gets the number of the message within its connection, or null if it belongs to none.</summary>
    public ushort? Sequence { get; init; }

    /// <summary>Gets the service, without the bit that tells answers.</summary>
    public required byte Service { get; init; }

    /// <summary>Gets the class that is addressed, or null.</summary>
    public uint? Class { get; init; }

    /// <summary>Gets the instance, or null.</summary>
    public uint? Instance { get; init; }

    /// <summary>Gets the attribute, or null.</summary>
    public uint? Attribute { get; init; }

    /// <summary>Gets the name of the point that the path addresses: a tag, raw, or class and attribute; or null.</summary>
    public string? Point { get; init; }

    /// <summary>Gets how it went, of an answer; 0 is well.</summary>
    public byte? Status { get; init; }

    /// <summary>Gets what else the device says of that, or null.</summary>
    public ushort? ExtendedStatus { get; init; }
}
