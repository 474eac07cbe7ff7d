using System.Text;
using static Pcapper.Tests.Building.FrameBuilder;

namespace Pcapper.Tests.Protocols.Dns;

/// <summary>DNS messages as bytes.</summary>
internal static class DnsBytes
{
    public const ushort A = 1;
    public const ushort Txt = 16;

    /// <summary>A name without compression.</summary>
    public static byte[] Name(string name)
        => [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.Latin1.GetBytes(label)]), 0];

    public static byte[] Query(string name, ushort type = A, ushort id = 7, ushort flags = 0x0100, ushort @class = 1)
        => [.. Header(id, flags, 1, 0), .. Name(name), .. Big(type, 2), .. Big(@class, 2)];

    /// <summary>A response whose records own the question's name by a pointer.</summary>
    public static byte[] Response(string name, ushort type, ushort id, ushort flags, params byte[][] records)
        => [.. Header(id, flags, 1, records.Length), .. Name(name), .. Big(type, 2), .. Big(1, 2), .. records.SelectMany(r => r)];

    public static byte[] Address(uint address, uint ttl = 60) => Record(A, Big(address, 4), ttl);

    public static byte[] Record(ushort type, byte[] data, uint ttl = 60, ushort @class = 1)
        => [0xC0, 12, .. Big(type, 2), .. Big(@class, 2), .. Big(ttl, 4), .. Big((ulong)data.Length, 2), .. data];

    /// <summary>A message with the length in front, as over TCP.</summary>
    public static byte[] Framed(byte[] message) => [.. Big((ulong)message.Length, 2), .. message];

    private static byte[] Header(ushort id, ushort flags, int questions, int answers)
        => [.. Big(id, 2), .. Big(flags, 2), .. Big((ulong)questions, 2), .. Big((ulong)answers, 2), 0, 0, 0, 0];
}
