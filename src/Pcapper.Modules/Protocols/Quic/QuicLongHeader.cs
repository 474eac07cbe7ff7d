using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Quic;

/// <summary>A packet with a long header (RFC 9000, 17.2; RFC 9369, 3.2), in its datagram.</summary>
internal readonly ref struct QuicLongHeader
{
    /// <summary>The longest connection identifier of the versions known here.</summary>
    public const int MaxConnectionId = 20;

    /// <summary>Gets the kind.</summary>
    public QuicPacketType Type { get; private init; }

    /// <summary>Gets the version.</summary>
    public uint Version { get; private init; }

    /// <summary>Gets the receiver's connection identifier.</summary>
    public ReadOnlySpan<byte> Destination { get; private init; }

    /// <summary>Gets the sender's connection identifier.</summary>
    public ReadOnlySpan<byte> Source { get; private init; }

    /// <summary>Gets where the protected packet number is, counted from the packet's start.</summary>
    public int NumberOffset { get; private init; }

    /// <summary>Gets how many bytes the packet has in all; more than the datagram if it is cut.</summary>
    public int Length { get; private init; }

    /// <summary>Reads the header at the start of the bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out QuicLongHeader header)
    {
        header = default;
        var reader = new WireReader(bytes);
        byte first = reader.U8();
        uint version = reader.U32();
        ReadOnlySpan<byte> destination = reader.Take(reader.U8());
        ReadOnlySpan<byte> source = reader.Take(reader.U8());
        if (reader.Overrun || (first & 0x80) == 0 || destination.Length > MaxConnectionId || source.Length > MaxConnectionId)
        {
            return false;
        }

        QuicPacketType type = TypeOf(version, first);
        if (type is QuicPacketType.Retry or QuicPacketType.VersionNegotiation)
        {
            header = new QuicLongHeader { Type = type, Version = version, Destination = destination, Source = source, Length = bytes.Length };
            return true;
        }

        if (type == QuicPacketType.Initial)
        {
            ulong token = Varint(ref reader);
            reader.Skip((int)Math.Min(token, int.MaxValue));
        }

        ulong length = Varint(ref reader);
        header = new QuicLongHeader
        {
            Type = type,
            Version = version,
            Destination = destination,
            Source = source,
            NumberOffset = reader.Position,
            Length = reader.Position + (int)Math.Min(length, Limits.Datagram),
        };
        return !reader.Overrun && length <= Limits.Datagram && (first & 0x40) != 0;
    }

    /// <summary>Reads a number of one to eight bytes (RFC 9000, 16).</summary>
    public static ulong Varint(ref WireReader reader)
    {
        byte first = reader.U8();
        ulong value = first & 0x3Fu;
        for (int more = (1 << (first >> 6)) - 1; more > 0; more--)
        {
            value = (value << 8) | reader.U8();
        }

        return value;
    }

    private static QuicPacketType TypeOf(uint version, byte first)
    {
        if (version == QuicVersions.Negotiation)
        {
            return QuicPacketType.VersionNegotiation;
        }

        // RFC 9369, 3.2: version 2 counts from Retry.
        int bits = (first >> 4) & 3;
        return (QuicPacketType)(version == QuicVersions.V2 ? (bits + 3) & 3 : bits);
    }
}
