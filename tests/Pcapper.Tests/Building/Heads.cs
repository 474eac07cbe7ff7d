using System.Buffers.Binary;
using System.Text;

namespace Pcapper.Tests.Building;

/// <summary>First bytes of files, made by their specifications.</summary>
internal static class Heads
{
    /// <summary>A 32-bit Windows program with one section that holds an import of one function.</summary>
    public static byte[] Pe(bool isLibrary = false, string section = ".text", ushort characteristics = 0x140)
    {
        byte[] file = new byte[0x400];
        "MZ"u8.CopyTo(file);
        file[60] = 0x80;
        Span<byte> at = file.AsSpan(0x80);
        "PE\0\0"u8.CopyTo(at);
        Little16(at, 4, 0x14C);
        Little16(at, 6, 1);
        Little32(at, 8, 1_600_000_000);
        Little16(at, 20, 224);                                     // optional header
        Little16(at, 22, (ushort)(isLibrary ? 0x2102 : 0x102));
        Span<byte> optional = at[24..];
        Little16(optional, 0, 0x10B);
        Little16(optional, 40, 5);                                 // system 5.1
        Little16(optional, 42, 1);
        Little16(optional, 68, 3);                                 // console
        Little16(optional, 70, characteristics);
        Little32(optional, 92, 16);
        Little32(optional, 96 + 8, 0x1000);                        // import table
        Little32(optional, 96 + 12, 40);
        Span<byte> header = optional[224..];
        Encoding.ASCII.GetBytes(section, header);
        Little32(header, 8, 0x200);
        Little32(header, 12, 0x1000);
        Little32(header, 16, 0x200);
        Little32(header, 20, 0x200);
        Span<byte> data = file.AsSpan(0x200);
        Little32(data, 0, 0x1040);                                 // names of functions
        Little32(data, 12, 0x1060);                                // name of the library
        Little32(data, 16, 0x1050);
        Little32(data, 0x40, 0x1080);
        Encoding.ASCII.GetBytes("KERNEL32.dll", data[0x60..]);
        Encoding.ASCII.GetBytes("ExitProcess", data[0x82..]);
        return file;
    }

    /// <summary>A 32-bit ARM program without a loader and without sections.</summary>
    public static byte[] Elf()
    {
        byte[] file = new byte[128];
        byte[] start = [0x7F, 0x45, 0x4C, 0x46, 1, 1, 1];
        start.CopyTo(file, 0);
        Little16(file, 16, 2);
        Little16(file, 18, 40);
        Little32(file, 28, 52);                                    // program headers
        Little16(file, 42, 32);
        Little16(file, 44, 1);
        Little32(file, 52, 1);
        return file;
    }

    /// <summary>The local entries of a ZIP archive.</summary>
    public static byte[] Zip(ushort flags, params (string Name, string Content)[] entries)
    {
        var bytes = new List<byte>();
        foreach ((string name, string content) in entries)
        {
            byte[] header = new byte[30];
            "PK\x03\x04"u8.CopyTo(header);
            Little16(header, 6, flags);
            Little32(header, 18, (uint)content.Length);
            Little32(header, 22, (uint)content.Length);
            Little16(header, 26, (ushort)name.Length);
            bytes.AddRange([.. header, .. Hex.Text(name), .. Hex.Text(content)]);
        }

        return [.. bytes];
    }

    /// <summary>A compound file of 512-byte sectors, the first of which is its directory.</summary>
    public static byte[] Ole(byte[]? rootClass, params string[] names)
    {
        byte[] file = new byte[512 + 1024];
        byte[] start = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        start.CopyTo(file, 0);
        Little16(file, 30, 9);
        int at = 512;
        foreach (string name in (string[])["Root Entry", .. names])
        {
            Encoding.Unicode.GetBytes(name).CopyTo(file, at);
            Little16(file, at + 64, (ushort)((name.Length + 1) * 2));
            file[at + 66] = (byte)(at == 512 ? 5 : 2);
            if (at == 512)
            {
                rootClass?.CopyTo(file, at + 80);
            }

            at += 128;
        }

        return file;
    }

    private static void Little16(Span<byte> bytes, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], value);

    private static void Little32(Span<byte> bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], value);
}
