using System.Buffers.Binary;
using System.Globalization;

namespace Pcapper.Modules.FileTypes;

/// <summary>What the header of an ELF file says (System V ABI, chapters 4 and 5).</summary>
internal sealed record ElfHead
{
    private const int MostSegments = 128;
    private const uint Interpreter = 3;

    /// <summary>Gets a value indicating whether it is for 64 bits.</summary>
    public required bool IsWide { get; init; }

    /// <summary>Gets a value indicating whether numbers begin with their high byte.</summary>
    public required bool IsBigEndian { get; init; }

    /// <summary>Gets the type: 1 object, 2 program, 3 library or position-independent program, 4 core.</summary>
    public required ushort Type { get; init; }

    /// <summary>Gets the machine's number.</summary>
    public required ushort Machine { get; init; }

    /// <summary>Gets how many sections it has; none is the mark of one that was stripped of them.</summary>
    public required ushort Sections { get; init; }

    /// <summary>Gets a value indicating whether it names a loader; one that does not is linked statically. Null if that is not at hand.</summary>
    public required bool? IsDynamic { get; init; }

    /// <summary>Gets a value indicating whether the mark of the packer UPX is in it.</summary>
    public required bool IsUpx { get; init; }

    /// <summary>Gets the name of its machine.</summary>
    public string MachineName => Machine switch
    {
        2 => "SPARC",
        3 => "x86",
        4 => "68k",
        8 => "MIPS",
        20 => "PowerPC",
        21 => "PowerPC64",
        22 => "S390",
        40 => "ARM",
        42 => "SuperH",
        43 => "SPARC64",
        62 => "x86-64",
        93 => "ARC",
        183 => "AArch64",
        243 => "RISC-V",
        247 => "eBPF",
        258 => "LoongArch",
        _ => string.Create(CultureInfo.InvariantCulture, $"machine {Machine}"),
    };

    /// <summary>Reads the header, or gives null if it is no ELF file.</summary>
    public static ElfHead? Read(ReadOnlySpan<byte> content)
    {
        if (content.Length < 64 || !content.StartsWith("\u007fELF"u8) || content[4] is not (1 or 2) || content[5] is not (1 or 2))
        {
            return null;
        }

        bool isWide = content[4] == 2;
        bool isBig = content[5] == 2;
        return new ElfHead
        {
            IsWide = isWide,
            IsBigEndian = isBig,
            Type = Short(content, 16, isBig),
            Machine = Short(content, 18, isBig),
            Sections = Short(content, isWide ? 60 : 48, isBig),
            IsDynamic = HasInterpreter(content, isWide, isBig),
            IsUpx = content.IndexOf("UPX!"u8) >= 0,
        };
    }

    private static bool? HasInterpreter(ReadOnlySpan<byte> content, bool isWide, bool isBig)
    {
        long at = isWide ? (long)Math.Min(Long(content, 32, isBig), int.MaxValue) : Word(content, 28, isBig);
        int length = Short(content, isWide ? 54 : 42, isBig);
        int count = Short(content, isWide ? 56 : 44, isBig);
        if (length < 4 || count > MostSegments || at + ((long)length * count) > content.Length)
        {
            return null;
        }

        for (int i = 0; i < count; i++)
        {
            if (Word(content, (int)at + (length * i), isBig) == Interpreter)
            {
                return true;
            }
        }

        return false;
    }

    private static ushort Short(ReadOnlySpan<byte> content, int at, bool isBig) => isBig ? BinaryPrimitives.ReadUInt16BigEndian(content[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(content[at..]);

    private static uint Word(ReadOnlySpan<byte> content, int at, bool isBig) => isBig ? BinaryPrimitives.ReadUInt32BigEndian(content[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(content[at..]);

    private static ulong Long(ReadOnlySpan<byte> content, int at, bool isBig) => isBig ? BinaryPrimitives.ReadUInt64BigEndian(content[at..]) : BinaryPrimitives.ReadUInt64LittleEndian(content[at..]);
}
