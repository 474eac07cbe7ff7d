using System.Text;

namespace Pcapper.Modules.FileTypes;

/// <summary>Which of the types that share a container of ISO/IEC 14496-12 or Matroska it is.</summary>
internal static class MediaBrands
{
    private static readonly FileType s_heic = new("image/heic", FileKind.Image, "heic", "heif");
    private static readonly FileType s_avif = new("image/avif", FileKind.Image, "avif");
    private static readonly FileType s_audio = new("audio/mp4", FileKind.Audio, "m4a", "m4b", "aac");
    private static readonly FileType s_quickTime = new("video/quicktime", FileKind.Video, "mov", "qt");
    private static readonly FileType s_mobile = new("video/3gpp", FileKind.Video, "3gp", "3g2");
    private static readonly FileType s_canon = new("image/x-canon-cr3", FileKind.Image, "cr3");

    /// <summary>Gets the type of Matroska files that browsers play.</summary>
    public static FileType WebM { get; } = new("video/webm", FileKind.Video, "webm");

    /// <summary>Tells whether the document type of an EBML header is "webm" (RFC 8794, 11.2.6).</summary>
    public static bool IsWebM(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, 64)].IndexOf((ReadOnlySpan<byte>)[0x42, 0x82, 0x84, 0x77, 0x65, 0x62, 0x6D]) >= 0;

    /// <summary>Gets the type by the major brand (mp4ra.org), or null for MP4 itself.</summary>
    public static FileType? Of(ReadOnlySpan<byte> content) => content.Length < 12 ? null : Encoding.Latin1.GetString(content.Slice(8, 4)) switch
    {
        "heic" or "heix" or "heim" or "heis" or "hevc" or "mif1" or "msf1" => s_heic,
        "avif" or "avis" => s_avif,
        "M4A " or "M4B " or "M4P " => s_audio,
        "qt  " => s_quickTime,
        "crx " => s_canon,
        ['3', 'g', ..] => s_mobile,
        _ => null,
    };
}
