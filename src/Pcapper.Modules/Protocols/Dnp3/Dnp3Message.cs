using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>A fragment of DNP3's application layer, or a frame of its link layer that carries none.</summary>
public sealed record Dnp3Message : IcsMessage
{
    /// <summary>Gets the link address of the master.</summary>
    public required ushort Master { get; init; }

    /// <summary>Gets the function code of the application layer, or null.</summary>
    public int? Function { get; init; }

    /// <summary>Gets the function of the link layer, if that is all there is.</summary>
    public int? LinkFunction { get; init; }

    /// <summary>Gets the internal indications of an answer, the first octet in the lower bits, or null.</summary>
    public int? Indications { get; init; }

    /// <summary>Gets the number that pairs requests with answers.</summary>
    public int Sequence { get; init; }

    /// <summary>Gets the headers of the objects.</summary>
    public IReadOnlyList<Dnp3ObjectHeader> Headers { get; init; } = [];

    /// <summary>Gets the controls.</summary>
    public IReadOnlyList<Dnp3Control> Controls { get; init; } = [];

    /// <summary>Gets the name of a file, raw, or null.</summary>
    public string? FileName { get; init; }

    /// <summary>Gets the error of an authentication, or null.</summary>
    public int? AuthenticationError { get; init; }

    /// <summary>Gets a value indicating whether it operates what was not selected just before.</summary>
    public bool IsUnselected { get; init; }

    /// <summary>Gets a value indicating whether the outstation says for the first time that it restarted, after having said that it had not.</summary>
    public bool HasRestarted { get; init; }
}
