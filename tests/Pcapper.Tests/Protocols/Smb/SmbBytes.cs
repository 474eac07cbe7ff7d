using System.Text;

namespace Pcapper.Tests.Protocols.Smb;

/// <summary>Builds messages of SMB 1 and 2, each in its session message.</summary>
internal static class SmbBytes
{
    public const uint Success = 0;
    public const uint MoreProcessing = 0xC0000016;
    public const uint AccessDenied = 0xC0000022;
    public const uint LogonFailure = 0xC000006D;
    public const uint Pending = 0x103;

    private const int Header = 64;

    private static readonly byte[] s_fileId = [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Puts messages into the frame of a session message.</summary>
    public static byte[] Framed(params byte[][] messages)
    {
        byte[] all = [.. messages.SelectMany(message => message)];
        return [0, (byte)(all.Length >> 16), (byte)(all.Length >> 8), (byte)all.Length, .. all];
    }

    /// <summary>Puts messages into one compound: each is filled up to a multiple of eight and says how far the next is.</summary>
    public static byte[] Compound(params byte[][] messages)
    {
        var padded = new List<byte[]>();
        for (int i = 0; i < messages.Length; i++)
        {
            byte[] message = i == messages.Length - 1 ? messages[i] : [.. messages[i], .. new byte[-messages[i].Length & 7]];
            if (i < messages.Length - 1)
            {
                Number(message.Length, 4).CopyTo(message, 20);
            }

            padded.Add(message);
        }

        return Framed([.. padded]);
    }

    public static byte[] NegotiateRequest() => Two(0, 0, body: [36, 0, 2, 0, .. new byte[32], 0x10, 2, 0x11, 3]);

    public static byte[] NegotiateResponse(ushort dialect = 0x0311, byte security = 1)
        => Two(0, 0, isResponse: true, session: 0, tree: 0, body: [65, 0, security, 0, (byte)dialect, (byte)(dialect >> 8), 0, 0, .. new byte[16], 7, 0, 0, 0, .. new byte[36]]);

    public static byte[] SessionRequest(ulong message, byte[] token, ulong session = 0x55)
        => Two(1, message, session: session, tree: 0, body: [25, 0, 0, 1, .. new byte[8], Header + 24, 0, .. Number(token.Length, 2), .. new byte[8], .. token]);

    public static byte[] SessionResponse(ulong message, uint status, byte[]? token = null, ulong session = 0x55, byte flags = 0)
        => Two(1, message, isResponse: true, status: status, session: session, tree: 0, body: [9, 0, flags, 0, Header + 8, 0, .. Number(token?.Length ?? 0, 2), .. token ?? [0]]);

    public static byte[] TreeRequest(ulong message, string path)
    {
        byte[] name = Encoding.Unicode.GetBytes(path);
        return Two(3, message, tree: 0, body: [9, 0, 0, 0, Header + 8, 0, .. Number(name.Length, 2), .. name]);
    }

    public static byte[] TreeResponse(ulong message, byte kind = 1, uint status = Success)
        => Two(3, message, isResponse: true, status: status, body: [16, 0, kind, 0, .. new byte[12]]);

    public static byte[] CreateRequest(ulong message, string name, uint options = 0)
    {
        byte[] text = Encoding.Unicode.GetBytes(name);
        return Two(5, message, body: [57, 0, .. new byte[38], .. Number(options, 4), Header + 56, 0, .. Number(text.Length, 2), .. new byte[8], .. text]);
    }

    public static byte[] CreateResponse(ulong message, uint status = Success, long size = 4096, byte[]? file = null)
        => Two(5, message, isResponse: true, status: status, body: status == Success
            ? [89, 0, .. new byte[46], .. Number(size, 8), .. new byte[8], .. file ?? s_fileId, .. new byte[8]]
            : [9, 0, 0, 0, 0, 0, 0, 0, 0]);

    public static byte[] CloseRequest(ulong message, byte[]? file = null) => Two(6, message, body: [24, 0, 0, 0, 0, 0, 0, 0, .. file ?? s_fileId]);

    public static byte[] CloseResponse(ulong message) => Two(6, message, isResponse: true, body: [60, 0, .. new byte[58]]);

    public static byte[] ReadRequest(ulong message, long offset, int length)
        => Two(8, message, body: [49, 0, 0, 0, .. Number(length, 4), .. Number(offset, 8), .. s_fileId, .. new byte[17]]);

    public static byte[] ReadResponse(ulong message, byte[] data)
        => Two(8, message, isResponse: true, body: [17, 0, Header + 16, 0, .. Number(data.Length, 4), .. new byte[8], .. data]);

    public static byte[] WriteRequest(ulong message, long offset, byte[] data)
        => Two(9, message, body: [49, 0, Header + 48, 0, .. Number(data.Length, 4), .. Number(offset, 8), .. s_fileId, .. new byte[16], .. data]);

    public static byte[] WriteResponse(ulong message) => Two(9, message, isResponse: true, body: [17, 0, .. new byte[15]]);

    public static byte[] TransceiveRequest(ulong message, byte[] data)
        => Two(11, message, body: [57, 0, 0, 0, 0x17, 0xC0, 0x11, 0, .. s_fileId, Header + 56, 0, 0, 0, .. Number(data.Length, 4), .. new byte[24], .. data]);

    public static byte[] TransceiveResponse(ulong message, byte[] data, uint status = Success)
        => Two(11, message, isResponse: true, status: status, body: [49, 0, 0, 0, 0x17, 0xC0, 0x11, 0, .. s_fileId, .. new byte[8], Header + 48, 0, 0, 0, .. Number(data.Length, 4), .. new byte[8], .. data]);

    public static byte[] RenameRequest(ulong message, string name)
    {
        byte[] text = Encoding.Unicode.GetBytes(name);
        byte[] information = [.. new byte[16], .. Number(text.Length, 4), .. text];
        return Set(message, 10, information);
    }

    public static byte[] DeleteRequest(ulong message) => Set(message, 13, [1]);

    public static byte[] SetResponse(ulong message) => Two(17, message, isResponse: true, body: [2, 0]);

    /// <summary>A message of SMB 2.</summary>
    public static byte[] Two(
        ushort command, ulong message, bool isResponse = false, uint status = Success, ulong session = 0x55, uint tree = 7, bool isRelated = false, bool isAsync = false, byte[]? body = null) =>
    [
        0xFE, (byte)'S', (byte)'M', (byte)'B', 64, 0, 1, 0, .. Number(status, 4), .. Number(command, 2), 1, 0,
        (byte)((isResponse ? 1 : 0) | (isAsync ? 2 : 0) | (isRelated ? 4 : 0)), 0, 0, 0, 0, 0, 0, 0, .. Number((long)message, 8),
        .. isAsync ? Number(0x99, 8) : [0xFF, 0xFE, 0, 0, .. Number(tree, 4)], .. Number((long)session, 8), .. new byte[16], .. body ?? [],
    ];

    /// <summary>A message of SMB 1 with its only or first block.</summary>
    public static byte[] One(byte command, byte[] words, byte[] bytes, bool isResponse = false, uint status = Success, ushort tree = 1, ushort multiplex = 1) =>
    [
        0xFF, (byte)'S', (byte)'M', (byte)'B', command, .. Number(status, 4), (byte)(isResponse ? 0x98 : 0x18), 0x07, 0xC8, .. new byte[12],
        .. Number(tree, 2), 0x34, 0x12, 0, 8, .. Number(multiplex, 2), (byte)(words.Length / 2), .. words, .. Number(bytes.Length, 2), .. bytes,
    ];

    public static byte[] Number(long value, int bytes) => BitConverter.GetBytes(value)[..bytes];

    private static byte[] Set(ulong message, byte what, byte[] information)
        => Two(17, message, body: [33, 0, 1, what, .. Number(information.Length, 4), Header + 32, 0, 0, 0, 0, 0, 0, 0, .. s_fileId, .. information]);
}
