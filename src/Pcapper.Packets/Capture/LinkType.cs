namespace Pcapper.Packets;

/// <summary>Link types by the numbers that captures store (tcpdump.org/linktypes.html); others are kept as their number.</summary>
public enum LinkType
{
    /// <summary>Not one of the numbers of pcap.</summary>
    Unknown = -1,

    /// <summary>BSD loopback, family in the capturing host's byte order.</summary>
    Null = 0,

    /// <summary>Ethernet.</summary>
    Ethernet = 1,

    /// <summary>IEEE 802.5 token ring.</summary>
    TokenRing = 6,

    /// <summary>PPP.</summary>
    Ppp = 9,

    /// <summary>FDDI.</summary>
    Fddi = 10,

    /// <summary>Raw IP, as some systems write it.</summary>
    RawBsd = 12,

    /// <summary>Raw IP, as OpenBSD writes it.</summary>
    RawOpenBsd = 14,

    /// <summary>PPP with HDLC framing.</summary>
    PppHdlc = 50,

    /// <summary>PPPoE session packets.</summary>
    PppEther = 51,

    /// <summary>Raw IP.</summary>
    Raw = 101,

    /// <summary>Cisco HDLC.</summary>
    CiscoHdlc = 104,

    /// <summary>IEEE 802.11.</summary>
    Ieee80211 = 105,

    /// <summary>OpenBSD loopback, family in network order.</summary>
    Loop = 108,

    /// <summary>Linux cooked capture.</summary>
    LinuxSll = 113,

    /// <summary>802.11 behind a Prism header.</summary>
    Prism = 119,

    /// <summary>802.11 behind a radiotap header.</summary>
    Radiotap = 127,

    /// <summary>802.11 behind an AVS header.</summary>
    Avs = 163,

    /// <summary>PPP with a direction byte.</summary>
    PppWithDirection = 204,

    /// <summary>802.11 and others behind a per-packet information header.</summary>
    Ppi = 192,

    /// <summary>Raw IPv4.</summary>
    IPv4 = 228,

    /// <summary>Raw IPv6.</summary>
    IPv6 = 229,

    /// <summary>Linux netfilter log.</summary>
    Nflog = 239,

    /// <summary>Linux cooked capture, version 2.</summary>
    LinuxSll2 = 276,
}
