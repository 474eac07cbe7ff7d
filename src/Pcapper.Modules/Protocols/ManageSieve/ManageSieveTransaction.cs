using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.ManageSieve;

/// <summary>A command of ManageSieve and its answer. Frame and time are the command's.</summary>
public sealed record ManageSieveTransaction : ProtocolRecord
{
    /// <summary>Gets the command in capitals: <c>PUTSCRIPT</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Gets the first argument without its quotes: mostly the name of a script; of AUTHENTICATE the mechanism.</summary>
    public required string Argument { get; init; }

    /// <summary>Gets how many bytes the script has that the command sends, or null.</summary>
    public long? ScriptBytes { get; init; }

    /// <summary>Gets the answer: <c>OK</c>, <c>NO</c>, <c>BYE</c>; or null if none was seen.</summary>
    public string? Status { get; init; }

    /// <summary>Gets the frame of the answer, or null.</summary>
    public FrameRef? ReplyFrame { get; init; }
}
