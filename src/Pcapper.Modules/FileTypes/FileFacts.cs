using System.Buffers.Binary;
using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Modules.FileTypes;

/// <summary>Says in words what the head of a file tells beyond its type: headers of programs, macros, locked archives.</summary>
internal static class FileFacts
{
    private const int MostSections = 8;
    private const int MostNames = 5;

    private static readonly HashSet<string> s_run = new(StringComparer.OrdinalIgnoreCase)
    {
        "exe", "dll", "scr", "com", "pif", "cpl", "msi", "vbs", "vbe", "jse", "wsf", "hta", "ps1", "bat", "cmd", "lnk", "iso", "img", "vhd", "one", "xll",
    };

    /// <summary>Gets the facts, separated by commas; empty if there is nothing to say.</summary>
    public static string Of(ReadOnlySpan<byte> head, string? media) => string.Join(", ", media switch
    {
        "application/x-dosexec" => Windows(head),
        "application/x-executable" => Elf(head),
        "application/x-7z-compressed" => SevenZip(head),
        "application/x-rar-compressed" => Rar(head),
        _ when head.StartsWith("PK\x03\x04"u8) => Zip(head),
        _ when head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) => Ole(head),
        _ => [],
    });

    private static List<string> Windows(ReadOnlySpan<byte> content)
    {
        if (PeHead.Read(content) is not { } pe)
        {
            return [];
        }

        List<string> facts =
        [
            $"{PeNames.Machine(pe.Machine)} {(pe.IsLibrary ? "library" : "program")}", PeNames.Subsystem(pe.Subsystem), $"linked {Timestamp.FromSeconds(pe.Compiled).ToString()[..10]}",
        ];
        Add(facts, pe.IsDotNet, ".NET");
        Add(facts, pe.IsSigned, "signature attached");
        Add(facts, pe.Packer is not null, $"section of a packer ({pe.Packer})");
        Add(facts, !pe.UsesAslr, "no ASLR");
        Add(facts, !pe.UsesDep, "no DEP");
        Add(facts, pe.UsesControlFlowGuard, "CFG");
        if (pe.Imports is { } imports)
        {
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{imports.Functions} imports of {imports.Libraries} libraries"));
        }

        Add(facts, pe.ImportHash is not null, $"imphash {pe.ImportHash}");
        Add(facts, pe.Sections.Count > 0, $"sections {string.Join(' ', pe.Sections.Take(MostSections))}");
        return facts;
    }

    private static List<string> Elf(ReadOnlySpan<byte> content)
    {
        if (ElfHead.Read(content) is not { } elf)
        {
            return [];
        }

        string kind = elf.Type switch { 1 => "object", 2 => "program", 3 => "library or program", 4 => "core", _ => "file" };
        List<string> facts = [$"{elf.MachineName} {kind}", elf.IsWide ? "64-bit" : "32-bit", elf.IsBigEndian ? "big-endian" : "little-endian"];
        Add(facts, elf.IsDynamic == false && elf.Type is 2 or 3, elf.Type == 2 ? "static" : "no loader named");
        Add(facts, elf.Sections == 0, "no sections");
        Add(facts, elf.IsUpx, "packed with UPX");
        return facts;
    }

    private static List<string> Zip(ReadOnlySpan<byte> content)
    {
        ZipHead zip = ZipHead.Read(content);
        List<string> facts = [];
        Add(facts, zip.HasMacros, "macros");
        Add(facts, zip.IsEncrypted, "encrypted");
        string[] run = zip.Type is null ? [.. zip.Names.Where(n => s_run.Contains(FileNames.Ending(n))).Take(MostNames)] : [];
        Add(facts, run.Length > 0, $"holds {string.Join(' ', run)}");
        return facts;
    }

    private static List<string> Ole(ReadOnlySpan<byte> content)
    {
        OleHead ole = OleHead.Read(content);
        List<string> facts = [];
        Add(facts, ole.HasMacros, "macros");
        Add(facts, ole.IsEncrypted, "encrypted");
        return facts;
    }

    // RAR 4: bit 4 of a file's header behind the main header.
    private static List<string> Rar(ReadOnlySpan<byte> content)
    {
        if (RarHead.IsLocked(content))
        {
            return ["encrypted names and files"];
        }

        bool isFile = RarHead.HasMainHeader(content) && content.Length >= 27 && content[22] == 0x74 && (BinaryPrimitives.ReadUInt16LittleEndian(content[23..]) & 4) != 0;
        return isFile ? ["encrypted"] : [];
    }

    // 7zFormat.txt: AES is the method 06 F1 07 01. It stands in the header at the end, which is at hand in small archives only.
    private static List<string> SevenZip(ReadOnlySpan<byte> content) => content.IndexOf((ReadOnlySpan<byte>)[0x06, 0xF1, 0x07, 0x01]) >= 0 ? ["encrypted"] : [];

    private static void Add(List<string> facts, bool isSo, string fact)
    {
        if (isSo)
        {
            facts.Add(fact);
        }
    }
}
