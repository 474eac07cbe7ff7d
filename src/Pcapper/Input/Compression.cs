using System.IO.Compression;
using K4os.Compression.LZ4.Streams;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Xz;

namespace Pcapper.Input;

/// <summary>Recognises compressed captures by their first bytes and unpacks them on the fly.</summary>
internal static class Compression
{
    /// <summary>How many first bytes are needed to tell.</summary>
    public const int MagicLength = 6;

    /// <summary>Gets the name of the compression that bytes begin with, or null if there is none.</summary>
    public static string? Recognize(ReadOnlySpan<byte> first) => first switch
    {
        [0x1F, 0x8B, ..] => "gzip",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd",
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0x00, ..] => "xz",
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..] => "bzip2",
        [0x04, 0x22, 0x4D, 0x18, ..] => "lz4",
        _ => null,
    };

    /// <summary>Wraps a stream so that reading it gives the unpacked bytes; damage shows as <see cref="InvalidDataException"/>.</summary>
    public static Stream Unpack(string compression, Stream packed) => new UnpackedStream(compression, () => Open(compression, packed));

    private static Stream Open(string compression, Stream packed) => compression switch
    {
        "gzip" => new GZipStream(packed, CompressionMode.Decompress),
        "zstd" => new ZstdSharp.DecompressionStream(packed),
        "xz" => new XZStream(packed),
        "bzip2" => BZip2Stream.Create(packed, SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: true),
        _ => LZ4Stream.Decode(packed),
    };
}
