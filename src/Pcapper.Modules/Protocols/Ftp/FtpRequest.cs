namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>A command that waits for its final reply.</summary>
internal sealed class FtpRequest
{
    /// <summary>Gets what is stated of it.</summary>
    public required FtpTransaction Transaction { get; set; }

    /// <summary>Gets what is told of the data connection that the command uses, or null.</summary>
    public FtpDataNote? Note { get; init; }

    /// <summary>Gets the command, in capitals.</summary>
    public string Command => Transaction.Command;
}
