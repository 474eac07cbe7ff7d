using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>The five bytes in front of every record (RFC 8446, 5.1).</summary>
/// <param name="Content">What it carries.</param>
/// <param name="Version">The version field, which later versions freeze.</param>
/// <param name="Length">How many bytes follow.</param>
internal readonly record struct TlsRecordHeader(TlsContent Content, ushort Version, ushort Length)
{
    /// <summary>How long it is.</summary>
    public const int Size = 5;

    private const int MaxLength = (1 << 14) + 2048;   // RFC 5246, 6.2.3

    /// <summary>Gets a value indicating whether a record can begin so.</summary>
    public bool IsPlausible => Content is >= TlsContent.ChangeCipherSpec and <= TlsContent.Heartbeat
        && Version >> 8 == 3 && (Version & 0xFF) <= 4 && Length <= MaxLength;

    /// <summary>Reads one; check the reader for an overrun.</summary>
    public static TlsRecordHeader Read(ref WireReader reader) => new((TlsContent)reader.U8(), reader.U16(), reader.U16());

    /// <summary>Tells whether fewer bytes than a header can begin one.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes)
        => (bytes.Length < 1 || (TlsContent)bytes[0] is >= TlsContent.ChangeCipherSpec and <= TlsContent.Heartbeat)
            && (bytes.Length < 2 || bytes[1] == 3) && (bytes.Length < 3 || bytes[2] <= 4);
}
