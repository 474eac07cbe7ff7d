using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>A command of IMAP and its tagged answer. Frame and time are the command's.</summary>
public sealed record ImapTransaction : ProtocolRecord
{
    /// <summary>Gets the tag, raw.</summary>
    public required string Tag { get; init; }

    /// <summary>Gets the command in capitals: <c>FETCH</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Gets a value indicating whether it names messages by their unique identifiers (<c>UID FETCH</c>).</summary>
    public bool IsUid { get; init; }

    /// <summary>Gets the arguments on the command's first line, raw; of LOGIN and AUTHENTICATE they are left out.</summary>
    public required string Arguments { get; init; }

    /// <summary>Gets the user that tried to log in last, raw, or null.</summary>
    public string? User { get; init; }

    /// <summary>Gets the mailbox that is open, or that the command opens, raw, or null.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Gets the answer: <c>OK</c>, <c>NO</c>, <c>BAD</c>; or null if none was seen.</summary>
    public string? Status { get; init; }

    /// <summary>Gets the text of the answer, raw, or null.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the frame of the answer, or null.</summary>
    public FrameRef? ReplyFrame { get; init; }
}
