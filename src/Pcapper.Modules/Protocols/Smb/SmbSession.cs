using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Modules.Protocols.Ntlm;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A session of one account on a connection.</summary>
/// <param name="security">What follows its authentication.</param>
internal sealed class SmbSession(GssapiTracker security)
{
    /// <summary>Gets what follows its authentication.</summary>
    public GssapiTracker Security { get; } = security;

    /// <summary>Gets or sets the account, raw, or null if it is not known.</summary>
    public string? Account { get; set; }

    /// <summary>Gets or sets a value indicating whether the login goes without any such mechanism (SMB 1).</summary>
    public bool IsPlain { get; set; }

    /// <summary>Gets how the client proves who it is.</summary>
    public string Mechanism => Security.Mechanism switch
    {
        GssapiMechanism.Ntlm => "ntlm",
        GssapiMechanism.Kerberos => "kerberos",
        GssapiMechanism.NegoEx => "negoex",
        _ => IsPlain ? "plain" : "unknown",
    };

    /// <summary>Takes over the account of the response that waits for its outcome.</summary>
    public bool TakeAccount()
    {
        NtlmAuthentication? login = Security.Ntlm.Unsettled;
        Account = login?.Account ?? Account;
        return login is { Kind: NtlmResponseKind.Anonymous };
    }
}
