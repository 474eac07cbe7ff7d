namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>The protocols by which a host on the local link can answer for a name.</summary>
public enum NameAnswerKind
{
    /// <summary>The NetBIOS name service.</summary>
    Nbns,

    /// <summary>Link-local multicast name resolution.</summary>
    Llmnr,

    /// <summary>Multicast DNS.</summary>
    Mdns,
}
