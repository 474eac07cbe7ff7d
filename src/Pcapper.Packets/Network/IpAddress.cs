using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;

namespace Pcapper.Packets;

/// <summary>An IPv4 or IPv6 address in sixteen bytes; IPv4 is held IPv4-mapped (::ffff:0:0/96, RFC 4291, 2.5.5.2).</summary>
/// <param name="High">The first eight bytes, big-endian.</param>
/// <param name="Low">The last eight bytes, big-endian.</param>
public readonly record struct IpAddress(ulong High, ulong Low) : IComparable<IpAddress>
{
    private const ulong Mapped = 0x0000_FFFF_0000_0000;

    // Dictionaries of addresses are seeded per process, so that nobody can mint addresses that collide; results never depend on it.
    private static readonly ulong s_seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Gets a value indicating whether this is an IPv4 address.</summary>
    public bool IsIPv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == Mapped;

    /// <summary>Gets the four bytes of an IPv4 address as a number.</summary>
    public uint IPv4 => (uint)Low;

    /// <summary>Gets what the address is for.</summary>
    public AddressClass Class => IsIPv4 ? ClassOfIPv4(IPv4) : ClassOfIPv6();

    /// <summary>Gets a value indicating whether the address belongs to the inside of a network: private, loopback or link-local.</summary>
    public bool IsInternal => Class is AddressClass.Private or AddressClass.Loopback or AddressClass.LinkLocal;

    /// <summary>Gets a value indicating whether one host, not a group or nobody, has the address.</summary>
    public bool IsHost => Class is not (AddressClass.Multicast or AddressClass.Broadcast or AddressClass.Unspecified);

    /// <summary>Makes an address from the four bytes of an IPv4 address as a number.</summary>
    public static IpAddress FromIPv4(uint address) => new(0, Mapped | address);

    /// <summary>Makes an address from four or sixteen bytes in network order; other lengths give the unspecified address.</summary>
    public static IpAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..])),
        _ => default,
    };

    /// <summary>Reads an address in its usual text form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        if (!IPAddress.TryParse(text, out IPAddress? parsed))
        {
            return false;
        }

        address = FromBytes(parsed.GetAddressBytes());
        return true;
    }

    /// <summary>Reads an address in its usual text form; throws <see cref="FormatException"/> on anything else.</summary>
    public static IpAddress Parse(string text) => TryParse(text, out IpAddress address) ? address : throw new FormatException($"'{text}' is no IP address");

    /// <summary>Copies the four or sixteen bytes in network order; returns how many.</summary>
    public int CopyTo(Span<byte> destination)
    {
        if (IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, IPv4);
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
        return 16;
    }

    /// <inheritdoc/>
    public int CompareTo(IpAddress other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)StableHash.Mix(Low ^ s_seed ^ StableHash.Mix(High));

    /// <summary>Writes dotted decimals, or RFC 5952 for IPv6.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        int length = CopyTo(bytes);
        return new IPAddress(bytes[..length]).ToString();
    }

    private static AddressClass ClassOfIPv4(uint address) => (address >> 24) switch
    {
        0 => address == 0 ? AddressClass.Unspecified : AddressClass.Reserved,
        10 => AddressClass.Private,
        127 => AddressClass.Loopback,
        100 when address >> 22 == 0x6440_0000 >> 22 => AddressClass.Private,
        169 when address >> 16 == 0xA9FE => AddressClass.LinkLocal,
        172 when address >> 20 == 0xAC1 => AddressClass.Private,
        192 when address >> 16 == 0xC0A8 => AddressClass.Private,
        192 when address >> 8 == 0xC0_0002 => AddressClass.Documentation,
        192 when address >> 8 == 0xC0_0000 => AddressClass.Reserved,
        198 when address >> 17 == 0xC612 >> 1 => AddressClass.Reserved,
        198 when address >> 8 == 0xC6_3364 => AddressClass.Documentation,
        203 when address >> 8 == 0xCB_0071 => AddressClass.Documentation,
        255 when address == uint.MaxValue => AddressClass.Broadcast,
        >= 224 and <= 239 => AddressClass.Multicast,
        >= 240 => AddressClass.Reserved,
        _ => AddressClass.Public,
    };

    private AddressClass ClassOfIPv6()
    {
        if (High == 0)
        {
            return Low switch { 0 => AddressClass.Unspecified, 1 => AddressClass.Loopback, _ => AddressClass.Reserved };
        }

        return (byte)(High >> 56) switch
        {
            0xFF => AddressClass.Multicast,
            0xFE when (High >> 54) == 0x3FA => AddressClass.LinkLocal,
            0xFC or 0xFD => AddressClass.Private,
            0x20 when High >> 32 == 0x2001_0DB8 => AddressClass.Documentation,
            >= 0x20 and <= 0x3F => AddressClass.Public,
            _ => AddressClass.Reserved,
        };
    }
}
