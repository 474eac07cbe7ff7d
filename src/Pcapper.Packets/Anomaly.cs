namespace Pcapper.Packets;

/// <summary>Rules of the headers that a packet breaks. Being cut by the snap length is not one: see <see cref="Packet.IsTruncated"/>.</summary>
[Flags]
public enum Anomalies
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A header is shorter than its format's minimum or runs past its parent.</summary>
    ShortHeader = 1 << 0,

    /// <summary>A length field disagrees with its parent's.</summary>
    BadLength = 1 << 1,

    /// <summary>A version field has an impossible value.</summary>
    BadVersion = 1 << 2,

    /// <summary>More tunnels inside each other than <see cref="Limits.Tunnels"/>, or more layers than <see cref="Packet.Path"/> holds.</summary>
    TooManyTunnels = 1 << 3,

    /// <summary>More tags than <see cref="Limits.VlanTags"/>.</summary>
    TooManyVlanTags = 1 << 4,

    /// <summary>More extension headers than <see cref="Limits.ExtensionHeaders"/>.</summary>
    TooManyExtensionHeaders = 1 << 5,

    /// <summary>A TCP or IP option list is malformed.</summary>
    BadOptions = 1 << 6,

    /// <summary>TCP flags that no stack sends (SYN with FIN or RST, none at all, FIN without ACK).</summary>
    BadFlags = 1 << 7,

    /// <summary>Source and destination of a TCP or UDP packet are the same, address and port, and it is not loopback (LAND).</summary>
    SameAddress = 1 << 8,

    /// <summary>Fragments of one datagram overlap.</summary>
    FragmentOverlap = 1 << 9,

    /// <summary>A fragment reaches beyond the largest datagram.</summary>
    FragmentTooLong = 1 << 10,

    /// <summary>More pieces than <see cref="Limits.FragmentPieces"/>.</summary>
    TooManyFragments = 1 << 11,

    /// <summary>A first fragment too small to hold the transport header.</summary>
    TinyFragment = 1 << 12,
}
