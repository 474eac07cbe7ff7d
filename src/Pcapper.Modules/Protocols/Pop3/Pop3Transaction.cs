using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Pop3;

/// <summary>A command of POP3 and its answer. Frame and time are the command's.</summary>
public sealed record Pop3Transaction : ProtocolRecord
{
    /// <summary>Gets the command in capitals: <c>RETR</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Gets its argument, raw; empty if there is none. Of PASS, APOP and AUTH it is left out.</summary>
    public required string Argument { get; init; }

    /// <summary>Gets the user that was named last, raw, or null.</summary>
    public string? User { get; init; }

    /// <summary>Gets a value indicating whether the server agreed, or null if no answer was seen.</summary>
    public bool? IsOk { get; init; }

    /// <summary>Gets the text of the answer, raw, or null.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the frame of the answer, or null.</summary>
    public FrameRef? ReplyFrame { get; init; }
}
