using System.Formats.Asn1;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Reads the types that Kerberos messages are made of (RFC 4120, 5.2). What is no such value gives null or nothing.</summary>
internal static class KerberosFields
{
    /// <summary>The most parts of a name, and the most items of a list, that are read.</summary>
    public const int MaxItems = 32;

    /// <summary>Steps into an element of an application tag that holds one sequence; gives the sequence's content, empty if it is none.</summary>
    public static ReadOnlySpan<byte> Sequence(ReadOnlySpan<byte> bytes)
    {
        var reader = new DerReader(bytes);
        return reader.Next(UniversalTagNumber.Sequence);
    }

    /// <summary>Reads a number inside its context tag.</summary>
    public static long? Number(ReadOnlySpan<byte> wrapped)
    {
        var reader = new DerReader(wrapped);
        ReadOnlySpan<byte> content = reader.Next(UniversalTagNumber.Integer);
        return reader.Failed ? null : DerValue.Signed(content);
    }

    /// <summary>Reads a text (KerberosString, a GeneralString that is UTF-8 in practice) inside its context tag.</summary>
    public static string? Text(ReadOnlySpan<byte> wrapped)
    {
        var reader = new DerReader(wrapped);
        DerElement element = reader.Next();
        return reader.Failed ? null : WireText.Decode(element.Content);
    }

    /// <summary>Reads a time inside its context tag: seconds since 1970.</summary>
    public static long? Time(ReadOnlySpan<byte> wrapped)
    {
        var reader = new DerReader(wrapped);
        DerElement element = reader.Next();
        return reader.Failed ? null : DerValue.Time(element.Universal, element.Content);
    }

    /// <summary>Reads the first 32 flags inside their context tag, the first one being the highest bit.</summary>
    public static uint Flags(ReadOnlySpan<byte> wrapped)
    {
        var reader = new DerReader(wrapped);
        ReadOnlySpan<byte> bits = DerValue.BitString(reader.Next(UniversalTagNumber.BitString));
        uint flags = 0;
        for (int i = 0; i < 4; i++)
        {
            flags = (flags << 8) | (i < bits.Length ? bits[i] : 0u);
        }

        return flags;
    }

    /// <summary>Reads a name inside its context tag, its parts joined by slashes; null if it has none.</summary>
    public static string? Name(ReadOnlySpan<byte> wrapped)
    {
        var fields = new DerReader(Sequence(wrapped));
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            if (field.Context != 1)
            {
                continue;
            }

            var parts = new DerReader(Sequence(field.Content));
            List<string> texts = [];
            while (parts.HasMore && texts.Count < MaxItems)
            {
                DerElement part = parts.Next();
                if (!parts.Failed)
                {
                    texts.Add(WireText.Decode(part.Content, Limits.Text / 4));
                }
            }

            string name = string.Join('/', texts);
            return name.Length == 0 ? null : name[..Math.Min(name.Length, Limits.Text)];
        }

        return null;
    }

    /// <summary>Reads encrypted data inside its context tag.</summary>
    public static KerberosCipher? Cipher(ReadOnlySpan<byte> wrapped)
    {
        long? encryption = null;
        long? version = null;
        ReadOnlySpan<byte> bytes = default;
        var fields = new DerReader(Sequence(wrapped));
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            switch (field.Context)
            {
                case 0:
                    encryption = Number(field.Content);
                    break;
                case 1:
                    version = Number(field.Content);
                    break;
                case 2:
                    bytes = Octets(field.Content);
                    break;
            }
        }

        return fields.Failed || encryption is not { } type || type != (int)type
            ? null
            : new KerberosCipher((int)type, version, bytes.Length, bytes.Length <= KerberosCipher.MaxBytes ? bytes.ToArray() : ReadOnlyMemory<byte>.Empty);
    }

    /// <summary>Reads an octet string inside its context tag.</summary>
    public static ReadOnlySpan<byte> Octets(ReadOnlySpan<byte> wrapped)
    {
        var reader = new DerReader(wrapped);
        return reader.Next(UniversalTagNumber.OctetString);
    }

    /// <summary>Reads a ticket (RFC 4120, 5.3).</summary>
    public static KerberosTicket? Ticket(ReadOnlySpan<byte> wrapped)
    {
        var outer = new DerReader(wrapped);
        DerElement element = outer.Next();
        if (element.Application != 1)
        {
            return null;
        }

        string? realm = null;
        string? service = null;
        KerberosCipher? cipher = null;
        var fields = new DerReader(Sequence(element.Content));
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            switch (field.Context)
            {
                case 1:
                    realm = Text(field.Content);
                    break;
                case 2:
                    service = Name(field.Content);
                    break;
                case 3:
                    cipher = Cipher(field.Content);
                    break;
            }
        }

        return fields.Failed || cipher is null ? null : new KerberosTicket(realm ?? string.Empty, service ?? string.Empty, cipher);
    }

    /// <summary>Reads a sequence of numbers inside its context tag.</summary>
    public static List<int> Numbers(ReadOnlySpan<byte> wrapped)
    {
        List<int> numbers = [];
        var items = new DerReader(Sequence(wrapped));
        while (items.HasMore && numbers.Count < MaxItems)
        {
            if (DerValue.Signed(items.Next(UniversalTagNumber.Integer)) is { } number && number == (int)number)
            {
                numbers.Add((int)number);
            }
        }

        return numbers;
    }
}
