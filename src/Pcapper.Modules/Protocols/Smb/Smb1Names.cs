using System.Globalization;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Names of SMB 1 commands.</summary>
internal static class Smb1Names
{
    /// <summary>Names a command.</summary>
    public static string Command(Smb1Command command) => command switch
    {
        Smb1Command.Open => "smb1 open",
        Smb1Command.Close => "smb1 close",
        Smb1Command.Delete => "smb1 delete",
        Smb1Command.Rename => "smb1 rename",
        Smb1Command.LockingAndX => "smb1 lock",
        Smb1Command.Transaction => "smb1 transaction",
        Smb1Command.OpenAndX => "smb1 open",
        Smb1Command.ReadAndX => "smb1 read",
        Smb1Command.WriteAndX => "smb1 write",
        Smb1Command.Transaction2 => "smb1 transaction 2",
        Smb1Command.TreeDisconnect => "smb1 tree disconnect",
        Smb1Command.Negotiate => "smb1 negotiate",
        Smb1Command.SessionSetupAndX => "smb1 session setup",
        Smb1Command.LogoffAndX => "smb1 logoff",
        Smb1Command.TreeConnectAndX => "smb1 tree connect",
        Smb1Command.NtTransact => "smb1 nt transact",
        Smb1Command.NtCreateAndX => "smb1 create",
        _ => string.Create(CultureInfo.InvariantCulture, $"smb1 0x{(byte)command:x2}"),
    };
}
