using System.Buffers;
using Pcapper.Modules.Protocols.Asn1;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Knows by filter and attributes what a search is after (MS-ADA1 to MS-ADA3, MS-ADTS).</summary>
internal static class LdapMarks
{
    private const string BitAnd = "1.2.840.113556.1.4.803:=";   // LDAP_MATCHING_RULE_BIT_AND (MS-ADTS, 3.1.1.3.4.4.1)
    private const int Shortest = 12;   // admincount=1
    private const string Control = "useraccountcontrol:" + BitAnd;
    private const string DontRequirePreAuthentication = Control + "4194304";
    private const string TrustedForDelegation = Control + "524288";
    private const string TrustedToAuthenticate = Control + "16777216";

    // Users, computers, groups and aliases at once (MS-SAMR, 2.2.1.9): what nobody but a collector asks for together.
    private static readonly string[] s_everyType = ["samaccounttype=268435456", "samaccounttype=536870912", "samaccounttype=805306368", "samaccounttype=805306369"];

    private static readonly (LdapMark Mark, string[] InFilter)[] s_filters =
    [
        (LdapMark.ServicePrincipals, ["serviceprincipalname=*"]),
        (LdapMark.NoPreAuthentication, [DontRequirePreAuthentication]),
        (LdapMark.UnconstrainedDelegation, [TrustedForDelegation]),
        (LdapMark.ConstrainedDelegation, [TrustedToAuthenticate, "msds-allowedtodelegateto=*"]),
        (LdapMark.ResourceDelegation, ["msds-allowedtoactonbehalfofotheridentity=*"]),
        (LdapMark.LocalAdministratorPasswords, ["ms-mcs-admpwd", "mslaps-password", "mslaps-encryptedpassword"]),
        (LdapMark.ManagedPasswords, ["msds-groupmanagedserviceaccount", "msds-managedpassword"]),
        (LdapMark.CertificateServices, ["pkienrollmentservice", "pkicertificatetemplate", "certificationauthority"]),
        (LdapMark.Administrators, ["admincount=1"]),
        (LdapMark.Trusts, ["objectclass=trusteddomain", "objectcategory=trusteddomain"]),
        (LdapMark.KeyCredentials, ["msds-keycredentiallink=*"]),
    ];

    private static readonly (LdapMark Mark, string[] Attributes)[] s_attributes =
    [
        (LdapMark.ResourceDelegation, ["msds-allowedtoactonbehalfofotheridentity"]),
        (LdapMark.LocalAdministratorPasswords, ["ms-mcs-admpwd", "mslaps-password", "mslaps-encryptedpassword"]),
        (LdapMark.ManagedPasswords, ["msds-managedpassword"]),
    ];

    private static readonly string[] s_passwords =
    [
        "ms-mcs-admpwd", "msds-managedpassword", "mslaps-encryptedpassword", "mslaps-password", "sambalmpassword", "sambantpassword", "unicodepwd", "unixuserpassword", "userpassword",
    ];

    private static readonly SearchValues<string> s_any = SearchValues.Create([.. s_filters.SelectMany(f => f.InFilter), .. s_everyType], StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the marks of a filter, given as its element, as bits: however long it is and however deep its parts are.</summary>
    public static ulong Of(in DerElement filter)
    {
        ulong marks = 0;
        int types = 0;

        // Entering a set of filters leaves its first part in front, and behind its last part comes what follows the set: so one walk sees all.
        ReadOnlySpan<byte> rest = filter.Encoded;
        while (!rest.IsEmpty)
        {
            var reader = new DerReader(rest);
            DerElement part = reader.Next();
            if (reader.Failed)
            {
                break;
            }

            bool isSet = part.Context is 0 or 1 or 2;
            rest = rest[(isSet ? part.Encoded.Length - part.Content.Length : part.Encoded.Length)..];
            if (!isSet && part.Encoded.Length >= Shortest)
            {
                marks |= OfText(LdapFilter.Write(part), ref types);
            }
        }

        return marks | OfTypes(types);
    }

    /// <summary>Gets the marks of a filter, given as text, as bits.</summary>
    public static ulong Of(string filter)
    {
        int types = 0;
        return OfText(filter, ref types) | OfTypes(types);
    }

    /// <summary>Gets the marks of an attribute that is asked for, as bits.</summary>
    public static ulong OfAttribute(string attribute)
    {
        ulong marks = 0;
        foreach ((LdapMark mark, string[] attributes) in s_attributes)
        {
            marks |= attributes.Contains(attribute, StringComparer.OrdinalIgnoreCase) ? 1ul << (int)mark : 0;
        }

        return marks;
    }

    /// <summary>Tells whether an attribute holds a password or a hash.</summary>
    public static bool IsPassword(string attribute) => s_passwords.Contains(attribute, StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells whether anything is said of those who ask for an attribute or change it.</summary>
    public static bool IsJudged(string attribute) => IsPassword(attribute) || OfAttribute(attribute) != 0 || LdapFindings.IsSensitive(attribute);

    private static ulong OfTypes(int types) => types == (1 << s_everyType.Length) - 1 ? 1ul << (int)LdapMark.EveryAccount : 0;

    private static ulong OfText(string text, ref int types)
    {
        if (!text.AsSpan().ContainsAny(s_any))
        {
            return 0;
        }

        ulong marks = 0;
        foreach ((LdapMark mark, string[] texts) in s_filters)
        {
            marks |= Array.Exists(texts, t => text.Contains(t, StringComparison.OrdinalIgnoreCase)) ? 1ul << (int)mark : 0;
        }

        for (int i = 0; i < s_everyType.Length; i++)
        {
            types |= text.Contains(s_everyType[i], StringComparison.OrdinalIgnoreCase) ? 1 << i : 0;
        }

        return marks;
    }

    /// <summary>Tells what a mark means, for a summary.</summary>
    public static string Describe(LdapMark mark) => mark switch
    {
        LdapMark.ServicePrincipals => "accounts with service names (Kerberoasting)",
        LdapMark.NoPreAuthentication => "accounts without pre-authentication (AS-REP roasting)",
        LdapMark.UnconstrainedDelegation => "unconstrained delegation",
        LdapMark.ConstrainedDelegation => "constrained delegation",
        LdapMark.ResourceDelegation => "resource-based delegation",
        LdapMark.LocalAdministratorPasswords => "local administrators' passwords (LAPS)",
        LdapMark.ManagedPasswords => "managed service accounts",
        LdapMark.CertificateServices => "certificate authorities and templates",
        LdapMark.Administrators => "protected accounts",
        LdapMark.Trusts => "trusts",
        LdapMark.KeyCredentials => "key credentials",
        _ => "every kind of account (BloodHound)",
    };
}
