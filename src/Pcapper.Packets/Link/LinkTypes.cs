namespace Pcapper.Packets;

/// <summary>Which header a frame of each link type begins with.</summary>
internal static class LinkTypes
{
    /// <summary>Gets the first step of a link type.</summary>
    public static Step Next(LinkType linkType) => linkType switch
    {
        LinkType.Ethernet => Step.Ethernet,
        LinkType.LinuxSll => Step.LinuxSll,
        LinkType.LinuxSll2 => Step.LinuxSll2,
        LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd or LinkType.IPv4 or LinkType.IPv6 => Step.RawIp,
        LinkType.Null or LinkType.Loop => Step.Null,
        LinkType.Ppp or LinkType.PppHdlc => Step.Ppp,
        LinkType.PppWithDirection => Step.PppWithDirection,
        LinkType.PppEther => Step.PppoE,
        LinkType.CiscoHdlc => Step.CiscoHdlc,
        LinkType.Ieee80211 => Step.Ieee80211,
        LinkType.Radiotap => Step.Radiotap,
        LinkType.Prism => Step.Prism,
        LinkType.Avs => Step.Avs,
        LinkType.Ppi => Step.Ppi,
        LinkType.Nflog => Step.Nflog,
        _ => Step.UnknownLink,
    };

    /// <summary>Chooses by the version in the first half byte, where nothing else tells.</summary>
    public static Step ByVersion(ref Cursor at, ref Packet packet)
    {
        if (!at.Has(1, ref packet))
        {
            return Step.Other;
        }

        switch (new WireReader(at.Bytes).U8() >> 4)
        {
            case 4:
                return Step.IPv4;
            case 6:
                return Step.IPv6;
            default:
                packet.Anomalies |= Anomalies.BadVersion;
                return Step.Other;
        }
    }
}
