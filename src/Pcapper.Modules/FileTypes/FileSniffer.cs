using System.Buffers.Binary;

namespace Pcapper.Modules.FileTypes;

/// <summary>Tells the type of content by its first bytes: the table of magic numbers, a look inside containers, and the kinds of text.</summary>
internal static class FileSniffer
{
    private const int OldestClassFile = 45;   // Java Virtual Machine Specification, 4.1: the first major version; a universal Mach-O has its number of machines there

    private static readonly FileType s_windows = new("application/x-dosexec", FileKind.Program, "exe", "dll", "scr", "sys", "ocx", "cpl", "drv", "ax", "efi", "mui", "pyd", "com", "node");
    private static readonly FileType s_universal = new("application/x-mach-o-executable", FileKind.Program, "dylib", "bundle", "o");
    private static readonly FileType s_bitmap = new("image/bmp", FileKind.Image, "bmp", "dib");
    private static readonly FileType s_mp3 = new("audio/mpeg", FileKind.Audio, "mp3");
    private static readonly FileType s_stream = new("video/mp2t", FileKind.Video, "ts", "m2ts", "mts");
    private static readonly FileType s_certificate = new("application/x-der", FileKind.Certificate, "der", "cer", "crt", "p7b", "p12", "pfx", "crl");

    /// <summary>Gets the media type of content, or null if its bytes do not tell.</summary>
    public static string? Media(ReadOnlySpan<byte> content) => Sniff(content)?.Media;

    /// <summary>Gets the type of content, or null if its bytes do not tell.</summary>
    public static FileType? Sniff(ReadOnlySpan<byte> content)
    {
        if (IsWindowsProgram(content))
        {
            return s_windows;
        }

        foreach (Magic magic in MagicTable.All)
        {
            if (magic.Matches(content))
            {
                return Inside(content, magic.Type);
            }
        }

        return Weak(content) ?? TextTypes.Sniff(content);
    }

    private static FileType Inside(ReadOnlySpan<byte> content, FileType type) => type.Media switch
    {
        "application/zip" => ZipHead.Read(content).Type ?? type,
        "application/x-ole-storage" => OleHead.Read(content).Type ?? type,
        "video/mp4" => MediaBrands.Of(content) ?? type,
        "video/x-matroska" => MediaBrands.IsWebM(content) ? MediaBrands.WebM : type,
        "application/java-vm" => content.Length >= 8 && BinaryPrimitives.ReadUInt16BigEndian(content[6..]) < OldestClassFile ? s_universal : type,
        _ => type,
    };

    // "MZ" alone is two letters; the header points to "PE", "NE" or "LE" behind it, or has the DOS stub's size fields.
    private static bool IsWindowsProgram(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("MZ"u8))
        {
            return false;
        }

        if (content.Length < 64)
        {
            return content.Length > 8 && content.ContainsAnyInRange((byte)0, (byte)8);
        }

        uint at = BinaryPrimitives.ReadUInt32LittleEndian(content[60..]);
        if (at >= content.Length - 1)
        {
            return at < 0x10000 && content[..64].ContainsAnyInRange((byte)0, (byte)8);
        }

        ReadOnlySpan<byte> header = content[(int)at..];
        return header.StartsWith("PE"u8) || header.StartsWith("NE"u8) || header.StartsWith("LE"u8);
    }

    // Two bytes prove little: a second field must fit.
    private static FileType? Weak(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("BM"u8) && content.Length > 18 && content[6..10].IndexOfAnyExcept((byte)0) < 0)
        {
            return s_bitmap;   // the reserved fields of BITMAPFILEHEADER
        }

        // ISO/IEC 11172-3, 2.4.1.3: eleven bits of synchronisation, then layer III, and neither the forbidden bit rate nor sampling frequency.
        if (content.Length > 4 && content[0] == 0xFF && (content[1] & 0xE6) == 0xE2 && (content[1] & 0x18) != 0x08 && (content[2] & 0xF0) is not (0xF0 or 0) && (content[2] & 0x0C) != 0x0C)
        {
            return s_mp3;
        }

        // ISO/IEC 13818-1, 2.4.3.2: packets of 188 bytes that begin with 47.
        if (content.Length > 376 && content[0] == 0x47 && content[188] == 0x47 && content[376] == 0x47)
        {
            return s_stream;
        }

        // X.690: a SEQUENCE with a two-byte length, and an element in it.
        return content is [0x30, 0x82, _, _, 0x30 or 0x02 or 0x06, ..] ? s_certificate : null;
    }
}
