using System.Runtime.CompilerServices;

namespace Pcapper.Packets;

/// <summary>A UDP layer that carries a tunnel (VXLAN, Geneve, GTP-U, Teredo): a flow of its own, for the counts.</summary>
public struct OuterUdp
{
    /// <summary>The tunnel that this layer itself came in.</summary>
    public Encapsulation Tunnel;

    /// <summary>The sender.</summary>
    public IpAddress Source;

    /// <summary>The receiver.</summary>
    public IpAddress Destination;

    /// <summary>The sender's port.</summary>
    public ushort SourcePort;

    /// <summary>The receiver's port.</summary>
    public ushort DestinationPort;

    /// <summary>Bytes of the IP packet, headers included.</summary>
    public int IpLength;

    /// <summary>Bytes of the UDP payload.</summary>
    public int PayloadLength;

    /// <summary>What it carries.</summary>
    public TunnelKind Carries;
}

/// <summary>The UDP layers that carry tunnels, outermost first.</summary>
[InlineArray(Limits.Tunnels)]
public struct OuterUdpLayers
{
    private OuterUdp _first;
}
