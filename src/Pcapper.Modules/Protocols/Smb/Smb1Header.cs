using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The header of each message of SMB 1 (MS-CIFS, 2.2.3.1).</summary>
internal readonly record struct Smb1Header
{
    /// <summary>How many bytes it takes.</summary>
    public const int Size = 32;

    private const byte FromServer = 0x80;
    private const ushort NtStatus = 0x4000;
    private const ushort UnicodeTexts = 0x8000;
    private const uint AnyFailure = 0xC0000001;   // STATUS_UNSUCCESSFUL

    /// <summary>Gets the command.</summary>
    public Smb1Command Command { get; private init; }

    /// <summary>Gets the NTSTATUS; the old codes of DOS count as "unsuccessful".</summary>
    public uint Status { get; private init; }

    /// <summary>Gets a value indicating whether this is a response.</summary>
    public bool IsResponse { get; private init; }

    /// <summary>Gets a value indicating whether texts are UTF-16.</summary>
    public bool IsUnicode { get; private init; }

    /// <summary>Gets the share.</summary>
    public ushort Tree { get; private init; }

    /// <summary>Gets the process that asks.</summary>
    public ushort Process { get; private init; }

    /// <summary>Gets the session.</summary>
    public ushort User { get; private init; }

    /// <summary>Gets the number that pairs a response with its request.</summary>
    public ushort Multiplex { get; private init; }

    /// <summary>Reads a header; false if the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Smb1Header header)
    {
        var reader = new WireReader(bytes);
        bool isMarked = reader.Take(4) is [0xFF, (byte)'S', (byte)'M', (byte)'B'];
        var command = (Smb1Command)reader.U8();
        uint status = reader.U32Little();
        byte flags = reader.U8();
        ushort flags2 = reader.U16Little();
        reader.Skip(12);
        header = new Smb1Header
        {
            Command = command,
            Status = (flags2 & NtStatus) != 0 || status == 0 ? status : AnyFailure,
            IsResponse = (flags & FromServer) != 0,
            IsUnicode = (flags2 & UnicodeTexts) != 0,
            Tree = reader.U16Little(),
            Process = reader.U16Little(),
            User = reader.U16Little(),
            Multiplex = reader.U16Little(),
        };
        return isMarked && !reader.Overrun;
    }
}
