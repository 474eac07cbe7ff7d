using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mysql;

/// <summary>What a MySQL server begins with: its version, or that it does not let the client in.</summary>
internal static class MysqlGreeting
{
    private const byte Version10 = 10;
    private const byte ErrorPacket = 0xFF;
    private const int MaxGreeting = 512;
    private const int MaxVersion = 128;

    /// <summary>Judges whether a stream begins with a greeting.</summary>
    public static Confidence Probe(ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        int length = MysqlPacket.Length(ref reader);
        byte sequence = reader.U8();
        byte type = reader.U8();
        if (reader.Overrun)
        {
            return first.Length > 2 && (length is 0 or > MaxGreeting) ? Confidence.No : Confidence.Undecided;
        }

        if (length is < 5 or > MaxGreeting || sequence != 0)
        {
            return Confidence.No;
        }

        if (type == ErrorPacket)
        {
            ushort code = reader.U16Little();
            return reader.Overrun ? Confidence.Undecided : code is >= 1000 and < 5000 ? Confidence.Plausible : Confidence.No;
        }

        if (type != Version10)
        {
            return Confidence.No;
        }

        int end = reader.Rest.IndexOf((byte)0);
        ReadOnlySpan<byte> version = end < 0 ? reader.Rest : reader.Rest[..end];
        return version.Length > MaxVersion || version.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Confidence.No
            : end < 0 ? Confidence.Undecided
            : version is [>= (byte)'0' and <= (byte)'9', ..] && version.Contains((byte)'.') ? Confidence.Certain : Confidence.No;
    }

    /// <summary>Reads the version out of a packet's body; empty if it is no greeting.</summary>
    public static ReadOnlySpan<byte> Version(ReadOnlySpan<byte> body)
        => body is [Version10, ..] && body.IndexOf((byte)0) is > 1 and var end ? body[1..end] : default;

    /// <summary>Reads the twenty bytes that the client's response is made with out of a packet's body; empty if it has none (Protocol::HandshakeV10).</summary>
    public static byte[] Salt(ReadOnlySpan<byte> body)
    {
        const int FirstPart = 8;
        const int SecondPart = 12;
        int end = body.IndexOf((byte)0);
        if (end < 0)
        {
            return [];
        }

        var reader = new WireReader(body[(end + 1)..]);
        reader.Skip(4);
        ReadOnlySpan<byte> first = reader.Take(FirstPart);
        reader.Skip(1 + 2 + 1 + 2 + 2 + 1 + 10);
        ReadOnlySpan<byte> second = reader.Take(SecondPart);
        return reader.Overrun ? [] : [.. first, .. second];
    }
}
