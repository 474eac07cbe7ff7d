using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>A command of FTP and its final reply. Frame and time are the command's.</summary>
public sealed record FtpTransaction : ProtocolRecord
{
    /// <summary>Gets the command in capitals: <c>RETR</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Gets its argument, raw; empty if there is none. Of PASS it is left out.</summary>
    public required string Argument { get; init; }

    /// <summary>Gets the user that was named last, raw, or null.</summary>
    public string? User { get; init; }

    /// <summary>Gets the directory the session is in as far as it is known, raw: <c>/pub</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>Gets the code of the final reply, or null if none was seen.</summary>
    public int? Code { get; init; }

    /// <summary>Gets the text of the first line of the final reply, raw, or null.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the frame of the final reply, or null.</summary>
    public FrameRef? ReplyFrame { get; init; }

    /// <summary>Gets how many bytes the server said that the file has, or null.</summary>
    public long? Size { get; init; }

    /// <summary>Gets the data connection that was agreed on for this command or by it, or null.</summary>
    public FtpChannel? Channel { get; init; }

    /// <summary>Gets the path that a renamed file had before (RNTO), or null.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>Gets the path of the file or directory that the command names, or null if it names none.</summary>
    public string? Path => FtpCommands.NamesPath(Command) && Argument.Length > 0 ? FtpPath.Join(Directory, Argument) : null;
}
