using System.Text;
using static Pcapper.Tests.Building.FrameBuilder;

namespace Pcapper.Tests.Protocols.Netbios;

/// <summary>NetBIOS messages as bytes.</summary>
internal static class NetbiosBytes
{
    public const ushort Query = 0x0110;
    public const ushort Answer = 0x8500;
    public const ushort Registration = 0x2910;

    /// <summary>A name in both encodings, without a scope.</summary>
    public static byte[] Name(string name, byte suffix)
    {
        byte[] plain = name == "*" ? [(byte)'*', .. new byte[15]] : [.. Encoding.Latin1.GetBytes(name.PadRight(15)), suffix];
        return [32, .. plain.SelectMany(b => (byte[])[(byte)('A' + (b >> 4)), (byte)('A' + (b & 0xF))]), 0];
    }

    /// <summary>A question.</summary>
    public static byte[] Asks(string name, byte suffix = 0x20, ushort type = 0x20, ushort flags = Query)
        => [.. Header(flags, 1, 0, 0), .. Name(name, suffix), .. Big(type, 2), 0, 1];

    /// <summary>An answer with one owner.</summary>
    public static byte[] Answers(string name, uint address, byte suffix = 0x20, ushort flags = Answer, ushort nameFlags = 0)
        => [.. Header(flags, 0, 1, 0), .. Name(name, suffix), 0, 0x20, 0, 1, .. Big(300, 4), 0, 6, .. Big(nameFlags, 2), .. Big(address, 4)];

    /// <summary>A claim: the question, and the owner in a record whose name is a pointer to it.</summary>
    public static byte[] Claims(string name, uint address, byte suffix = 0x00, ushort nameFlags = 0, ushort flags = Registration)
        => [.. Header(flags, 1, 0, 1), .. Name(name, suffix), 0, 0x20, 0, 1, 0xC0, 12, 0, 0x20, 0, 1, .. Big(300_000, 4), 0, 6, .. Big(nameFlags, 2), .. Big(address, 4)];

    /// <summary>A node status response.</summary>
    public static byte[] Status(ulong mac, params (string Name, byte Suffix, ushort Flags)[] names)
    {
        byte[] data = [(byte)names.Length, .. names.SelectMany(n => (byte[])[.. Encoding.Latin1.GetBytes(n.Name.PadRight(15)), n.Suffix, .. Big(n.Flags, 2)]), .. Big(mac, 6), .. new byte[40]];
        return [.. Header(0x8400, 0, 1, 0), .. Name("*", 0), 0, 0x21, 0, 1, 0, 0, 0, 0, .. Big((ulong)data.Length, 2), .. data];
    }

    /// <summary>A datagram to a group with a browser message in a mailslot transaction.</summary>
    public static byte[] Datagram(string from, uint address, string to, byte[] message)
    {
        byte[] mailslot = [.. @"\MAILSLOT\BROWSE"u8, 0];
        const int Before = 32 + 1 + 34 + 2;
        byte[] smb =
        [
            0xFF, .. "SMB"u8, 0x25, .. new byte[27], 17, .. new byte[22], (byte)message.Length, 0, (byte)(Before + mailslot.Length), 0,
            3, 0, 1, 0, 0, 0, 2, 0, (byte)(mailslot.Length + message.Length), 0, .. mailslot, .. message,
        ];
        byte[] names = [.. Name(from, 0x00), .. Name(to, 0x1D)];
        return [0x11, 0x02, 0x12, 0x34, .. Big(address, 4), 0, 138, .. Big((ulong)(names.Length + smb.Length), 2), 0, 0, .. names, .. smb];
    }

    /// <summary>A browser's announcement.</summary>
    public static byte[] Announcement(byte command, string name, uint type, string comment)
        => [command, 1, 0x80, 0xFC, 0x0A, 0, .. Encoding.Latin1.GetBytes(name.PadRight(16, '\0')), 10, 0, (byte)type, (byte)(type >> 8), (byte)(type >> 16), (byte)(type >> 24), 15, 1, 0x55, 0xAA, .. Encoding.Latin1.GetBytes(comment), 0];

    private static byte[] Header(ushort flags, int questions, int answers, int additionals)
        => [0x12, 0x34, .. Big(flags, 2), 0, (byte)questions, 0, (byte)answers, 0, 0, 0, (byte)additionals];
}
