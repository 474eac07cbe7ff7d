namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>What kinds of commands there are.</summary>
internal static class FtpCommands
{
    /// <summary>Tells whether a command moves data over a data connection.</summary>
    public static bool MovesData(string command) => command is "RETR" or "STOR" or "APPE" or "STOU" or "LIST" or "NLST" or "MLSD";

    /// <summary>Tells whether a command moves a file to the server.</summary>
    public static bool Uploads(string command) => command is "STOR" or "APPE" or "STOU";

    /// <summary>Tells whether the argument of a command is a path.</summary>
    public static bool NamesPath(string command)
        => command is "RETR" or "STOR" or "APPE" or "STOU" or "DELE" or "CWD" or "XCWD" or "MKD" or "XMKD" or "RMD" or "XRMD" or "SIZE" or "MDTM" or "MLST" or "MLSD" or "RNFR" or "RNTO";
}
