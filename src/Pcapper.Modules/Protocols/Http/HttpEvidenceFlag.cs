namespace Pcapper.Modules.Protocols.Http;

/// <summary>What raises or lowers a piece of evidence.</summary>
internal enum HttpEvidenceFlag
{
    /// <summary>The answer holds what the attack was after (a password file, the output of a command).</summary>
    Proof,

    /// <summary>The content is an executable for Windows, Linux or macOS.</summary>
    Executable,

    /// <summary>The declared type is one of pictures, sound, video or fonts.</summary>
    DeclaredAsMedia,

    /// <summary>The file name claims something harmless.</summary>
    HarmlessName,

    /// <summary>The tool belongs to Windows and is abused to fetch programs.</summary>
    LivingOffTheLand,

    /// <summary>The host is named by its address.</summary>
    HostIsAddress,

    /// <summary>The server took part: it answered with success.</summary>
    Answered,
}
