using System.Security.Cryptography;
using System.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.FileTypes;

/// <summary>What the headers of a Windows program say (PE Format, Microsoft), as far as they are at hand.</summary>
internal sealed class PeHead
{
    private const int MostSections = 96;         // PE Format, "COFF File Header": the loader's limit
    private const int SectionLength = 40;
    private const int MostLibraries = 512;
    private const int MostImports = 8192;
    private const int MostName = 256;
    private const ushort Wide = 0x20B;
    private const ushort Narrow = 0x10B;
    private const int ImportTable = 1;
    private const int CertificateTable = 4;
    private const int DebugTable = 6;
    private const int ClrHeader = 14;

    private static readonly string[] s_packers =
    [
        "UPX0", "UPX1", "UPX!", ".aspack", ".adata", ".MPRESS1", ".MPRESS2", ".petite", ".vmp0", ".vmp1", ".vmp2", ".themida", ".winlice", ".enigma1", ".enigma2", "PEC2TO", "PEC2", "FSG!", ".nsp0", ".nsp1", ".Upack", "MEW", ".yP",
    ];

    private readonly List<(string Name, uint Address, uint Size, uint Offset)> _sections = [];
    private readonly (uint Address, uint Size)[] _tables = new (uint, uint)[16];

    /// <summary>Gets the machine's number.</summary>
    public ushort Machine { get; private set; }

    /// <summary>Gets when it was linked, by its own account, in seconds since 1970.</summary>
    public uint Compiled { get; private set; }

    /// <summary>Gets a value indicating whether it is a library.</summary>
    public bool IsLibrary { get; private set; }

    /// <summary>Gets a value indicating whether it has a 64-bit optional header.</summary>
    public bool IsWide { get; private set; }

    /// <summary>Gets the subsystem's number.</summary>
    public ushort Subsystem { get; private set; }

    /// <summary>Gets the version of the system that it wants.</summary>
    public (ushort Major, ushort Minor) System { get; private set; }

    /// <summary>Gets the DLL characteristics.</summary>
    public ushort Characteristics { get; private set; }

    /// <summary>Gets a value indicating whether addresses are randomised.</summary>
    public bool UsesAslr => (Characteristics & 0x40) != 0;

    /// <summary>Gets a value indicating whether data is not run.</summary>
    public bool UsesDep => (Characteristics & 0x100) != 0;

    /// <summary>Gets a value indicating whether the loader checks its signature.</summary>
    public bool UsesCodeIntegrity => (Characteristics & 0x80) != 0;

    /// <summary>Gets a value indicating whether it has structured exception handlers.</summary>
    public bool UsesSeh => (Characteristics & 0x400) == 0;

    /// <summary>Gets a value indicating whether indirect calls are checked.</summary>
    public bool UsesControlFlowGuard => (Characteristics & 0x4000) != 0;

    /// <summary>Gets a value indicating whether it imports.</summary>
    public bool HasImports => _tables[ImportTable].Size != 0;

    /// <summary>Gets a value indicating whether it exports.</summary>
    public bool HasExports => _tables[0].Size != 0;

    /// <summary>Gets a value indicating whether a signature is attached; whether it is valid is not checked.</summary>
    public bool IsSigned => _tables[CertificateTable].Size != 0;

    /// <summary>Gets a value indicating whether it has debug data.</summary>
    public bool HasDebug => _tables[DebugTable].Size != 0;

    /// <summary>Gets a value indicating whether it is for .NET.</summary>
    public bool IsDotNet => _tables[ClrHeader].Size != 0;

    /// <summary>Gets the names of the sections.</summary>
    public IReadOnlyList<string> Sections => [.. _sections.Select(s => s.Name)];

    /// <summary>Gets the name of a section that packers make, or null.</summary>
    public string? Packer => Sections.FirstOrDefault(s => s_packers.Contains(s, StringComparer.Ordinal));

    /// <summary>Gets how many libraries and functions it imports; null if the table is not at hand.</summary>
    public (int Libraries, int Functions)? Imports { get; private set; }

    /// <summary>Gets the MD5 over its imports as others compute it; null if the table is not at hand, or has ordinals that others translate by lists.</summary>
    public string? ImportHash { get; private set; }

    /// <summary>Reads headers, or gives null if it is no PE file.</summary>
    /// <param name="content">The first bytes of the file.</param>
    /// <param name="withImports">Whether to follow the import table, too.</param>
    public static PeHead? Read(ReadOnlySpan<byte> content, bool withImports = true)
    {
        var stub = new WireReader(content);
        if (stub.U16() != 0x4D5A)
        {
            return null;
        }

        stub.Skip(58);
        uint at = stub.U32Little();
        if (stub.Overrun || at >= content.Length)
        {
            return null;
        }

        var reader = new WireReader(content[(int)at..]);
        if (reader.U32() != 0x50450000)
        {
            return null;
        }

        var head = new PeHead { Machine = reader.U16Little() };
        ushort sections = reader.U16Little();
        head.Compiled = reader.U32Little();
        reader.Skip(8);
        ushort optional = reader.U16Little();
        head.IsLibrary = (reader.U16Little() & 0x2000) != 0;
        ReadOnlySpan<byte> header = reader.Take(Math.Min(optional, reader.Remaining));
        if (reader.Overrun || !head.Optional(header))
        {
            return null;
        }

        for (int i = 0; i < Math.Min((int)sections, MostSections) && reader.Remaining >= SectionLength; i++)
        {
            string name = Name(reader.Take(8));
            uint virtualSize = reader.U32Little();
            uint address = reader.U32Little();
            uint size = reader.U32Little();
            uint offset = reader.U32Little();
            reader.Skip(16);
            head._sections.Add((name, address, Math.Max(virtualSize, size), offset));
        }

        if (withImports)
        {
            head.ReadImports(content);
        }

        return head;
    }

    private bool Optional(ReadOnlySpan<byte> header)
    {
        var reader = new WireReader(header);
        ushort magic = reader.U16Little();
        if (magic is not (Wide or Narrow))
        {
            return false;
        }

        IsWide = magic == Wide;
        reader.Skip(38);
        System = (reader.U16Little(), reader.U16Little());
        reader.Skip(24);
        Subsystem = reader.U16Little();
        Characteristics = reader.U16Little();
        reader.Skip(IsWide ? 36 : 20);
        uint tables = reader.U32Little();
        if (reader.Overrun)
        {
            return false;
        }

        for (int i = 0; i < _tables.Length && i < tables && reader.Remaining >= 8; i++)
        {
            _tables[i] = (reader.U32Little(), reader.U32Little());
        }

        return true;
    }

    // PE Format, "The .idata Section": descriptors of 20 bytes, each with a table of names and the name of a library.
    private void ReadImports(ReadOnlySpan<byte> content)
    {
        if (!HasImports || Place(content, _tables[ImportTable].Address) is not (>= 0 and var at))
        {
            return;
        }

        var descriptors = new WireReader(content[at..]);
        var names = new StringBuilder();
        int functions = 0;
        bool isHashable = true;
        for (int libraries = 0; libraries < MostLibraries; libraries++)
        {
            uint lookups = descriptors.U32Little();
            descriptors.Skip(8);
            uint name = descriptors.U32Little();
            uint addresses = descriptors.U32Little();
            if (descriptors.Overrun)
            {
                return;
            }

            if (name == 0 && addresses == 0)
            {
                Imports = (libraries, functions);
#pragma warning disable CA5351 // A name by which programs are known; nothing is protected by it.
                ImportHash = isHashable && functions > 0 ? Convert.ToHexStringLower(MD5.HashData(Encoding.Latin1.GetBytes(names.ToString()))) : null;
#pragma warning restore CA5351
                return;
            }

            if (Text(content, name) is not { } library || !Functions(content, lookups != 0 ? lookups : addresses, Stem(library.ToLowerInvariant()), names, ref functions, ref isHashable))
            {
                return;
            }
        }
    }

    private bool Functions(ReadOnlySpan<byte> content, uint table, string library, StringBuilder names, ref int functions, ref bool isHashable)
    {
        if (Place(content, table) is not (>= 0 and var at))
        {
            return false;
        }

        for (var reader = new WireReader(content[at..]); functions < MostImports; functions++)
        {
            ulong entry = IsWide ? reader.U64Little() : reader.U32Little();
            if (reader.Overrun)
            {
                return false;
            }

            if (entry == 0)
            {
                return true;
            }

            bool isOrdinal = entry >> (IsWide ? 63 : 31) != 0;
            isHashable &= !isOrdinal || library is not ("ws2_32" or "wsock32" or "oleaut32");
            string? name = isOrdinal ? string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $"ord{entry & 0xFFFF}") : entry > int.MaxValue ? null : Text(content, (uint)entry + 2);
            if (name is null)
            {
                return false;
            }

            names.Append(names.Length == 0 ? string.Empty : ",").Append(library).Append('.').Append(name.ToLowerInvariant());
        }

        return false;
    }

    private int? Place(ReadOnlySpan<byte> content, uint address)
    {
        foreach ((_, uint start, uint size, uint offset) in _sections)
        {
            long at = (long)address - start + offset;
            if (address >= start && address - start < size && at < content.Length)
            {
                return (int)at;
            }
        }

        return null;
    }

    private string? Text(ReadOnlySpan<byte> content, uint address)
    {
        if (Place(content, address) is not (>= 0 and var at))
        {
            return null;
        }

        ReadOnlySpan<byte> text = content.Slice(at, Math.Min(MostName, content.Length - at));
        int end = text.IndexOf((byte)0);
        return end <= 0 ? null : Encoding.Latin1.GetString(text[..end]);
    }

    private static string Stem(string library)
        => library.EndsWith(".dll", StringComparison.Ordinal) || library.EndsWith(".ocx", StringComparison.Ordinal) || library.EndsWith(".sys", StringComparison.Ordinal) ? library[..^4] : library;

    private static string Name(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
