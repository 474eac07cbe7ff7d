namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Knows by filter and attributes what a search is after (MS-ADA1 to MS-ADA3, MS-ADTS).</summary>
internal static class LdapMarks
{
    private const string BitAnd = "1.2.840.113556.1.4.803:=";   // LDAP_MATCHING_RULE_BIT_AND (MS-ADTS, 3.1.1.3.4.4.1)
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

    /// <summary>Gets the marks of one search, as bits.</summary>
    public static ulong Of(LdapSearch search)
    {
        string filter = search.Filter.ToLowerInvariant();
        ulong marks = 0;
        foreach ((LdapMark mark, string[] texts) in s_filters)
        {
            marks |= Array.Exists(texts, t => filter.Contains(t, StringComparison.Ordinal)) ? 1ul << (int)mark : 0;
        }

        foreach ((LdapMark mark, string[] attributes) in s_attributes)
        {
            marks |= search.Attributes.Any(a => attributes.Contains(a, StringComparer.OrdinalIgnoreCase)) ? 1ul << (int)mark : 0;
        }

        return marks | (Array.TrueForAll(s_everyType, t => filter.Contains(t, StringComparison.Ordinal)) ? 1ul << (int)LdapMark.EveryAccount : 0);
    }

    /// <summary>Tells whether an attribute holds a password or a hash.</summary>
    public static bool IsPassword(string attribute) => s_passwords.Contains(attribute, StringComparer.OrdinalIgnoreCase);

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
