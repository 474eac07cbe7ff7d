using System.Formats.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Asn1;

/// <summary>Walks over sibling ASN.1 elements of untrusted bytes without ever throwing; a failure stays.</summary>
internal ref struct DerReader(ReadOnlySpan<byte> bytes)
{
    private const int LongTag = 0x1F;
    private const int Constructed = 0x20;
    private const int LongLength = 0x80;
    private const int MaxTag = 0xFFFF;
    private const int MaxLength = 0x7FFFFF;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Gets a value indicating whether something was no element, or not the one expected.</summary>
    public bool Failed { get; private set; }

    /// <summary>Gets a value indicating whether another element may follow.</summary>
    public readonly bool HasMore => !Failed && !_rest.IsEmpty;

    /// <summary>Reads the next element; if there is none, fails and gives an empty one.</summary>
    public DerElement Next()
    {
        var reader = new WireReader(_rest);
        Asn1Tag tag = ReadTag(ref reader);
        int length = ReadLength(ref reader);
        ReadOnlySpan<byte> content = reader.Take(length);
        Failed |= reader.Overrun || length < 0;
        if (Failed)
        {
            return default;
        }

        var element = new DerElement { Tag = tag, Content = content, Encoded = _rest[..reader.Position] };
        _rest = reader.Rest;
        return element;
    }

    /// <summary>Reads the next element, which must have this universal tag; gives its content.</summary>
    public ReadOnlySpan<byte> Next(UniversalTagNumber expected)
    {
        DerElement element = Next();
        Failed |= element.Universal != (int)expected;
        return Failed ? default : element.Content;
    }

    /// <summary>Reads the next element if it has this universal tag; otherwise leaves it.</summary>
    public bool TryNext(UniversalTagNumber expected, out ReadOnlySpan<byte> content)
    {
        DerElement element = Peek();
        bool found = !Failed && !element.Encoded.IsEmpty && element.Universal == (int)expected;
        content = found ? Next().Content : default;
        return found;
    }

    /// <summary>Reads the next element if it has this context-specific tag; otherwise leaves it.</summary>
    public bool TryNextContext(int number, out ReadOnlySpan<byte> content)
    {
        DerElement element = Peek();
        bool found = !Failed && !element.Encoded.IsEmpty && element.Context == number;
        content = found ? Next().Content : default;
        return found;
    }

    // X.690, 8.1.2
    private static Asn1Tag ReadTag(ref WireReader reader)
    {
        byte first = reader.U8();
        int number = first & LongTag;
        if (number == LongTag)
        {
            number = 0;
            byte next;
            do
            {
                next = reader.U8();
                number = (number << 7) | (next & 0x7F);
            }
            while ((next & 0x80) != 0 && number <= MaxTag);
        }

        return new Asn1Tag((TagClass)(first & 0xC0), Math.Min(number, MaxTag), (first & Constructed) != 0);
    }

    // X.690, 8.1.3. Needlessly long lengths are in use, and OpenSSL takes them; the indefinite form is not for certificates.
    private static int ReadLength(ref WireReader reader)
    {
        byte first = reader.U8();
        if (first < LongLength)
        {
            return first;
        }

        int length = 0;
        int bytes = first - LongLength;
        for (int i = 0; i < bytes; i++)
        {
            if (length > MaxLength)
            {
                return -1;
            }

            length = (length << 8) | reader.U8();
        }

        return bytes == 0 ? -1 : length;
    }

    private readonly DerElement Peek()
    {
        var ahead = new DerReader(_rest);
        return HasMore ? ahead.Next() : default;
    }
}
