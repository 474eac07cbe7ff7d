using System.Buffers.Binary;
using System.Text;
using Pcapper.Modules.FileTypes;
using Pcapper.Modules.Protocols.Http;

namespace Pcapper.Modules.Protocols.Mail;

/// <summary>Tells what is risky about an attachment, by its content first and its name second.</summary>
internal static class AttachmentJudge
{
    private const int MostEntries = 1000;

    private static readonly HashSet<string> s_scripts = new(StringComparer.OrdinalIgnoreCase)
    {
        "js", "jse", "vbs", "vbe", "wsf", "wsh", "hta", "ps1", "psm1", "bat", "cmd", "sct", "sh", "py", "pl", "jar",
    };

    private static readonly HashSet<string> s_programs = new(StringComparer.OrdinalIgnoreCase)
    {
        "exe", "scr", "com", "pif", "cpl", "dll", "msi", "msix", "appx", "xll", "gadget", "application",
    };

    private static readonly HashSet<string> s_others = new(StringComparer.OrdinalIgnoreCase) { "lnk", "iso", "img", "vhd", "vhdx", "one", "url", "chm", "settingcontent-ms", "library-ms" };

    private static readonly HashSet<string> s_documents = new(StringComparer.OrdinalIgnoreCase)
    {
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "rtf", "jpg", "jpeg", "png", "gif", "csv", "htm", "html", "mp3", "mp4", "zip", "xml",
    };

    private static readonly byte[] s_vbaProject = Encoding.Unicode.GetBytes("_VBA_PROJECT");
    private static readonly byte[] s_encryptedPackage = Encoding.Unicode.GetBytes("EncryptedPackage");

    // [MS-CFB], 2.6.1, with the class of Windows Installer packages {000C1084-0000-0000-C000-000000000046}.
    private static readonly byte[] s_installer = [0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    /// <summary>Judges an attachment by its first bytes, or all of them, and its name.</summary>
    public static AttachmentTraits Judge(ReadOnlySpan<byte> content, string? name, string declared, string? sniffed)
    {
        string ending = Ending(name);
        AttachmentTraits traits = OfContent(content, sniffed) | OfText(content, ending, sniffed);
        bool isRun = s_scripts.Contains(ending) || s_programs.Contains(ending) || s_others.Contains(ending);
        if (isRun && s_documents.Contains(Ending(name!.TrimEnd(' ', '.')[..^(ending.Length + 1)].TrimEnd())))
        {
            traits |= AttachmentTraits.DoubleEnding;
        }

        if (name is not null && name.AsSpan().ContainsAny("\u202E\u202D\u2066\u2067"))
        {
            traits |= AttachmentTraits.Reversed;
        }

        bool isProgram = (traits & AttachmentTraits.Program) != 0;
        if (isProgram && (s_documents.Contains(ending) || FileDisguise.IsMedia(declared) || declared is "application/pdf" or "text/plain" or "application/msword"))
        {
            traits |= AttachmentTraits.Disguised;
        }

        return traits;
    }

    private static AttachmentTraits OfContent(ReadOnlySpan<byte> content, string? sniffed) => sniffed switch
    {
        "application/x-dosexec" or "application/x-executable" or "application/x-mach-o-executable" => AttachmentTraits.Program,
        "application/x-ms-shortcut" => AttachmentTraits.Shortcut,
        "application/x-iso9660-image" => AttachmentTraits.DiskImage,
        "application/zip" => Zip(content),
        "application/x-rar-compressed" => RarHead.IsLocked(content) ? AttachmentTraits.Encrypted : AttachmentTraits.None,
        "application/x-7z-compressed" => SevenZip(content),
        "application/x-ole-storage" => Ole(content),
        _ => IsOneNote(content) ? AttachmentTraits.OneNote
            : content.Length > 0x8006 && content.Slice(0x8001, 5).SequenceEqual("CD001"u8) ? AttachmentTraits.DiskImage
            : content.StartsWith("vhdxfile"u8) || content.StartsWith("conectix"u8) ? AttachmentTraits.DiskImage
            : content.StartsWith("ITSF"u8) ? AttachmentTraits.Installer : AttachmentTraits.None,
    };

    // A name alone runs a script; its content must at least be no picture or archive.
    private static AttachmentTraits OfText(ReadOnlySpan<byte> content, string ending, string? sniffed)
    {
        bool isText = sniffed is null or "text/plain" or "text/html" or "text/xml" or "text/x-shellscript" or "application/json" or "application/java-vm" || (sniffed == "application/zip" && ending == "jar");
        if (s_scripts.Contains(ending) && isText && !content.IsEmpty)
        {
            return AttachmentTraits.Script;
        }

        if (sniffed is "text/html" && ending is "htm" or "html" or "shtml" or "xhtml" or "svg" && Lines.LineReader.Contains(content[..Math.Min(content.Length, 256 * 1024)], "<script"u8))
        {
            return AttachmentTraits.WebPage;
        }

        return AttachmentTraits.None;
    }

    // [MS-ONESTORE], 2.3.1: the file format's GUID {7B5C52E4-D88C-4DA7-AEB1-5378D02996D3}.
    private static bool IsOneNote(ReadOnlySpan<byte> content)
        => content.StartsWith((ReadOnlySpan<byte>)[0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3]);

    // APPNOTE.TXT, 4.3.7: local file headers; bit 0 of the flags says that the entry is encrypted (4.4.4).
    private static AttachmentTraits Zip(ReadOnlySpan<byte> content)
    {
        AttachmentTraits traits = AttachmentTraits.None;
        for (int entries = 0; entries < MostEntries && content.IndexOf("PK\x03\x04"u8) is >= 0 and var at; entries++)
        {
            content = content[at..];
            if (content.Length < 30)
            {
                break;
            }

            ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(content[6..]);
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(content[18..]);
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(content[26..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(content[28..]);
            if (content.Length < 30 + nameLength)
            {
                break;
            }

            traits |= (flags & 1) != 0 ? AttachmentTraits.Encrypted : AttachmentTraits.None;
            traits |= Entry(Encoding.UTF8.GetString(content.Slice(30, nameLength)));
            long next = 30L + nameLength + extraLength + ((flags & 8) != 0 ? 0 : size);
            content = next >= content.Length ? default : content[(int)next..];
        }

        return traits;
    }

    private static AttachmentTraits Entry(string name)
    {
        if (name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
        {
            return AttachmentTraits.Macro;
        }

        string ending = Ending(name);
        return s_programs.Contains(ending) || s_others.Contains(ending) || (s_scripts.Contains(ending) && ending is not ("js" or "py" or "pl" or "sh" or "jar")) || (ending == "js" && !name.Contains('/', StringComparison.Ordinal))
            ? AttachmentTraits.Holds : AttachmentTraits.None;
    }

    // 7zFormat.txt: AES is the method 06 F1 07 01, which stands in the header at the end, unless that is packed.
    private static AttachmentTraits SevenZip(ReadOnlySpan<byte> content)
        => content[^Math.Min(content.Length, 4096)..].IndexOf((ReadOnlySpan<byte>)[0x06, 0xF1, 0x07, 0x01]) >= 0 ? AttachmentTraits.Encrypted : AttachmentTraits.None;

    // [MS-CFB], 2.6.1: names of directory entries are UTF-16. [MS-OVBA], 2.2.1: the project's storage holds "_VBA_PROJECT". [MS-OFFCRYPTO], 2.3.1: "EncryptedPackage".
    private static AttachmentTraits Ole(ReadOnlySpan<byte> content)
    {
        AttachmentTraits traits = content.IndexOf(s_vbaProject) >= 0 ? AttachmentTraits.Macro : AttachmentTraits.None;
        traits |= content.IndexOf(s_encryptedPackage) >= 0 ? AttachmentTraits.Encrypted : AttachmentTraits.None;
        return content.IndexOf(s_installer) >= 0 ? traits | AttachmentTraits.Installer : traits;
    }

    private static string Ending(string? name)
    {
        string trimmed = name?.TrimEnd(' ', '.') ?? string.Empty;
        int dot = trimmed.LastIndexOf('.');
        return dot < 0 || trimmed.Length - dot > 18 ? string.Empty : trimmed[(dot + 1)..];
    }
}
