using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Rdp;

/// <summary>The X.224 connection request or confirm that an RDP session begins with.</summary>
/// <param name="Length">How many bytes it takes.</param>
/// <param name="IsTelling">Whether it has what only RDP has: a cookie or a negotiation.</param>
/// <param name="Selected">The security protocol that the server selected; 0 is RDP's own.</param>
internal readonly record struct RdpNegotiation(int Length, bool IsTelling, uint Selected)
{
    /// <summary>The code of a connection request.</summary>
    public const byte Request = 0xE0;

    /// <summary>The code of a connection confirm.</summary>
    public const byte Confirm = 0xD0;

    private const int Fixed = 11;
    private const int MaxLength = 512;
    private const int NegotiationLength = 8;

    /// <summary>Reads it; Malformed means that it is something else.</summary>
    public static ParseStatus Read(ReadOnlySpan<byte> bytes, byte expected, out RdpNegotiation negotiation)
    {
        negotiation = default;
        var reader = new WireReader(bytes);
        byte version = reader.U8();
        byte reserved = reader.U8();
        ushort length = reader.U16();
        byte indicator = reader.U8();
        int code = reader.U8() & 0xF0;
        if (reader.Overrun)
        {
            return bytes is [] or [3] or [3, 0, ..] ? ParseStatus.NeedMore : ParseStatus.Malformed;
        }

        if (version != 3 || reserved != 0 || length is < Fixed or > MaxLength || indicator != length - 5 || code != expected)
        {
            return ParseStatus.Malformed;
        }

        if (bytes.Length < length)
        {
            return ParseStatus.NeedMore;
        }

        ReadOnlySpan<byte> rest = bytes[Fixed..length];
        bool hasCookie = rest.StartsWith("Cookie: mstshash="u8) || rest.StartsWith("Cookie: msts="u8);
        var last = new WireReader(rest.Length >= NegotiationLength ? rest[^NegotiationLength..] : default);
        byte type = last.U8();
        last.U8();
        ushort size = last.U16Little();
        uint protocols = last.U32Little();
        bool hasNegotiation = !last.Overrun && size == NegotiationLength && (expected == Request ? type == 1 : type is 2 or 3);
        bool isBare = rest.IsEmpty || rest.SequenceEqual("\r\n"u8);
        if (!isBare && !hasCookie && !hasNegotiation)
        {
            // Parameters of another user of X.224, such as S7 (C0, C1, C2).
            return ParseStatus.Malformed;
        }

        negotiation = new RdpNegotiation(length, hasCookie || hasNegotiation, hasNegotiation && type == 2 ? protocols : 0);
        return ParseStatus.Done;
    }
}
