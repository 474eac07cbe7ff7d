namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Values that clients send at random so that servers stay tolerant (RFC 8701).</summary>
public static class Grease
{
    /// <summary>Tells whether a value is one of the sixteen: 0x0A0A, 0x1A1A, … 0xFAFA, and nothing between.</summary>
    public static bool Is(ushort value) => (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);
}
