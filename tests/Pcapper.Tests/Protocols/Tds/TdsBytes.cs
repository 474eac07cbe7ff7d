using System.Buffers.Binary;
using System.Text;

namespace Pcapper.Tests.Protocols.Tds;

/// <summary>Builds TDS packets (MS-TDS, 2.2).</summary>
internal static class TdsBytes
{
    private const int Fixed = 94;

    public static byte[] PreLogin { get; } = Packet(0x12, [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 15, 0, 7, 0xD0, 0, 0, 2]);

    public static byte[] PreLoginAnswer { get; } = Packet(4, [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 15, 0, 8, 0x62, 0, 0, 2]);

    public static byte[] Packet(byte type, byte[] body, bool isLast = true) => [type, (byte)(isLast ? 1 : 0), (byte)((body.Length + 8) >> 8), (byte)(body.Length + 8), 0, 0, 1, 0, .. body];

    /// <summary>A login; the password's bytes are turned and masked as clients do.</summary>
    public static byte[] Login(string user, string password, string database = "", byte[]? token = null)
    {
        byte[] hidden = [.. Encoding.Unicode.GetBytes(password).Select(b => (byte)(((b << 4) | (b >> 4)) ^ 0xA5))];
        byte[][] fields = [Encoding.Unicode.GetBytes("WS1"), Encoding.Unicode.GetBytes(user), hidden, Encoding.Unicode.GetBytes("sqlcmd"), [], [], [], [], Encoding.Unicode.GetBytes(database)];
        var body = new byte[Fixed];
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), 0x74000004);
        var data = new List<byte>();
        for (int i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(36 + (i * 4)), (ushort)(Fixed + data.Count));
            BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(38 + (i * 4)), (ushort)(fields[i].Length / 2));
            data.AddRange(fields[i]);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(78), (ushort)(Fixed + data.Count));
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(80), (ushort)(token?.Length ?? 0));
        data.AddRange(token ?? []);
        BinaryPrimitives.WriteUInt32LittleEndian(body, (uint)(Fixed + data.Count));
        return Packet(0x10, [.. body, .. data]);
    }

    public static byte[] LetIn { get; } = Packet(4, [.. Token(0xE3, [1, 0, 0]), .. Token(0xAD, [1, 0x74, 0, 0, 4, 3, .. Encoding.Unicode.GetBytes("SQL"), 15, 0, 8, 0x62]), 0xFD, 0, 0, 0, 0, 0, 0, 0, 0]);

    public static byte[] Refused { get; } = Packet(4, [.. Token(0xAA, [0x18, 0x48, 0, 0, 1, 14, 0, 0]), 0xFD, 2, 0, 0, 0, 0, 0, 0, 0]);

    public static byte[] Token(byte type, byte[] content) => [type, (byte)content.Length, (byte)(content.Length >> 8), .. content];
}
