using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A request of SMB 1 that waits for its response; a chain leaves one for each of its commands.</summary>
internal sealed class Smb1Request
{
    /// <summary>Gets the command.</summary>
    public required Smb1Command Command { get; init; }

    /// <summary>Gets the session.</summary>
    public required ushort User { get; init; }

    /// <summary>Gets the share.</summary>
    public required ushort Tree { get; init; }

    /// <summary>Gets the frame.</summary>
    public required FrameRef Frame { get; init; }

    /// <summary>Gets the time.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Gets or sets the request that follows in the chain, or null.</summary>
    public Smb1Request? Next { get; set; }

    /// <summary>Gets or sets the file, or null if it is the one that the chain opens.</summary>
    public ushort? File { get; set; }

    /// <summary>Gets or sets the share to connect to or the file to open, raw.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets the new name or the service, raw.</summary>
    public string? Other { get; set; }

    /// <summary>Gets or sets a value indicating whether the file is to go when it is closed.</summary>
    public bool IsDelete { get; set; }

    /// <summary>Gets or sets a value indicating whether a transaction asks a pipe.</summary>
    public bool IsPipe { get; set; }

    /// <summary>Gets or sets a value indicating whether a transaction only asks whether an update is missing.</summary>
    public bool IsProbe { get; set; }

    /// <summary>Gets or sets where in the file to read.</summary>
    public long Offset { get; set; }

    /// <summary>Gets or sets the session that the response will give a number, or null.</summary>
    public SmbSession? NewSession { get; set; }

    /// <summary>Gets or sets the operating system that the client names, raw.</summary>
    public string? System { get; set; }

    /// <summary>Gets or sets the login without NTLM messages that waits for its outcome, or null.</summary>
    public Engine.CredentialSeen? Login { get; set; }
}
