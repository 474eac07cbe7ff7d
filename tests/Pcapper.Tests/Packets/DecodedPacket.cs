using Pcapper.Packets;

namespace Pcapper.Tests.Packets;

/// <summary>A decoded packet that can be kept and compared.</summary>
internal sealed record DecodedPacket
{
    public required string Path { get; init; }

    public required Anomalies Anomalies { get; init; }

    public required bool IsTruncated { get; init; }

    public required bool HasMac { get; init; }

    public required MacAddress SourceMac { get; init; }

    public required MacAddress DestinationMac { get; init; }

    public required VlanStack Vlans { get; init; }

    public required ushort EtherType { get; init; }

    public required Encapsulation Tunnel { get; init; }

    public required string Outer { get; init; }

    public required bool HasIp { get; init; }

    public required IpAddress Source { get; init; }

    public required IpAddress Destination { get; init; }

    public required IpProtocol Protocol { get; init; }

    public required byte Ttl { get; init; }

    public required byte TrafficClass { get; init; }

    public required uint Identification { get; init; }

    public required bool DontFragment { get; init; }

    public required int IpLength { get; init; }

    public required bool IsFragment { get; init; }

    public required int FragmentOffset { get; init; }

    public required bool MoreFragments { get; init; }

    public required bool HasPorts { get; init; }

    public required ushort SourcePort { get; init; }

    public required ushort DestinationPort { get; init; }

    public required TcpFlags Flags { get; init; }

    public required uint Sequence { get; init; }

    public required uint Acknowledgment { get; init; }

    public required ushort Window { get; init; }

    public required ushort UrgentPointer { get; init; }

    public required byte IcmpType { get; init; }

    public required byte IcmpCode { get; init; }

    public required int PayloadLength { get; init; }

    public required string Network { get; init; }

    public required string Transport { get; init; }

    public required string Options { get; init; }

    public required string Payload { get; init; }

    public string Ends => HasPorts ? $"{Source}:{SourcePort} > {Destination}:{DestinationPort}" : $"{Source} > {Destination}";

    /// <summary>Decodes a frame, which was as long on the wire as it is here unless said otherwise.</summary>
    public static DecodedPacket Of(LinkType linkType, ReadOnlySpan<byte> bytes, int? originalLength = null)
    {
        var frame = new Frame { LinkType = linkType, Bytes = bytes, OriginalLength = originalLength ?? bytes.Length, Ref = new FrameRef(0, 1) };
        var packet = default(Packet);
        PacketDecoder.Decode(frame, ref packet);
        return Of(packet);
    }

    /// <summary>Decodes an Ethernet frame.</summary>
    public static DecodedPacket Ethernet(ReadOnlySpan<byte> bytes, int? originalLength = null) => Of(LinkType.Ethernet, bytes, originalLength);

    /// <summary>Copies a packet.</summary>
    public static DecodedPacket Of(scoped in Packet packet) => new()
    {
        Path = Layers(packet.Path),
        Anomalies = packet.Anomalies,
        IsTruncated = packet.IsTruncated,
        HasMac = packet.HasMac,
        SourceMac = packet.SourceMac,
        DestinationMac = packet.DestinationMac,
        Vlans = packet.Vlans,
        EtherType = packet.EtherType,
        Tunnel = packet.Tunnel,
        Outer = Outers(packet),
        HasIp = packet.HasIp,
        Source = packet.Source,
        Destination = packet.Destination,
        Protocol = packet.Protocol,
        Ttl = packet.Ttl,
        TrafficClass = packet.TrafficClass,
        Identification = packet.Identification,
        DontFragment = packet.DontFragment,
        IpLength = packet.IpLength,
        IsFragment = packet.IsFragment,
        FragmentOffset = packet.FragmentOffset,
        MoreFragments = packet.MoreFragments,
        HasPorts = packet.HasPorts,
        SourcePort = packet.SourcePort,
        DestinationPort = packet.DestinationPort,
        Flags = packet.Flags,
        Sequence = packet.Sequence,
        Acknowledgment = packet.Acknowledgment,
        Window = packet.Window,
        UrgentPointer = packet.UrgentPointer,
        IcmpType = packet.IcmpType,
        IcmpCode = packet.IcmpCode,
        PayloadLength = packet.PayloadLength,
        Network = Convert.ToHexString(packet.Network),
        Transport = Convert.ToHexString(packet.Transport),
        Options = Convert.ToHexString(packet.Options),
        Payload = Convert.ToHexString(packet.Payload),
    };

    private static string Layers(UInt128 path)
    {
        var layers = new List<string>();
        for (; path != 0; path >>= 8)
        {
            layers.Insert(0, ((Layer)(byte)path).ToString());
        }

        return string.Join('/', layers);
    }

    private static string Outers(scoped in Packet packet)
    {
        var outers = new List<string>();
        for (int i = 0; i < packet.OuterCount; i++)
        {
            OuterUdp outer = packet.Outer[i];
            outers.Add($"{outer.Carries} {outer.Source}:{outer.SourcePort} > {outer.Destination}:{outer.DestinationPort} ip {outer.IpLength} payload {outer.PayloadLength} in {outer.Tunnel.Kind}");
        }

        return string.Join("; ", outers);
    }
}
