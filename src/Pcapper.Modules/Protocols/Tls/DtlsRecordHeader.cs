using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>The thirteen bytes in front of a DTLS record (RFC 6347, 4.1).</summary>
/// <param name="Content">What it carries.</param>
/// <param name="Version">The version field.</param>
/// <param name="Epoch">0 until encryption begins.</param>
/// <param name="Length">How many bytes follow.</param>
internal readonly record struct DtlsRecordHeader(TlsContent Content, ushort Version, ushort Epoch, ushort Length)
{
    private const int MaxLength = (1 << 14) + 2048;

    /// <summary>Gets a value indicating whether a record can begin so.</summary>
    public bool IsPlausible => Content is >= TlsContent.ChangeCipherSpec and <= TlsContent.Ack
        && Version is TlsVersions.Dtls10 or TlsVersions.Dtls12 or TlsVersions.Dtls13 or TlsVersions.Dtls10Bad && Length is > 0 and <= MaxLength;

    /// <summary>Reads one; check the reader for an overrun.</summary>
    public static DtlsRecordHeader Read(ref WireReader reader)
    {
        var content = (TlsContent)reader.U8();
        ushort version = reader.U16();
        ushort epoch = reader.U16();
        reader.U48();
        return new(content, version, epoch, reader.U16());
    }
}
