namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Messages that no ordinary client or server sends.</summary>
public enum SmbSignalKind : byte
{
    /// <summary>A PeekNamedPipe on no pipe, which only asks whether the server lacks MS17-010.</summary>
    Ms17Probe,

    /// <summary>The server's answer to it says that it lacks the update.</summary>
    Ms17Vulnerable,

    /// <summary>A transaction announced with more data than its kind can have, as EternalBlue does.</summary>
    OversizedTransaction,

    /// <summary>A request for the subcommand that DoublePulsar uses.</summary>
    BackdoorRequest,

    /// <summary>DoublePulsar answers: the multiplex identifier of the answer is not that of the request.</summary>
    BackdoorAnswer,

    /// <summary>A compressed message whose sizes overflow, as SMBGhost needs.</summary>
    CompressionOverflow,
}
