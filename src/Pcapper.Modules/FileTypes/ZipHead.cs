using System.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.FileTypes;

/// <summary>What the first entries of a ZIP archive say (APPNOTE.TXT, 4.3.7): names, and whether they are encrypted.</summary>
internal sealed class ZipHead
{
    private const int MostEntries = 1000;
    private const int MostName = 512;
    private const ushort Encrypted = 1;
    private const ushort SizeFollows = 8;

    private static readonly FileType s_word = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", FileKind.Document, "docx", "docm", "dotx", "dotm");
    private static readonly FileType s_excel = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileKind.Document, "xlsx", "xlsm", "xlsb", "xltx", "xltm", "xlam");
    private static readonly FileType s_powerPoint = new("application/vnd.openxmlformats-officedocument.presentationml.presentation", FileKind.Document, "pptx", "pptm", "ppsx", "potx", "ppsm", "potm");
    private static readonly FileType s_visio = new("application/vnd.ms-visio.drawing", FileKind.Document, "vsdx", "vsdm");
    private static readonly FileType s_office = new("application/x-ooxml", FileKind.Document, "docx", "xlsx", "pptx", "vsdx", "docm", "xlsm", "pptm", "thmx");
    private static readonly FileType s_xps = new("application/vnd.ms-xpsdocument", FileKind.Document, "xps", "oxps");
    private static readonly FileType s_epub = new("application/epub+zip", FileKind.Document, "epub");
    private static readonly FileType s_openDocument = new("application/vnd.oasis.opendocument", FileKind.Document, "odt", "ods", "odp", "odg", "ott", "ots");
    private static readonly FileType s_android = new("application/vnd.android.package-archive", FileKind.Archive, "apk", "aab");
    private static readonly FileType s_java = new("application/java-archive", FileKind.Archive, "jar", "war", "ear");
    private static readonly FileType s_windowsApp = new("application/vnd.ms-appx", FileKind.Archive, "appx", "msix", "appxbundle", "msixbundle");
    private static readonly FileType s_apple = new("application/x-ios-app", FileKind.Archive, "ipa");
    private static readonly FileType s_nuget = new("application/x-nuget", FileKind.Archive, "nupkg", "snupkg");
    private static readonly FileType s_mozilla = new("application/x-xpinstall", FileKind.Archive, "xpi");
    private static readonly FileType s_map = new("application/vnd.google-earth.kmz", FileKind.Document, "kmz");

    private readonly List<string> _names = [];

    /// <summary>Gets the names of the entries seen.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Gets a value indicating whether an entry is encrypted.</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>Gets a value indicating whether it holds a project of Visual Basic for Applications ([MS-OFFMACRO2], 2.2).</summary>
    public bool HasMacros => _names.Exists(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets the type that the entries show, or null for a plain archive.</summary>
    public FileType? Type { get; private set; }

    /// <summary>Reads the entries within the bytes at hand.</summary>
    public static ZipHead Read(ReadOnlySpan<byte> content)
    {
        var head = new ZipHead();
        FileType? stored = null;
        for (int entries = 0; entries < MostEntries && content.IndexOf("PK\x03\x04"u8) is >= 0 and var at; entries++)
        {
            content = content[at..];
            var reader = new WireReader(content);
            reader.Skip(6);
            ushort flags = reader.U16Little();
            reader.Skip(10);
            uint size = reader.U32Little();
            reader.Skip(4);
            ushort nameLength = reader.U16Little();
            ushort extraLength = reader.U16Little();
            ReadOnlySpan<byte> name = reader.Take(nameLength);
            if (reader.Overrun)
            {
                break;
            }

            head.IsEncrypted |= (flags & Encrypted) != 0;
            string text = Encoding.UTF8.GetString(name[..Math.Min(name.Length, MostName)]);
            head._names.Add(text);
            if (entries == 0 && text == "mimetype")
            {
                reader.Skip(extraLength);
                stored = Stored(reader.Take((int)Math.Min(size, (uint)reader.Remaining)));
            }

            // Where the size follows the data, or lies, the next header is looked for.
            long next = 30L + nameLength + extraLength + ((flags & SizeFollows) != 0 ? 0 : size);
            content = next >= content.Length ? default : content[(int)next..];
        }

        head.Type = stored ?? head.ByNames();
        return head;
    }

    // ODF 1.3 part 2, 3.3 and EPUB OCF 4.3: the first entry, not compressed, is the media type.
    private static FileType? Stored(ReadOnlySpan<byte> type)
        => type.StartsWith("application/epub+zip"u8) ? s_epub : type.StartsWith("application/vnd.oasis.opendocument"u8) || type.StartsWith("application/vnd.sun.xml"u8) ? s_openDocument : null;

    private FileType? ByNames()
    {
        if (Has("[Content_Types].xml") || Begins("_rels/"))
        {
            return Begins("word/") ? s_word : Begins("xl/") ? s_excel : Begins("ppt/") ? s_powerPoint : Begins("visio/") ? s_visio
                : Ends(".fdseq") || Begins("Documents/1/") ? s_xps : Has("AppxManifest.xml") ? s_windowsApp : Ends(".nuspec") ? s_nuget : Begins("docProps/") ? s_office : null;
        }

        return Begins("word/") ? s_word : Begins("xl/") ? s_excel : Begins("ppt/") ? s_powerPoint
            : Has("AndroidManifest.xml") || Has("classes.dex") ? s_android
            : Has("AppxManifest.xml") ? s_windowsApp
            : Begins("Payload/") ? s_apple
            : Has("META-INF/mozilla.rsa") || Has("install.rdf") ? s_mozilla
            : Has("META-INF/MANIFEST.MF") || Ends(".class") ? s_java
            : Has("doc.kml") ? s_map : null;
    }

    private bool Has(string name) => _names.Contains(name, StringComparer.Ordinal);

    private bool Begins(string start) => _names.Exists(n => n.StartsWith(start, StringComparison.Ordinal));

    private bool Ends(string end) => _names.Exists(n => n.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
