using System.Buffers.Binary;
using System.Text;

namespace Pcapper.Modules.FileTypes;

/// <summary>What the head of an OLE2 compound file says ([MS-CFB]): names and class of its entries, as far as its directory is at hand.</summary>
internal sealed class OleHead
{
    private const int EntryLength = 128;      // [MS-CFB], 2.6.1
    private const int HeaderLength = 512;
    private const int MostEntries = 256;

    private static readonly FileType s_word = new("application/msword", FileKind.Document, "doc", "dot", "wbk");
    private static readonly FileType s_excel = new("application/vnd.ms-excel", FileKind.Document, "xls", "xlt", "xla");
    private static readonly FileType s_powerPoint = new("application/vnd.ms-powerpoint", FileKind.Document, "ppt", "pps", "pot");
    private static readonly FileType s_visio = new("application/vnd.visio", FileKind.Document, "vsd", "vss");
    private static readonly FileType s_publisher = new("application/x-mspublisher", FileKind.Document, "pub");
    private static readonly FileType s_message = new("application/vnd.ms-outlook", FileKind.Document, "msg", "oft");
    private static readonly FileType s_installer = new("application/x-msi", FileKind.Program, "msi", "msp", "mst");
    private static readonly FileType s_protected = new("application/x-ooxml-encrypted", FileKind.Document, "docx", "xlsx", "pptx", "docm", "xlsm", "pptm");
    private static readonly FileType s_thumbnails = new("application/x-thumbs-db", FileKind.Database, "db");

    // The class {000C1084-0000-0000-C000-000000000046} of Windows Installer packages; 1082 and 1086 are transforms and patches.
    private static readonly byte[] s_installerClass = [0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether it holds a project of Visual Basic for Applications ([MS-OVBA], 2.2.1).</summary>
    public bool HasMacros => _names.Contains("_VBA_PROJECT") || _names.Contains("_VBA_PROJECT_CUR") || _names.Contains("VBA");

    /// <summary>Gets a value indicating whether its content is encrypted ([MS-OFFCRYPTO], 2.3.1).</summary>
    public bool IsEncrypted => _names.Contains("EncryptedPackage");

    /// <summary>Gets the type that the entries show, or null if they do not.</summary>
    public FileType? Type { get; private set; }

    /// <summary>Reads what of the directory is within the bytes at hand.</summary>
    public static OleHead Read(ReadOnlySpan<byte> content)
    {
        var head = new OleHead();
        if (content.Length < HeaderLength)
        {
            return head;
        }

        int shift = BinaryPrimitives.ReadUInt16LittleEndian(content[30..]) == 12 ? 12 : 9;
        long at = ((long)BinaryPrimitives.ReadUInt32LittleEndian(content[48..]) + 1) << shift;
        bool isInstaller = false;
        for (int entry = 0; entry < MostEntries && at + EntryLength <= content.Length; entry++, at += EntryLength)
        {
            ReadOnlySpan<byte> bytes = content.Slice((int)at, EntryLength);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[64..]);

            // What follows the first sector of the directory usually belongs to it; what does not look like an entry ends it.
            if (length is < 2 or > 64 || (length & 1) != 0 || bytes[66] > 5)
            {
                if (length == 0 && bytes[66] == 0)
                {
                    continue;
                }

                break;
            }

            head._names.Add(Encoding.Unicode.GetString(bytes[..(length - 2)]));
            isInstaller |= bytes[66] == 5 && bytes[80] is 0x82 or 0x84 or 0x86 && bytes[81] == 0x10 && bytes.Slice(82, s_installerClass.Length).SequenceEqual(s_installerClass);
        }

        head.Type = isInstaller ? s_installer : head.ByNames() ?? ByFirstStream(content);
        return head;
    }

    private FileType? ByNames()
        => IsEncrypted ? s_protected
            : _names.Contains("WordDocument") ? s_word
            : _names.Contains("Workbook") || _names.Contains("Book") ? s_excel
            : _names.Contains("PowerPoint Document") ? s_powerPoint
            : _names.Contains("VisioDocument") ? s_visio
            : _names.Contains("Quill") ? s_publisher
            : _names.Contains("__nameid_version1.0") || _names.Contains("__properties_version1.0") ? s_message
            : _names.Contains("Catalog") && _names.Count > 1 ? s_thumbnails : null;

    // The first stream mostly follows the header: [MS-DOC], 2.5.2 (FibBase) and [MS-XLS], 2.4.21 (BOF).
    private static FileType? ByFirstStream(ReadOnlySpan<byte> content)
        => content.Length < HeaderLength + 8 ? null
            : content[HeaderLength..].StartsWith((ReadOnlySpan<byte>)[0xEC, 0xA5]) ? s_word
            : content[HeaderLength..].StartsWith((ReadOnlySpan<byte>)[0x09, 0x08, 0x10, 0x00, 0x00, 0x06]) ? s_excel : null;
}
