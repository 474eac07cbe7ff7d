namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>
/// What a control connection tells of a data connection that it announced (the tag of an <see cref="Engine.Expectation"/>). The port is announced
/// before the command is sent, so that the control parser fills the rest in later; it is read when the data connection ends.
/// </summary>
public sealed class FtpDataNote
{
    /// <summary>Gets or sets the command that moves the data, in capitals: <c>RETR</c>, <c>STOR</c>, <c>LIST</c>; null while none was sent.</summary>
    public string? Command { get; set; }

    /// <summary>Gets or sets its argument, raw: the path of the file; or null.</summary>
    public string? Path { get; set; }

    /// <summary>Gets or sets where in the file the data begins (REST; RFC 959, 4.1.3).</summary>
    public long Offset { get; set; }

    /// <summary>Gets or sets how many bytes the server said that the file has (SIZE, or the text of its 150 reply), or null.</summary>
    public long? Size { get; set; }

    /// <summary>Gets or sets a value indicating whether the server refused the transfer or broke it off (4yz, 5yz).</summary>
    public bool IsRefused { get; set; }

    /// <summary>Gets or sets a value indicating whether line ends are converted (TYPE A), so that sizes differ.</summary>
    public bool IsText { get; set; }

    /// <summary>Gets a value indicating whether the data is a file, not a listing.</summary>
    public bool IsFile => Command is "RETR" || (Command is not null && FtpCommands.Uploads(Command));
}
