using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>The common header of connection-oriented packets (C706, 12.6.3.1).</summary>
internal readonly record struct DceRpcHeader
{
    /// <summary>How many bytes it takes.</summary>
    public const int Size = 16;

    private const byte Version = 5;
    private const byte FirstFragmentFlag = 0x01;
    private const byte LastFragmentFlag = 0x02;
    private const byte ObjectFlag = 0x80;
    private const byte MostCharacterFormat = 1;
    private const byte MostFloatFormat = 3;

    /// <summary>Gets the kind.</summary>
    public DceRpcPacketType Type { get; private init; }

    /// <summary>Gets the flags.</summary>
    public byte Flags { get; private init; }

    /// <summary>Gets a value indicating whether numbers are little-endian.</summary>
    public bool IsLittle { get; private init; }

    /// <summary>Gets how many bytes the packet has, header included.</summary>
    public ushort Length { get; private init; }

    /// <summary>Gets how many bytes its authentication token has.</summary>
    public ushort AuthLength { get; private init; }

    /// <summary>Gets the number that pairs a response with its request.</summary>
    public uint Call { get; private init; }

    /// <summary>Gets a value indicating whether this is the first or only part of a message.</summary>
    public bool IsFirst => (Flags & FirstFragmentFlag) != 0;

    /// <summary>Gets a value indicating whether this is the last or only part of a message.</summary>
    public bool IsLast => (Flags & LastFragmentFlag) != 0;

    /// <summary>Gets a value indicating whether clients send such packets; servers send the others.</summary>
    public bool IsFromClient => Type is DceRpcPacketType.Request or DceRpcPacketType.Bind or DceRpcPacketType.AlterContext or DceRpcPacketType.Auth3
        or DceRpcPacketType.Cancel or DceRpcPacketType.Orphaned;

    /// <summary>Gets a value indicating whether a request names an object.</summary>
    public bool HasObject => (Flags & ObjectFlag) != 0;

    /// <summary>Reads a header; false if the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DceRpcHeader header)
    {
        header = default;
        if (bytes.Length < Size || !MayBegin(bytes))
        {
            return false;
        }

        var reader = new WireReader(bytes);
        reader.Skip(2);
        var type = (DceRpcPacketType)reader.U8();
        byte flags = reader.U8();
        bool isLittle = (reader.U8() & 0xF0) != 0;
        reader.Skip(3);
        header = new DceRpcHeader
        {
            Type = type,
            Flags = flags,
            IsLittle = isLittle,
            Length = isLittle ? reader.U16Little() : reader.U16(),
            AuthLength = isLittle ? reader.U16Little() : reader.U16(),
            Call = isLittle ? reader.U32Little() : reader.U32(),
        };
        return header.Length >= Size && header.AuthLength <= header.Length - Size;
    }

    /// <summary>Finds the first header among bytes; less than zero if there is none.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        for (int at = bytes.IndexOf(Version); at >= 0; at = Next(bytes, at))
        {
            if (TryRead(bytes[at..], out _))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Tells whether bytes can begin a packet, as far as there are any.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes[..Math.Min(bytes.Length, 8)]);
        byte version = reader.U8();
        byte minor = reader.U8();
        byte type = reader.U8();
        reader.Skip(1);
        byte format = reader.U8();
        byte floats = reader.U8();
        ushort zero = reader.U16();

        // What was not there reads as zero, which is allowed everywhere but in the version.
        return (version == Version || bytes.IsEmpty) && minor <= 1 && type is 0 or 2 or 3 or (>= 11 and <= 19)
            && (format & 0xF0) is 0 or 0x10 && (format & 0x0F) <= MostCharacterFormat && floats <= MostFloatFormat && zero == 0;
    }

    private static int Next(ReadOnlySpan<byte> bytes, int at)
    {
        int next = bytes[(at + 1)..].IndexOf(Version);
        return next < 0 ? next : at + 1 + next;
    }
}
