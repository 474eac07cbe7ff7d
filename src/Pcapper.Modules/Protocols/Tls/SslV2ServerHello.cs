using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Reads SSL 2.0 SERVER-HELLO messages.</summary>
internal static class SslV2ServerHello
{
    /// <summary>Reads one, the message type included.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> certificate, out int firstCipher)
    {
        var reader = new WireReader(message);
        byte type = reader.U8();
        byte sessionHit = reader.U8();
        byte certificateType = reader.U8();
        ushort version = reader.U16();
        ushort certificateLength = reader.U16();
        ushort ciphersLength = reader.U16();
        ushort connectionLength = reader.U16();
        certificate = reader.Take(certificateLength);
        var ciphers = new WireReader(reader.Take(ciphersLength));
        reader.Skip(connectionLength);
        firstCipher = ciphers.U24();
        return !reader.Overrun && type == (byte)SslV2Message.ServerHello && sessionHit <= 1 && certificateType <= 1
            && version == TlsVersions.Ssl2 && ciphersLength % 3 == 0 && connectionLength is >= 16 and <= 32 && reader.Remaining == 0;
    }
}
