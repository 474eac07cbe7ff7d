using System.Globalization;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Reads the entry in which a server tells about itself (RFC 4512, 5.1; MS-ADTS, 3.1.1.3.2 and 6.3.1).</summary>
internal static class LdapServerReader
{
    // Opcodes of NETLOGON_SAM_LOGON_RESPONSE_EX (MS-ADTS, 6.3.1.3): for a known and an unknown user.
    private const int ExtendedAnswer = 23;
    private const int ExtendedAnswerUserUnknown = 25;
    private const int GuidLength = 16;

    // LDAP_CAP_ACTIVE_DIRECTORY_OID: domain controllers have it, AD LDS has not (MS-ADTS, 3.1.1.3.4.3.1).
    private const string ActiveDirectory = "1.2.840.113556.1.4.800";

    /// <summary>Tells whether a search of the root is a domain controller ping (MS-ADTS, 6.3.3).</summary>
    public static bool IsPing(LdapSearch search) => search.Attributes.Any(a => a.Equals("netlogon", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a search result entry's content.</summary>
    public static LdapServerFacts Read(LdapServerFacts facts, ReadOnlySpan<byte> content)
    {
        var entry = new LdapEntryReader(content);
        while (entry.Next())
        {
            facts = ReadAttribute(facts, entry.Attribute, entry.First, entry.Values);
        }

        return facts;
    }

    /// <summary>Reads an entry of a trusted domain (MS-ADTS, 6.1.6.7); null if it is none.</summary>
    public static LdapTrust? ReadTrust(LdapTrust trust, ReadOnlySpan<byte> content)
    {
        var entry = new LdapEntryReader(content);
        string[] name = entry.Name.Split(',');
        int domain = Array.FindIndex(name, part => part.StartsWith("DC=", StringComparison.OrdinalIgnoreCase));
        trust = trust with { Domain = domain > 0 ? DomainOf(string.Join(',', name[domain..])) : null };
        while (entry.Next())
        {
            string text = WireText.Decode(entry.First, Limits.StateText);
            trust = entry.Attribute switch
            {
                "trustpartner" => trust with { Partner = text },
                "flatname" => trust with { FlatName = text },
                "trustdirection" => trust with { TrustDirection = Number(text) },
                "trusttype" => trust with { TrustType = Number(text) },
                "trustattributes" => trust with { Attributes = Number(text) },
                _ => trust,
            };
        }

        return trust is { Domain: not null, Partner.Length: > 0 } ? trust : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static LdapServerFacts ReadAttribute(LdapServerFacts facts, string name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> values)
        => name switch
        {
            "netlogon" => ReadPing(facts, value),
            "dnshostname" => facts with { HostName = WireText.Decode(value) },
            "defaultnamingcontext" => facts with { Domain = DomainOf(WireText.Decode(value)) },
            "rootdomainnamingcontext" => facts with { Forest = DomainOf(WireText.Decode(value)), IsActiveDirectory = true },
            "servername" => ReadServer(facts, WireText.Decode(value)),
            "ldapservicename" => facts with { Domain = facts.Domain ?? RealmOf(WireText.Decode(value)) },
            "supportedcapabilities" => facts with { IsActiveDirectory = facts.IsActiveDirectory || Texts(values).Contains(ActiveDirectory, StringComparer.Ordinal) },
            "vendorname" => facts with { Software = Join(WireText.Decode(value), facts.Software) },
            "vendorversion" => facts with { Software = Join(facts.Software, WireText.Decode(value)) },
            "domaincontrollerfunctionality" => facts with { Software = facts.Software ?? Level(WireText.Decode(value)) },
            "supportedsaslmechanisms" => facts with { Mechanisms = Texts(values) },
            _ => facts,
        };

    private static string Join(string? one, string? other) => one is null ? other ?? string.Empty : other is null ? one : $"{one} {other}";

    // DS_BEHAVIOR_WIN… (MS-ADTS, 6.1.4.2)
    private static string Level(string level) => level switch
    {
        "0" => "Windows 2000 level",
        "2" => "Windows Server 2003 level",
        "3" => "Windows Server 2008 level",
        "4" => "Windows Server 2008 R2 level",
        "5" => "Windows Server 2012 level",
        "6" => "Windows Server 2012 R2 level",
        "7" => "Windows Server 2016 level",
        "10" => "Windows Server 2025 level",
        _ => $"level {level}",
    };

    private static List<string> Texts(ReadOnlySpan<byte> values)
    {
        List<string> texts = [];
        var items = new DerReader(values);
        while (items.HasMore && texts.Count < LdapReader.MaxItems)
        {
            DerElement item = items.Next();
            if (!items.Failed)
            {
                texts.Add(WireText.Decode(item.Content, Limits.StateText));
            }
        }

        return texts;
    }

    // DC=corp,DC=example (RFC 2247)
    private static string? DomainOf(string name)
    {
        string[] parts = name.Split(',');
        return Array.TrueForAll(parts, p => p.StartsWith("DC=", StringComparison.OrdinalIgnoreCase)) ? string.Join('.', parts.Select(p => p[3..])) : null;
    }

    // corp.example:dc1$@CORP.EXAMPLE (MS-ADTS, 3.1.1.3.2.12)
    private static string? RealmOf(string service) => service.LastIndexOf('@') is >= 0 and var at && at + 1 < service.Length ? service[(at + 1)..].ToLowerInvariant() : null;

    // That of AD LDS ends in the GUID of its configuration, not in a domain.
    private static LdapServerFacts ReadServer(LdapServerFacts facts, string name) => SiteOf(name) is not { } site
        ? facts
        : facts with { Site = site, IsActiveDirectory = facts.IsActiveDirectory || name.Contains(",CN=Sites,CN=Configuration,DC=", StringComparison.OrdinalIgnoreCase) };

    // CN=DC1,CN=Servers,CN=Site,CN=Sites,CN=Configuration,…
    private static string? SiteOf(string name)
    {
        string[] parts = name.Split(',');
        return parts.Length > 3 && parts[1].Equals("CN=Servers", StringComparison.OrdinalIgnoreCase) && parts[2].Length > 3 ? parts[2][3..] : null;
    }

    // NETLOGON_SAM_LOGON_RESPONSE_EX (MS-ADTS, 6.3.1.9): names compressed as in DNS.
    private static LdapServerFacts ReadPing(LdapServerFacts facts, ReadOnlySpan<byte> value)
    {
        var reader = new WireReader(value);
        int opcode = reader.U16Little();
        reader.Skip(2);
        uint roles = reader.U32Little();
        reader.Skip(GuidLength);
        if (reader.Overrun || opcode is not (ExtendedAnswer or ExtendedAnswerUserUnknown))
        {
            return facts;
        }

        int at = reader.Position;
        string? forest = Name(value, ref at);
        string? domain = Name(value, ref at);
        string? host = Name(value, ref at);
        string? netbiosDomain = Name(value, ref at);
        string? netbiosName = Name(value, ref at);
        Name(value, ref at);
        string? site = Name(value, ref at);
        string? clientSite = Name(value, ref at);
        return facts with
        {
            Roles = roles,
            Forest = forest,
            Domain = domain,
            HostName = host,
            NetbiosDomain = netbiosDomain,
            NetbiosName = netbiosName,
            Site = site,
            ClientSite = clientSite,
        };
    }

    private static string? Name(ReadOnlySpan<byte> message, ref int at)
    {
        if (at < 0)
        {
            return null;
        }

        string? name = DnsWire.ReadName(message, ref at);
        at = name is null ? -1 : at;
        return string.IsNullOrEmpty(name) ? null : name;
    }
}
