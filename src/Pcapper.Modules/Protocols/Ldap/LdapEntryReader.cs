using System.Formats.Asn1;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Goes through a search result entry: the object's name, then its attributes with their values (RFC 4511, 4.5.2).</summary>
internal ref struct LdapEntryReader
{
    private readonly ReadOnlySpan<byte> _name;
    private DerReader _attributes;
    private int _read;

    /// <summary>Initializes a new instance of the <see cref="LdapEntryReader"/> struct.</summary>
    /// <param name="content">The entry's content.</param>
    public LdapEntryReader(ReadOnlySpan<byte> content)
    {
        var fields = new DerReader(content);
        _name = fields.Next(UniversalTagNumber.OctetString);
        _attributes = new DerReader(fields.Next(UniversalTagNumber.Sequence));
    }

    /// <summary>Gets the object's name, raw.</summary>
    public readonly string Name => WireText.Decode(_name, Limits.StateText);

    /// <summary>Gets the name of the attribute at hand in lower case, without its options (RFC 4512, 2.5: <c>javaSerializedData;binary</c>).</summary>
    public string Attribute { get; private set; } = string.Empty;

    /// <summary>Gets the values of the attribute at hand.</summary>
    public ReadOnlySpan<byte> Values { get; private set; }

    /// <summary>Gets the first value of the attribute at hand, empty if it has none.</summary>
    public ReadOnlySpan<byte> First { get; private set; }

    /// <summary>Goes on to the next attribute that can be read; false at the end.</summary>
    public bool Next()
    {
        while (_attributes.HasMore && _read < LdapReader.MaxItems)
        {
            _read++;
            var attribute = new DerReader(_attributes.Next(UniversalTagNumber.Sequence));
            string name = WireText.Decode(attribute.Next(UniversalTagNumber.OctetString), Limits.StateText);
            ReadOnlySpan<byte> values = attribute.Next(UniversalTagNumber.Set);
            var first = new DerReader(values);
            ReadOnlySpan<byte> value = first.HasMore ? first.Next().Content : default;
            if (!attribute.Failed && !first.Failed)
            {
                int options = name.IndexOf(';', StringComparison.Ordinal);
                Attribute = (options < 0 ? name : name[..options]).ToLowerInvariant();
                Values = values;
                First = value;
                return true;
            }
        }

        return false;
    }
}
