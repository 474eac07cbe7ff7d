namespace Pcapper.Packets;

/// <summary>
/// A frame decoded into layers, down to the innermost: filled in place by <see cref="PacketDecoder"/> and reused.
/// Spans point into the frame, or into a reassembled datagram.
/// </summary>
public ref struct Packet
{
    /// <summary>The frame it came in.</summary>
    public Frame Frame;

    /// <summary>Rules of the headers that it breaks.</summary>
    public Anomalies Anomalies;

    /// <summary>Whether the capture holds less of it than its headers say (snap length).</summary>
    public bool IsTruncated;

    /// <summary>Whether the link layer has addresses.</summary>
    public bool HasMac;

    /// <summary>The outermost link layer's sender.</summary>
    public MacAddress SourceMac;

    /// <summary>The outermost link layer's receiver.</summary>
    public MacAddress DestinationMac;

    /// <summary>The VLAN tags of the outermost Ethernet frame.</summary>
    public VlanStack Vlans;

    /// <summary>The network protocol number (EtherType) of the outermost frame, 0 if it has none.</summary>
    public ushort EtherType;

    /// <summary>The innermost tunnel it came in.</summary>
    public Encapsulation Tunnel;

    /// <summary>How many UDP layers carry tunnels.</summary>
    public int OuterCount;

    /// <summary>The UDP layers that carry tunnels.</summary>
    public OuterUdpLayers Outer;

    /// <summary>Whether there is an IP header (the innermost one is meant below).</summary>
    public bool HasIp;

    /// <summary>The sender.</summary>
    public IpAddress Source;

    /// <summary>The receiver.</summary>
    public IpAddress Destination;

    /// <summary>What the IP packet carries (after IPv6 extension headers).</summary>
    public IpProtocol Protocol;

    /// <summary>Time to live or hop limit.</summary>
    public byte Ttl;

    /// <summary>Traffic class or type of service.</summary>
    public byte TrafficClass;

    /// <summary>IPv4 identification, or that of the IPv6 fragment header.</summary>
    public uint Identification;

    /// <summary>Whether "don't fragment" is set.</summary>
    public bool DontFragment;

    /// <summary>Bytes of the IP packet by its header, headers included (of a segmentation-offloaded one: as captured).</summary>
    public int IpLength;

    /// <summary>Whether this is a piece of a fragmented datagram; then the transport fields are not filled.</summary>
    public bool IsFragment;

    /// <summary>Offset in bytes of a piece.</summary>
    public int FragmentOffset;

    /// <summary>Whether more pieces follow.</summary>
    public bool MoreFragments;

    /// <summary>From the innermost network header (IP, ARP, or what follows the link header) on, as far as it was captured.</summary>
    public ReadOnlySpan<byte> Network;

    /// <summary>From the transport header on (TCP, UDP, ICMP, SCTP, or another IP protocol's), as far as it was captured.</summary>
    public ReadOnlySpan<byte> Transport;

    /// <summary>Whether TCP, UDP or SCTP ports are known.</summary>
    public bool HasPorts;

    /// <summary>The sender's port.</summary>
    public ushort SourcePort;

    /// <summary>The receiver's port.</summary>
    public ushort DestinationPort;

    /// <summary>TCP control bits.</summary>
    public TcpFlags Flags;

    /// <summary>TCP sequence number.</summary>
    public uint Sequence;

    /// <summary>TCP acknowledgment number.</summary>
    public uint Acknowledgment;

    /// <summary>TCP window, not scaled.</summary>
    public ushort Window;

    /// <summary>TCP urgent pointer.</summary>
    public ushort UrgentPointer;

    /// <summary>TCP options, raw.</summary>
    public ReadOnlySpan<byte> Options;

    /// <summary>ICMP or ICMPv6 type.</summary>
    public byte IcmpType;

    /// <summary>ICMP or ICMPv6 code.</summary>
    public byte IcmpCode;

    /// <summary>The transport's payload, as far as it was captured (ICMP: after the first eight bytes).</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>Bytes of the payload by the headers; more than <see cref="Payload"/> holds if the packet was cut.</summary>
    public int PayloadLength;

    /// <summary>How many tunnels it is in.</summary>
    internal int TunnelDepth;

    private ulong _outerLayers;
    private ulong _innerLayers;

    /// <summary>Gets the layers from the outside in, a <see cref="Layer"/> in each byte, the last in the lowest byte.</summary>
    public readonly UInt128 Path => new(_outerLayers, _innerLayers);

    /// <summary>Gets the innermost layer.</summary>
    public readonly Layer Last => (Layer)(byte)_innerLayers;

    /// <summary>Gets a value indicating whether the capture holds less of the frame than was on the wire.</summary>
    internal readonly bool IsCut => Frame.OriginalLength > Frame.Bytes.Length;

    /// <summary>Gets a value indicating whether the path may have no room for what the next step adds: two layers at most.</summary>
    internal readonly bool IsDeep => _outerLayers >> 48 != 0;

    /// <summary>Adds a layer to the path.</summary>
    public void Push(Layer layer)
    {
        _outerLayers = (_outerLayers << 8) | (_innerLayers >> 56);
        _innerLayers = (_innerLayers << 8) | (byte)layer;
    }

    /// <summary>Empties all but <see cref="Frame"/>, which is about to be set, and <see cref="Outer"/>, which counts only up to <see cref="OuterCount"/>.</summary>
    internal void Clear()
    {
        _outerLayers = 0;
        _innerLayers = 0;
        Anomalies = Anomalies.None;
        IsTruncated = false;
        HasMac = false;
        SourceMac = default;
        DestinationMac = default;
        Vlans = default;
        EtherType = 0;
        Tunnel = default;
        OuterCount = 0;
        TunnelDepth = 0;
        ClearNetwork();
    }

    /// <summary>Empties everything from the network header on, as when a tunnel begins.</summary>
    internal void ClearNetwork()
    {
        HasIp = false;
        Source = default;
        Destination = default;
        Protocol = default;
        Ttl = 0;
        TrafficClass = 0;
        Identification = 0;
        DontFragment = false;
        IpLength = 0;
        IsFragment = false;
        FragmentOffset = 0;
        MoreFragments = false;
        Network = default;
        Transport = default;
        HasPorts = false;
        SourcePort = 0;
        DestinationPort = 0;
        Flags = TcpFlags.None;
        Sequence = 0;
        Acknowledgment = 0;
        Window = 0;
        UrgentPointer = 0;
        Options = default;
        IcmpType = 0;
        IcmpCode = 0;
        Payload = default;
        PayloadLength = 0;
    }
}
