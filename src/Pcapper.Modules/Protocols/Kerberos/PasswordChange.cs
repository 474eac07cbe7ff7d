using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>The frame of a change of password (RFC 3244, 2): length, version, length of the AP message, AP message, the encrypted rest.</summary>
internal static class PasswordChange
{
    private const ushort Change = 1;
    private const ushort Set = 0xFF80;

    /// <summary>Gets the AP message, or the error that stands in its place.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(bytes);
        int length = reader.U16();
        ushort version = reader.U16();
        int inner = reader.U16();
        message = inner == 0 ? reader.Rest : reader.Take(inner);
        return !reader.Overrun && version is Change or Set && length == bytes.Length && !message.IsEmpty;
    }
}
