namespace Pcapper.Modules.Protocols.Http;

/// <summary>Tells media types by the first bytes of content.</summary>
internal static class MediaTypes
{
    // Facts from the formats' specifications and IANA's media type registrations.
    private static readonly (byte[] Magic, int Offset, string Type)[] s_magics =
    [
        ([0x4D, 0x5A], 0, "application/x-dosexec"),
        ([0x7F, 0x45, 0x4C, 0x46], 0, "application/x-executable"),
        ([0xCF, 0xFA, 0xED, 0xFE], 0, "application/x-mach-o-executable"),
        ([0xCE, 0xFA, 0xED, 0xFE], 0, "application/x-mach-o-executable"),
        ("%PDF-"u8.ToArray(), 0, "application/pdf"),
        ([0x50, 0x4B, 0x03, 0x04], 0, "application/zip"),
        ([0x50, 0x4B, 0x05, 0x06], 0, "application/zip"),
        ("Rar!"u8.ToArray(), 0, "application/x-rar-compressed"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, "application/x-7z-compressed"),
        ([0x1F, 0x8B, 0x08], 0, "application/gzip"),
        ("BZh"u8.ToArray(), 0, "application/x-bzip2"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], 0, "application/x-xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], 0, "application/zstd"),
        ("MSCF"u8.ToArray(), 0, "application/vnd.ms-cab-compressed"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, "application/x-ole-storage"),
        ("{\\rtf"u8.ToArray(), 0, "application/rtf"),
        ([0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], 0, "application/x-ms-shortcut"),
        ("CD001"u8.ToArray(), 0x8001, "application/x-iso9660-image"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, "image/png"),
        ([0xFF, 0xD8, 0xFF], 0, "image/jpeg"),
        ("GIF87a"u8.ToArray(), 0, "image/gif"),
        ("GIF89a"u8.ToArray(), 0, "image/gif"),
        ("BM"u8.ToArray(), 0, "image/bmp"),
        ([0x00, 0x00, 0x01, 0x00], 0, "image/x-icon"),
        ("WEBP"u8.ToArray(), 8, "image/webp"),
        ("WAVE"u8.ToArray(), 8, "audio/x-wav"),
        ("AVI "u8.ToArray(), 8, "video/x-msvideo"),
        ("II*\0"u8.ToArray(), 0, "image/tiff"),
        ("MM\0*"u8.ToArray(), 0, "image/tiff"),
        ("wOFF"u8.ToArray(), 0, "font/woff"),
        ("wOF2"u8.ToArray(), 0, "font/woff2"),
        ("OTTO"u8.ToArray(), 0, "font/otf"),
        ([0x00, 0x01, 0x00, 0x00, 0x00], 0, "font/ttf"),
        ("ID3"u8.ToArray(), 0, "audio/mpeg"),
        ("OggS"u8.ToArray(), 0, "application/ogg"),
        ("fLaC"u8.ToArray(), 0, "audio/flac"),
        ("ftyp"u8.ToArray(), 4, "video/mp4"),
        ([0x1A, 0x45, 0xDF, 0xA3], 0, "video/x-matroska"),
        ("FLV\x01"u8.ToArray(), 0, "video/x-flv"),
        ("CWS"u8.ToArray(), 0, "application/x-shockwave-flash"),
        ("FWS"u8.ToArray(), 0, "application/x-shockwave-flash"),
        ("ZWS"u8.ToArray(), 0, "application/x-shockwave-flash"),
        ([0xCA, 0xFE, 0xBA, 0xBE], 0, "application/java-vm"),
        ([0x00, 0x61, 0x73, 0x6D], 0, "application/wasm"),
        ("SQLite format 3\0"u8.ToArray(), 0, "application/x-sqlite3"),
        ("!<arch>\n"u8.ToArray(), 0, "application/x-archive"),
        ("ustar"u8.ToArray(), 257, "application/x-tar"),
        ([0x30, 0x82], 0, "application/x-der"),
        ("-----BEGIN "u8.ToArray(), 0, "application/x-pem-file"),
        ("#!"u8.ToArray(), 0, "text/x-shellscript"),
        ("X5O!P%@AP[4\\PZX54(P^)7CC)7}"u8.ToArray(), 0, "text/x-eicar"),   // the first half of the test file of eicar.org: all of it would set scanners off
    ];

    /// <summary>Gets the media type that content begins like, or null if the bytes do not tell.</summary>
    public static string? Sniff(ReadOnlySpan<byte> content)
    {
        foreach ((byte[] magic, int offset, string type) in s_magics)
        {
            if (content.Length >= offset + magic.Length && content.Slice(offset, magic.Length).SequenceEqual(magic)
                && (type != "application/x-dosexec" || IsExecutable(content)) && (type != "image/bmp" || IsBitmap(content)))
            {
                return type;
            }
        }

        return SniffText(content);
    }

    // "MZ" alone is two letters; the header points to "PE", "NE" or "LE" behind it, or has the DOS stub's size fields.
    private static bool IsExecutable(ReadOnlySpan<byte> content)
    {
        if (content.Length < 64)
        {
            return content.Length > 8 && content.ContainsAnyInRange((byte)0, (byte)8);
        }

        uint at = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(content[60..]);
        return at + 2 > content.Length ? at < 0x10000 : content[(int)at..].StartsWith("PE"u8) || content[(int)at..].StartsWith("NE"u8) || content[(int)at..].StartsWith("LE"u8);
    }

    private static bool IsBitmap(ReadOnlySpan<byte> content) => content.Length > 10 && content.Slice(6, 4).IndexOfAnyExcept((byte)0) < 0;

    private static string? SniffText(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> head = content[..Math.Min(content.Length, 512)];
        head = head.StartsWith("\xEF\xBB\xBF"u8) ? head[3..] : head;
        head = head.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty || head.ContainsAnyInRange((byte)0, (byte)8))
        {
            return null;
        }

        Span<byte> lower = stackalloc byte[Math.Min(head.Length, 64)];
        System.Text.Ascii.ToLower(head[..lower.Length], lower, out _);
        if (lower.StartsWith("<!doctype html"u8) || lower.StartsWith("<html"u8) || lower.StartsWith("<head"u8) || lower.StartsWith("<body"u8) || lower.StartsWith("<script"u8))
        {
            return "text/html";
        }

        if (lower.StartsWith("<?xml"u8))
        {
            return "text/xml";
        }

        if (lower.StartsWith("<?php"u8))
        {
            return "text/x-php";
        }

        if (head[0] is (byte)'{' or (byte)'[')
        {
            return "application/json";
        }

        return System.Text.Unicode.Utf8.IsValid(head[..^Math.Min(3, head.Length - 1)]) ? "text/plain" : null;
    }
}
