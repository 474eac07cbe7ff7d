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

        var entry = new LdapEntryReader(content);
        found = found with { Name = entry.Name };
        while (entry.Next())
        {
            found = ReadAttribute(found, entry.Attribute, entry.First);
        }

        // A class name alone makes no client load anything.
        return found is { CodeBase: null, Factory: null, SerializedBytes: null, HasAddresses: false } ? null : found;
    }

    private static LdapJavaObject ReadAttribute(LdapJavaObject found, string name, ReadOnlySpan<byte> value)
        => name switch
        {
            "javaclassname" => found with { Class = WireText.Decode(value, Limits.StateText) },
            "javacodebase" => found with { CodeBase = WireText.Decode(value, Limits.StateText) },
            "javafactory" => found with { Factory = WireText.Decode(value, Limits.StateText) },
            "javaserializeddata" => found with { SerializedBytes = value.Length },
            "javareferenceaddress" => found with { HasAddresses = true },
            _ => found,
        };
}
