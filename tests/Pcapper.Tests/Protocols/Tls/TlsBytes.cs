using System.Buffers.Binary;
using System.Text;

namespace Pcapper.Tests.Protocols.Tls;

/// <summary>Builds TLS messages.</summary>
internal static class TlsBytes
{
    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] U24(int value) => [(byte)(value >> 16), (byte)(value >> 8), (byte)value];

    public static byte[] Numbers(params ushort[] values) => [.. values.SelectMany(v => U16(v))];

    public static byte[] Sized8(byte[] bytes) => [(byte)bytes.Length, .. bytes];

    public static byte[] Sized16(byte[] bytes) => [.. U16(bytes.Length), .. bytes];

    public static byte[] Extension(ushort type, params byte[] content) => [.. U16(type), .. Sized16(content)];

    public static byte[] ServerName(string name) => Extension(0, Sized16([0, .. Sized16(Encoding.ASCII.GetBytes(name))]));

    public static byte[] Alpn(params string[] names) => Extension(16, Sized16([.. names.SelectMany(n => Sized8(Encoding.Latin1.GetBytes(n)))]));

    public static byte[] Groups(params ushort[] groups) => Extension(10, Sized16(Numbers(groups)));

    public static byte[] PointFormats(params byte[] formats) => Extension(11, Sized8(formats));

    public static byte[] Signatures(params ushort[] algorithms) => Extension(13, Sized16(Numbers(algorithms)));

    public static byte[] Versions(params ushort[] versions) => Extension(43, Sized8(Numbers(versions)));

    public static byte[] ClientHello(ushort version, ushort[] ciphers, byte[][] extensions, byte[]? session = null, byte[]? cookie = null) =>
    [
        .. U16(version), .. new byte[32], .. Sized8(session ?? []), .. cookie is null ? [] : Sized8(cookie), .. Sized16(Numbers(ciphers)), 1, 0,
        .. extensions.Length == 0 ? [] : Sized16([.. extensions.SelectMany(e => e)]),
    ];

    public static byte[] ServerHello(ushort version, ushort cipher, byte[][] extensions, byte[]? session = null, byte[]? random = null) =>
    [
        .. U16(version), .. random ?? new byte[32], .. Sized8(session ?? []), .. U16(cipher), 0,
        .. extensions.Length == 0 ? [] : Sized16([.. extensions.SelectMany(e => e)]),
    ];

    public static byte[] Certificates(params byte[][] chain)
    {
        byte[] list = [.. chain.SelectMany(c => (byte[])[.. U24(c.Length), .. c])];
        return [.. U24(list.Length), .. list];
    }

    public static byte[] Message(byte type, byte[] body) => [type, .. U24(body.Length), .. body];

    public static byte[] Record(byte type, ushort version, byte[] body) => [type, .. U16(version), .. Sized16(body)];

    public static byte[] Handshake(ushort version, byte type, byte[] body) => Record(22, version, Message(type, body));

    public static byte[] Data(int length = 32) => Record(23, 0x0303, new byte[length]);

    public static byte[] ChangeCipherSpec() => Record(20, 0x0303, [1]);

    public static byte[] DtlsRecord(byte type, ushort epoch, byte[] body)
    {
        byte[] header = new byte[13];
        header[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(1), 0xFEFD);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(3), epoch);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(11), (ushort)body.Length);
        return [.. header, .. body];
    }

    public static byte[] DtlsPiece(byte type, ushort sequence, byte[] message, int offset, int length)
        => [type, .. U24(message.Length), .. U16(sequence), .. U24(offset), .. U24(length), .. message.AsSpan(offset, length)];

    public static byte[] DtlsHandshake(byte type, ushort sequence, byte[] message)
        => DtlsRecord(22, 0, DtlsPiece(type, sequence, message, 0, message.Length));
}
