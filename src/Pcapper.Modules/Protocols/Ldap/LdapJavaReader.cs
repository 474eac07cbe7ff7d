using System.Formats.Asn1;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Reads the attributes by which Java objects stand in a directory (RFC 2713, 3).</summary>
internal static class LdapJavaReader
{
    /// <summary>The longest answer that is looked at: objects that attack are small.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Reads a search result entry's content into an object; null if it holds none.</summary>
    public static LdapJavaObject? Read(LdapJavaObject found, ReadOnlySpan<byte> content)
    {
        if (content.IndexOf("java"u8) < 0 && content.IndexOf("JAVA"u8) < 0 && content.IndexOf("Java"u8) < 0)
        {
            return null;
        }

        var fields = new DerReader(content);
        found = found with { Name = WireText.Decode(fields.Next(UniversalTagNumber.OctetString), Limits.StateText) };
        var attributes = new DerReader(fields.Next(UniversalTagNumber.Sequence));
        for (int i = 0; attributes.HasMore && i < LdapReader.MaxItems; i++)
        {
            var attribute = new DerReader(attributes.Next(UniversalTagNumber.Sequence));
            string name = WireText.Decode(attribute.Next(UniversalTagNumber.OctetString), Limits.StateText);
            var values = new DerReader(attribute.Next(UniversalTagNumber.Set));
            ReadOnlySpan<byte> value = values.HasMore ? values.Next().Content : default;
            if (!attribute.Failed && !values.Failed)
            {
                found = ReadAttribute(found, name, value);
            }
        }

        // A class name alone makes no client load anything.
        return found is { CodeBase: null, Factory: null, SerializedBytes: null, HasAddresses: false } ? null : found;
    }

    private static LdapJavaObject ReadAttribute(LdapJavaObject found, string name, ReadOnlySpan<byte> value)
    {
        int options = name.IndexOf(';', StringComparison.Ordinal);   // RFC 4512, 2.5: javaSerializedData;binary
        return (options < 0 ? name : name[..options]).ToUpperInvariant() switch
        {
            "JAVACLASSNAME" => found with { Class = WireText.Decode(value, Limits.StateText) },
            "JAVACODEBASE" => found with { CodeBase = WireText.Decode(value, Limits.StateText) },
            "JAVAFACTORY" => found with { Factory = WireText.Decode(value, Limits.StateText) },
            "JAVASERIALIZEDDATA" => found with { SerializedBytes = value.Length },
            "JAVAREFERENCEADDRESS" => found with { HasAddresses = true },
            _ => found,
        };
    }
}
