using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>The beginning of an LDAPMessage (RFC 4511, 4.1.1): a sequence of a number and an operation.</summary>
/// <param name="Length">How many bytes the message takes.</param>
/// <param name="HeaderLength">How many of them come before the operation's content.</param>
/// <param name="ContentLength">How many bytes the operation's content takes.</param>
/// <param name="MessageId">The number.</param>
/// <param name="Tag">The tag of the operation.</param>
internal readonly record struct LdapHeader(long Length, int HeaderLength, long ContentLength, long MessageId, byte Tag)
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const int MaxHeader = 18;
    private const int ApplicationNumber = 0x1F;

    /// <summary>Gets the operation's application tag.</summary>
    public int Operation => Tag & ApplicationNumber;

    /// <summary>Gets a value indicating whether clients send this operation.</summary>
    public bool IsRequest => Tag is 0x60 or 0x42 or 0x63 or 0x66 or 0x68 or 0x4A or 0x6C or 0x6E or 0x50 or 0x77;

    private bool IsResponse => Tag is 0x61 or 0x64 or 0x65 or 0x67 or 0x69 or 0x6B or 0x6D or 0x6F or 0x73 or 0x78 or 0x79;

    /// <summary>Reads it; Malformed means that it is something else.</summary>
    public static ParseStatus Read(ReadOnlySpan<byte> bytes, out LdapHeader header)
    {
        header = default;
        var reader = new WireReader(bytes);
        byte tag = reader.U8();
        if (!reader.Overrun && tag != Sequence)
        {
            return ParseStatus.Malformed;
        }

        long length = ReadLength(ref reader);
        int start = reader.Position;
        byte number = reader.U8();
        int size = reader.U8();
        if (reader.Overrun)
        {
            return length < 0 || (reader.Position > start && number != Integer) ? ParseStatus.Malformed : ParseStatus.NeedMore;
        }

        if (length < 5 || number != Integer || size is < 1 or > 4)
        {
            return ParseStatus.Malformed;
        }

        long id = 0;
        for (int i = 0; i < size; i++)
        {
            id = (id << 8) | reader.U8();
        }

        byte operation = reader.U8();
        long inner = ReadLength(ref reader);
        if (reader.Overrun)
        {
            return bytes.Length < MaxHeader ? ParseStatus.NeedMore : ParseStatus.Malformed;
        }

        header = new LdapHeader(start + length, reader.Position, inner, id, operation);
        return inner >= 0 && reader.Position + inner <= header.Length && (header.IsRequest || header.IsResponse) ? ParseStatus.Done : ParseStatus.Malformed;
    }

    // Definite lengths of up to four bytes (X.690, 8.1.3); -1 for others.
    private static long ReadLength(ref WireReader reader)
    {
        byte first = reader.U8();
        if (first < 0x80)
        {
            return first;
        }

        int count = first & 0x7F;
        if (count is < 1 or > 4)
        {
            return -1;
        }

        long length = 0;
        for (int i = 0; i < count; i++)
        {
            length = (length << 8) | reader.U8();
        }

        return length;
    }
}
