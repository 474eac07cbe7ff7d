using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>What came back: an AS, TGS or AP reply, or an error. Names are raw.</summary>
public sealed record KerberosReply
{
    /// <summary>Gets the frame that completes it.</summary>
    public required FrameRef Frame { get; init; }

    /// <summary>Gets when that frame was captured.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Gets which reply it is.</summary>
    public required KerberosMessageType Type { get; init; }

    /// <summary>Gets the client's realm.</summary>
    public string? ClientRealm { get; init; }

    /// <summary>Gets the client's name.</summary>
    public string? Client { get; init; }

    /// <summary>Gets the service of an error, or of the ticket.</summary>
    public string? Service { get; init; }

    /// <summary>Gets the ticket, or null.</summary>
    public KerberosTicket? Ticket { get; init; }

    /// <summary>Gets the part that the client decrypts, or null.</summary>
    public KerberosCipher? EncryptedPart { get; init; }

    /// <summary>Gets the types of its pre-authentication data; of an error those that it asks for.</summary>
    public IReadOnlyList<int> PreAuthentication { get; init; } = [];

    /// <summary>Gets the encryption types that the account has keys of, with salts (ETYPE-INFO2, else ETYPE-INFO).</summary>
    public IReadOnlyList<KerberosSalt> Salts { get; init; } = [];

    /// <summary>Gets the error's code, or null.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Gets the error's text, or null.</summary>
    public string? ErrorText { get; init; }

    /// <summary>Gets the Windows status that an error carries (MS-KILE, 2.2.1), or null.</summary>
    public uint? Status { get; init; }

    /// <summary>Gets the server's clock in an error, in seconds since 1970.</summary>
    public long? ServerTime { get; init; }

    /// <summary>Gets the client's clock that an error quotes, in seconds since 1970.</summary>
    public long? ClientTime { get; init; }
}
