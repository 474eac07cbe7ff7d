using System.Formats.Asn1;

namespace Pcapper.Modules.Protocols.X509;

/// <summary>Walks over sibling ASN.1 elements of untrusted bytes without ever throwing; a failure stays.</summary>
internal ref struct DerReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Gets a value indicating whether something was no element, or not the one expected.</summary>
    public bool Failed { get; private set; }

    /// <summary>Gets a value indicating whether another element may follow.</summary>
    public readonly bool HasMore => !Failed && !_rest.IsEmpty;

    /// <summary>Reads the next element; if there is none, fails and gives an empty one.</summary>
    public DerElement Next()
    {
        // BER, not DER: certificates with needlessly long lengths are in use, and OpenSSL takes them.
        if (Failed || !AsnDecoder.TryReadEncodedValue(
            _rest, AsnEncodingRules.BER, out Asn1Tag tag, out int offset, out int length, out int consumed))
        {
            Failed = true;
            return default;
        }

        var element = new DerElement { Tag = tag, Content = _rest.Slice(offset, length), Encoded = _rest[..consumed] };
        _rest = _rest[consumed..];
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

    private readonly DerElement Peek()
    {
        var ahead = new DerReader(_rest);
        return HasMore ? ahead.Next() : default;
    }
}
