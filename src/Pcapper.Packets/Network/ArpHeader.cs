namespace Pcapper.Packets;

/// <summary>An ARP packet for IPv4 over addresses of six bytes (RFC 826).</summary>
public readonly ref struct ArpHeader
{
    /// <summary>The operation of a request.</summary>
    public const ushort Request = 1;

    /// <summary>The operation of a reply.</summary>
    public const ushort Reply = 2;

    private const ushort IPv4 = 0x0800;

    /// <summary>Gets what it does: 1 request, 2 reply, 3 and 4 the same of RARP.</summary>
    public ushort Operation { get; private init; }

    /// <summary>Gets the link address the sender claims.</summary>
    public MacAddress SenderMac { get; private init; }

    /// <summary>Gets the IPv4 address the sender claims.</summary>
    public IpAddress SenderAddress { get; private init; }

    /// <summary>Gets the link address of the target; zeros in a request.</summary>
    public MacAddress TargetMac { get; private init; }

    /// <summary>Gets the IPv4 address of the target.</summary>
    public IpAddress TargetAddress { get; private init; }

    /// <summary>Gets a value indicating whether the sender speaks of its own address to all (RFC 5227, 3).</summary>
    public bool IsGratuitous => SenderAddress == TargetAddress;

    /// <summary>Gets a value indicating whether the sender asks for an address before it takes it (RFC 5227, 1.1).</summary>
    public bool IsProbe => Operation == Request && SenderAddress.IPv4 == 0;

    /// <summary>Reads it out of <see cref="Packet.Network"/>; false if it is cut, or for other networks than IPv4 over six-byte addresses.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ArpHeader header)
    {
        var reader = new WireReader(bytes);
        reader.U16();
        ushort protocol = reader.U16();
        byte hardwareLength = reader.U8();
        byte protocolLength = reader.U8();
        header = new ArpHeader
        {
            Operation = reader.U16(),
            SenderMac = new MacAddress(reader.U48()),
            SenderAddress = IpAddress.FromIPv4(reader.U32()),
            TargetMac = new MacAddress(reader.U48()),
            TargetAddress = IpAddress.FromIPv4(reader.U32()),
        };
        return !reader.Overrun && protocol == IPv4 && hardwareLength == 6 && protocolLength == 4;
    }
}
