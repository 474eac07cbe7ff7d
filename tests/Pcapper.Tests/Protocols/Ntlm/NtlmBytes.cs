using System.Buffers.Binary;
using System.Text;

namespace Pcapper.Tests.Protocols.Ntlm;

/// <summary>Builds NTLM messages.</summary>
internal static class NtlmBytes
{
    private const int AuthenticateHeader = 72;   // without a MIC

    public static byte[] Negotiate { get; } = [.. "NTLMSSP\0"u8, 1, 0, 0, 0, 7, 0x82, 8, 0xA2, .. new byte[24]];

    /// <summary>A challenge of the server FILES in the domain EXAMPLE.</summary>
    public static byte[] Challenge(ulong challenge = 0x0123456789ABCDEF, bool tellsTime = false)
    {
        byte[] target = Unicode("EXAMPLE");
        byte[] info =
        [
            .. Pair(2, Unicode("EXAMPLE")), .. Pair(1, Unicode("FILES")), .. Pair(4, Unicode("corp.example")), .. Pair(3, Unicode("files.corp.example")),
            .. Pair(5, Unicode("corp.example")), .. tellsTime ? Pair(7, Little(133_000_000_000_000_000)) : [], .. Pair(0, []),
        ];
        const int header = 56;
        var number = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, challenge);
        return
        [
            .. "NTLMSSP\0"u8, 2, 0, 0, 0, .. Field(target.Length, header), 5, 0x82, 0x89, 0xA2, .. number, .. new byte[8],
            .. Field(info.Length, header + target.Length), .. new byte[8], .. target, .. info,
        ];
    }

    /// <summary>A response of a user.</summary>
    public static byte[] Authenticate(string user, byte[] lm, byte[] nt, string domain = "EXAMPLE", string workstation = "WS-ANNA")
    {
        byte[][] parts = [lm, nt, Unicode(domain), Unicode(user), Unicode(workstation), []];
        int offset = AuthenticateHeader;
        var fields = new List<byte>();
        foreach (byte[] part in parts)
        {
            fields.AddRange(Field(part.Length, offset));
            offset += part.Length;
        }

        return [.. "NTLMSSP\0"u8, 3, 0, 0, 0, .. fields, 5, 0x82, 0x88, 0xA2, .. new byte[8], .. parts.SelectMany(part => part)];
    }

    /// <summary>An NTLMv2 response: proof, blob, AV pairs.</summary>
    public static byte[] Version2(uint flags = 2, string? target = "cifs/files.corp.example", byte proof = 0xAA) =>
    [
        .. Enumerable.Repeat(proof, 16), 1, 1, 0, 0, 0, 0, 0, 0, .. Little(133_000_000_000_000_000), .. new byte[8], 0, 0, 0, 0,
        .. Pair(1, Unicode("FILES")), .. Pair(6, [(byte)flags, 0, 0, 0]), .. target is null ? [] : Pair(9, Unicode(target)), .. Pair(0, []), 0, 0, 0, 0,
    ];

    public static byte[] Unicode(string text) => Encoding.Unicode.GetBytes(text);

    private static byte[] Field(int length, int offset) => [(byte)length, (byte)(length >> 8), (byte)length, (byte)(length >> 8), (byte)offset, (byte)(offset >> 8), 0, 0];

    private static byte[] Pair(byte id, byte[] value) => [id, 0, (byte)value.Length, (byte)(value.Length >> 8), .. value];

    private static byte[] Little(long value) => BitConverter.GetBytes(value);
}
