using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tds;

/// <summary>A login of version 7 and later (MS-TDS, 2.2.6.4).</summary>
internal sealed record TdsLogin
{
    private const int OffsetsAt = 36;
    private const byte Mask = 0xA5;

    /// <summary>Gets the client's name for itself, raw.</summary>
    public required string Host { get; init; }

    /// <summary>Gets the user, raw; empty if Windows logs in.</summary>
    public required string User { get; init; }

    /// <summary>Gets the password, raw.</summary>
    public required string Password { get; init; }

    /// <summary>Gets the program, raw.</summary>
    public required string Application { get; init; }

    /// <summary>Gets the database, raw.</summary>
    public required string Database { get; init; }

    /// <summary>Gets the SSPI token; empty if there is none.</summary>
    public required byte[] Token { get; init; }

    /// <summary>Reads a login; null if it is none.</summary>
    public static TdsLogin? Read(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        uint length = reader.U32Little();
        uint version = reader.U32Little();
        reader.Skip(OffsetsAt - 8);
        ReadOnlySpan<byte> host = Text(ref reader, body);
        ReadOnlySpan<byte> user = Text(ref reader, body);
        ReadOnlySpan<byte> password = Text(ref reader, body);
        ReadOnlySpan<byte> application = Text(ref reader, body);
        reader.Skip(4 * 4);
        ReadOnlySpan<byte> database = Text(ref reader, body);
        reader.Skip(6);
        ReadOnlySpan<byte> token = Field(ref reader, body, 1);
        return reader.Overrun || !IsVersion(version) || length > body.Length ? null : new TdsLogin
        {
            Host = Utf16Text.Decode(host),
            User = Utf16Text.Decode(user),
            Password = Utf16Text.Decode(Reveal(password)),
            Application = Utf16Text.Decode(application),
            Database = Utf16Text.Decode(database),
            Token = token.ToArray(),
        };
    }

    /// <summary>Tells whether a number is a version of TDS 7 or 8, as clients give it.</summary>
    public static bool IsVersion(uint version) => version >> 24 is >= 0x70 and <= 0x74 or 0x08;

    private static ReadOnlySpan<byte> Text(ref WireReader reader, ReadOnlySpan<byte> body) => Field(ref reader, body, 2);

    private static ReadOnlySpan<byte> Field(ref WireReader reader, ReadOnlySpan<byte> body, int size)
    {
        int offset = reader.U16Little();
        int length = reader.U16Little() * size;
        var field = new WireReader(body);
        field.Skip(offset);
        return field.Take(length);
    }

    // The two halves of each byte are exchanged, and the byte is masked (MS-TDS, 2.2.6.4).
    private static byte[] Reveal(ReadOnlySpan<byte> password)
    {
        byte[] text = password.ToArray();
        for (int i = 0; i < text.Length; i++)
        {
            int b = text[i] ^ Mask;
            text[i] = (byte)((b << 4) | (b >> 4));
        }

        return text;
    }
}
