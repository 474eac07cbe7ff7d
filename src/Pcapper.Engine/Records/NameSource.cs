namespace Pcapper.Engine;

/// <summary>What told a host's name.</summary>
public enum NameSource : byte
{
    /// <summary>A DNS answer.</summary>
    Dns,

    /// <summary>A multicast DNS answer.</summary>
    Mdns,

    /// <summary>An LLMNR answer.</summary>
    Llmnr,

    /// <summary>A NetBIOS name.</summary>
    Netbios,

    /// <summary>A DHCP option.</summary>
    Dhcp,

    /// <summary>A TLS server name.</summary>
    TlsServerName,

    /// <summary>An HTTP Host field.</summary>
    HttpHost,

    /// <summary>A certificate's subject.</summary>
    Certificate,

    /// <summary>A name resolution block of the capture file.</summary>
    CaptureFile,

    /// <summary>A directory server's answer about itself.</summary>
    Ldap,

    /// <summary>An NTLM challenge, in which a server names itself.</summary>
    Ntlm,
}
