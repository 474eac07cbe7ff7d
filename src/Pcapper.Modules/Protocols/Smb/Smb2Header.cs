using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The header of each message of SMB 2 and 3 (MS-SMB2, 2.2.1).</summary>
internal readonly record struct Smb2Header
{
    /// <summary>How many bytes it takes.</summary>
    public const int Size = 64;

    private const uint FromServer = 1;
    private const uint Async = 2;
    private const uint Related = 4;

    /// <summary>Gets the NTSTATUS of a response.</summary>
    public uint Status { get; private init; }

    /// <summary>Gets the command.</summary>
    public Smb2Command Command { get; private init; }

    /// <summary>Gets the flags.</summary>
    public uint Flags { get; private init; }

    /// <summary>Gets how many bytes further the next message of a compound begins, or 0.</summary>
    public uint Next { get; private init; }

    /// <summary>Gets the number that pairs a response with its request.</summary>
    public ulong Message { get; private init; }

    /// <summary>Gets the share, unless asynchronous.</summary>
    public uint Tree { get; init; }

    /// <summary>Gets the session.</summary>
    public ulong Session { get; init; }

    /// <summary>Gets a value indicating whether this is a response.</summary>
    public bool IsResponse => (Flags & FromServer) != 0;

    /// <summary>Gets a value indicating whether the request works on: it names no share.</summary>
    public bool IsAsync => (Flags & Async) != 0;

    /// <summary>Gets a value indicating whether session, share and file are those of the message before.</summary>
    public bool IsRelated => (Flags & Related) != 0;

    /// <summary>Reads a header; false if the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Smb2Header header)
    {
        var reader = new WireReader(bytes);
        bool isMarked = reader.Take(4) is [0xFE, (byte)'S', (byte)'M', (byte)'B'];
        bool isSized = reader.U16Little() == Size;
        reader.Skip(2);   // credits that the message costs
        uint status = reader.U32Little();
        var command = (Smb2Command)reader.U16Little();
        reader.Skip(2);   // credits asked for or granted
        uint flags = reader.U32Little();
        uint next = reader.U32Little();
        ulong message = reader.U64Little();
        reader.Skip(4);
        uint tree = reader.U32Little();
        ulong session = reader.U64Little();
        reader.Skip(16);
        header = new Smb2Header { Status = status, Command = command, Flags = flags, Next = next, Message = message, Tree = tree, Session = session };
        return isMarked && isSized && !reader.Overrun;
    }
}
