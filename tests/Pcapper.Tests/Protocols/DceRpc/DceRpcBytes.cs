using System.Buffers.Binary;
using System.Text;

namespace Pcapper.Tests.Protocols.DceRpc;

/// <summary>Builds connection-oriented packets, little-endian.</summary>
internal static class DceRpcBytes
{
    public const string ServiceControl = "367abb81-9844-35f1-ad32-98f038001003";

    public static byte[] Bind(string interfaceId = ServiceControl, ushort context = 0) => Packet(11, 1,
    [
        0xB8, 0x10, 0xB8, 0x10, 0, 0, 0, 0,       // fragment sizes, group
        1, 0, 0, 0,                               // one context
        (byte)context, (byte)(context >> 8), 1, 0,
        .. new Guid(interfaceId).ToByteArray(), 2, 0, 0, 0,
        .. new Guid("8a885d04-1ceb-11c9-9fe8-08002b104860").ToByteArray(), 2, 0, 0, 0,
    ]);

    public static byte[] BindAck() => Packet(12, 1, [0xB8, 0x10, 0xB8, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, .. new byte[24]]);

    public static byte[] Request(ushort operation, byte[]? arguments = null, uint call = 2, ushort context = 0)
        => Packet(0, call, [0, 0, 0, 0, (byte)context, (byte)(context >> 8), (byte)operation, (byte)(operation >> 8), .. arguments ?? []]);

    public static byte[] Response(uint call = 2, byte[]? answer = null) => Packet(2, call, [0, 0, 0, 0, 0, 0, 0, 0, .. answer ?? [0, 0, 0, 0]]);

    public static byte[] Fault(uint status, uint call = 2) => Packet(3, call, [0, 0, 0, 0, 0, 0, 0, 0, .. Little(status), 0, 0, 0, 0]);

    public static byte[] Auth3() => Packet(16, 1, [0, 0, 0, 0]);

    /// <summary>The same packet with a trailer for a security context (MS-RPCE, 2.2.2.11).</summary>
    public static byte[] Secured(byte[] packet, byte[] token, uint context, byte level = 2)
    {
        byte[] whole = [.. packet, 10, level, 0, 0, .. Little(context), .. token];
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(8), (ushort)whole.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(10), (ushort)token.Length);
        return whole;
    }

    /// <summary>The same packet as one part of several.</summary>
    public static byte[] Part(byte[] packet, bool isFirst, bool isLast)
    {
        packet[3] = (byte)((isFirst ? 1 : 0) | (isLast ? 2 : 0));
        return packet;
    }

    /// <summary>The arguments of CreateServiceW.</summary>
    public static byte[] CreateService(string name, string program) =>
    [
        .. new byte[20], .. Text(name), .. Little(0), .. Little(0xF01FF), .. Little(0x10), .. Little(3), .. Little(0), .. Text(program), .. new byte[28],
    ];

    /// <summary>The answer of DsrEnumerateDomainTrusts; a name that is empty is a null pointer.</summary>
    public static byte[] Domains(params (string Netbios, string Dns, uint Flags, uint Attributes)[] domains)
    {
        byte[] Pointer(string text) => Little(text.Length == 0 ? 0u : 0x20000u);
        byte[] sid = [.. Little(4), 1, 4, 0, 0, 0, 0, 0, 5, .. new byte[16]];
        return
        [
            .. Little((uint)domains.Length), .. Little(0x20000), .. Little((uint)domains.Length),
            .. domains.SelectMany(d => (byte[])[.. Pointer(d.Netbios), .. Pointer(d.Dns), .. Little(d.Flags), .. Little(0), .. Little(2), .. Little(d.Attributes), .. Little(0x20000), .. new byte[16]]),
            .. domains.SelectMany(d => (byte[])[.. d.Netbios.Length == 0 ? [] : Text(d.Netbios), .. d.Dns.Length == 0 ? [] : Text(d.Dns), .. sid]),
            .. Little(0),
        ];
    }

    /// <summary>A string with its sizes, filled up to a multiple of four bytes.</summary>
    public static byte[] Text(string text)
    {
        byte[] characters = Encoding.Unicode.GetBytes(text + "\0");
        var length = (uint)(text.Length + 1);
        return [.. Little(length), .. Little(0), .. Little(length), .. characters, .. new byte[-characters.Length & 3]];
    }

    public static byte[] Little(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Packet(byte type, uint call, byte[] body)
    {
        int length = 16 + body.Length;
        return [5, 0, type, 3, 0x10, 0, 0, 0, (byte)length, (byte)(length >> 8), 0, 0, .. Little(call), .. body];
    }
}
