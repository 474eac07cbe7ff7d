using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>What a client asked for: an AS, TGS or AP request. Names are raw.</summary>
public sealed record KerberosRequest
{
    /// <summary>Gets the frame that completes it.</summary>
    public required FrameRef Frame { get; init; }

    /// <summary>Gets when that frame was captured.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Gets which request it is.</summary>
    public required KerberosMessageType Type { get; init; }

    /// <summary>Gets the realm asked.</summary>
    public string? Realm { get; init; }

    /// <summary>Gets the client's name, in AS requests.</summary>
    public string? Client { get; init; }

    /// <summary>Gets the service asked for; of an AP request that of its ticket.</summary>
    public string? Service { get; init; }

    /// <summary>Gets the options (RFC 4120, 5.4.1), the first bit being the highest; of an AP request its own.</summary>
    public uint Options { get; init; }

    /// <summary>Gets the wished start of the ticket, in seconds since 1970.</summary>
    public long? From { get; init; }

    /// <summary>Gets the wished end of the ticket, in seconds since 1970.</summary>
    public long? Till { get; init; }

    /// <summary>Gets the wished end of renewals, in seconds since 1970.</summary>
    public long? RenewTill { get; init; }

    /// <summary>Gets the number that the reply repeats, encrypted.</summary>
    public long? Nonce { get; init; }

    /// <summary>Gets the encryption types offered, best first.</summary>
    public IReadOnlyList<int> Encryptions { get; init; } = [];

    /// <summary>Gets the types of the pre-authentication data.</summary>
    public IReadOnlyList<int> PreAuthentication { get; init; } = [];

    /// <summary>Gets the encrypted timestamp (PA-ENC-TIMESTAMP), or null.</summary>
    public KerberosCipher? EncryptedTimestamp { get; init; }

    /// <summary>Gets the ticket that the client shows: in TGS and AP requests.</summary>
    public KerberosTicket? Ticket { get; init; }

    /// <summary>Gets the tickets added (RFC 4120, 5.4.1; MS-SFU, 3.1.5.2.1), a few.</summary>
    public IReadOnlyList<KerberosTicket> AdditionalTickets { get; init; } = [];

    /// <summary>Gets the user that a service asks a ticket in the name of (PA-FOR-USER, PA-S4U-X509-USER), or null.</summary>
    public string? ForUser { get; init; }

    /// <summary>Gets that user's realm.</summary>
    public string? ForUserRealm { get; init; }

    /// <summary>Gets a value indicating whether the ticket shall hold a PAC, if said (PA-PAC-REQUEST).</summary>
    public bool? WantsPac { get; init; }

    /// <summary>Gets the PAC options (MS-KILE, 2.2.10), or null.</summary>
    public uint? PacOptions { get; init; }

    /// <summary>Gets a value indicating whether this is a change of password (RFC 3244).</summary>
    public bool IsPasswordChange { get; init; }

    /// <summary>Gets a value indicating whether any of its encryption types is AES.</summary>
    public bool OffersAes => Encryptions.Any(KerberosNames.IsAes);

    /// <summary>Gets a value indicating whether the client proved who it is (RFC 4120, 5.2.7; RFC 4556; RFC 6113).</summary>
    public bool IsPreAuthenticated => PreAuthentication.Any(KerberosNames.ProvesIdentity);

    /// <summary>Gets a value indicating whether it is constrained delegation (S4U2proxy).</summary>
    public bool IsProxied => Type == KerberosMessageType.TgsRequest && (Options & KerberosNames.ConstrainedDelegation) != 0;
}
