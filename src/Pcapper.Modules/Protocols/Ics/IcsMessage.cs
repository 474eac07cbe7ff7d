using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>A message of an industrial protocol, as far as all of them are alike.</summary>
public abstract record IcsMessage : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets a value indicating whether it asks; otherwise it answers, or reports.</summary>
    public required bool IsRequest { get; init; }

    /// <summary>Gets the address of the one who asks and commands: the client, or master.</summary>
    public required IpAddress Client { get; init; }

    /// <summary>Gets the address of the one who answers: the server, or slave, or outstation.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets the server's port.</summary>
    public required ushort ServerPort { get; init; }

    /// <summary>Gets the unit or station behind the server.</summary>
    public required long Station { get; init; }

    /// <summary>Gets the function with its sub-function, as the dialect numbers them.</summary>
    public required long Call { get; init; }

    /// <summary>Gets the values read (in an answer) or written (in a request).</summary>
    public IReadOnlyList<IcsValue> Values { get; init; } = [];

    /// <summary>Gets what it asks for, if it reads.</summary>
    public IcsPollKey? Poll { get; init; }

    /// <summary>Gets how long after the last same request of the flow it came, in nanoseconds, or null.</summary>
    public long? Interval { get; init; }

    /// <summary>Gets how long after the last command of the flow this one came, in nanoseconds, or null.</summary>
    public long? SinceCommand { get; init; }

    /// <summary>Gets how long after its request this answer came, in nanoseconds, or null if the request was not captured.</summary>
    public long? ResponseTime { get; init; }

    /// <summary>Gets the frame of the request that this answers, or null.</summary>
    public FrameRef? RequestFrame { get; init; }

    /// <summary>Gets why it was refused, or null if it was not.</summary>
    public int? Refusal { get; init; }

    /// <summary>Gets how many requests of the flow wait for an answer, this one included.</summary>
    public int InFlight { get; init; }

    /// <summary>Gets what is odd about the values, or null.</summary>
    public IReadOnlyList<IcsOddity>? Oddities { get; init; }

    /// <summary>Gets a value indicating whether all stations were meant.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>Gets a value indicating whether Wireshark dissects it without being told how.</summary>
    public bool IsUsual { get; init; } = true;
}
