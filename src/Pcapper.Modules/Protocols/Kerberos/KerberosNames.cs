namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Names and kinds of the numbers in Kerberos messages.</summary>
public static class KerberosNames
{
    /// <summary>The encryption type RC4-HMAC (RFC 4757), whose key is the NT hash.</summary>
    public const int Rc4 = 23;

    /// <summary>The option "constrained delegation" (MS-SFU, 2.2.3): bit 14.</summary>
    public const uint ConstrainedDelegation = 0x0002_0000;

    /// <summary>The option "forwardable".</summary>
    public const uint Forwardable = 0x4000_0000;

    /// <summary>The option "renewable".</summary>
    public const uint Renewable = 0x0080_0000;

    /// <summary>The option "enc-tkt-in-skey": user to user.</summary>
    public const uint UserToUser = 0x0000_0008;

    /// <summary>The name of the proof by a certificate (RFC 4556).</summary>
    public const string Certificate = "certificate (PKINIT)";

    /// <summary>Names how pre-authentication data proves who a client is; null if it does not.</summary>
    public static string? Proof(int type) => type switch
    {
        2 => "timestamp",
        14 or 15 or 16 or 17 => Certificate,
        136 => "FAST",
        138 => "encrypted challenge",
        151 => "SPAKE",
        _ => null,
    };

    /// <summary>Tells whether an encryption type is AES (RFC 3962, RFC 8009).</summary>
    public static bool IsAes(int encryption) => encryption is >= 17 and <= 20;

    /// <summary>Tells whether an encryption type is RC4 (RFC 4757, and Microsoft's own numbers).</summary>
    public static bool IsRc4(int encryption) => encryption is Rc4 or 24 or -128 or -133 or -135;

    /// <summary>Tells whether an encryption type is DES (RFC 6649).</summary>
    public static bool IsDes(int encryption) => encryption is >= 1 and <= 3;

    /// <summary>Tells whether pre-authentication data proves that the client knows a secret: timestamp, PKINIT, FAST, encrypted challenge, SPAKE.</summary>
    public static bool ProvesIdentity(int type) => Proof(type) is not null;

    /// <summary>Gets the name of an encryption type (IANA registry "Kerberos Encryption Type Numbers").</summary>
    public static string Encryption(int number) => number switch
    {
        1 => "des-cbc-crc",
        2 => "des-cbc-md4",
        3 => "des-cbc-md5",
        5 => "des3-cbc-md5",
        7 => "des3-cbc-sha1",
        16 => "des3-cbc-sha1-kd",
        17 => "aes128-cts-hmac-sha1-96",
        18 => "aes256-cts-hmac-sha1-96",
        19 => "aes128-cts-hmac-sha256-128",
        20 => "aes256-cts-hmac-sha384-192",
        23 => "rc4-hmac",
        24 => "rc4-hmac-exp",
        25 => "camellia128-cts-cmac",
        26 => "camellia256-cts-cmac",
        -128 => "rc4-md4",
        -133 => "rc4-hmac-old",
        -135 => "rc4-hmac-old-exp",
        _ => FormattableString.Invariant($"etype {number}"),
    };

    /// <summary>Gets the name of a message type.</summary>
    public static string Request(KerberosMessageType type) => type switch
    {
        KerberosMessageType.AsRequest => "AS",
        KerberosMessageType.TgsRequest => "TGS",
        _ => "AP",
    };

    /// <summary>Gets the name of an error code (RFC 4120, 7.5.9; RFC 4556, 3.1.3; RFC 6113, 5.4).</summary>
    public static string Error(int code) => code switch
    {
        0 => "KDC_ERR_NONE",
        1 => "KDC_ERR_NAME_EXP",
        2 => "KDC_ERR_SERVICE_EXP",
        3 => "KDC_ERR_BAD_PVNO",
        4 => "KDC_ERR_C_OLD_MAST_KVNO",
        5 => "KDC_ERR_S_OLD_MAST_KVNO",
        6 => "KDC_ERR_C_PRINCIPAL_UNKNOWN",
        7 => "KDC_ERR_S_PRINCIPAL_UNKNOWN",
        8 => "KDC_ERR_PRINCIPAL_NOT_UNIQUE",
        9 => "KDC_ERR_NULL_KEY",
        10 => "KDC_ERR_CANNOT_POSTDATE",
        11 => "KDC_ERR_NEVER_VALID",
        12 => "KDC_ERR_POLICY",
        13 => "KDC_ERR_BADOPTION",
        14 => "KDC_ERR_ETYPE_NOSUPP",
        15 => "KDC_ERR_SUMTYPE_NOSUPP",
        16 => "KDC_ERR_PADATA_TYPE_NOSUPP",
        17 => "KDC_ERR_TRTYPE_NOSUPP",
        18 => "KDC_ERR_CLIENT_REVOKED",
        19 => "KDC_ERR_SERVICE_REVOKED",
        20 => "KDC_ERR_TGT_REVOKED",
        21 => "KDC_ERR_CLIENT_NOTYET",
        22 => "KDC_ERR_SERVICE_NOTYET",
        23 => "KDC_ERR_KEY_EXPIRED",
        24 => "KDC_ERR_PREAUTH_FAILED",
        25 => "KDC_ERR_PREAUTH_REQUIRED",
        26 => "KDC_ERR_SERVER_NOMATCH",
        27 => "KDC_ERR_MUST_USE_USER2USER",
        28 => "KDC_ERR_PATH_NOT_ACCEPTED",
        29 => "KDC_ERR_SVC_UNAVAILABLE",
        31 => "KRB_AP_ERR_BAD_INTEGRITY",
        32 => "KRB_AP_ERR_TKT_EXPIRED",
        33 => "KRB_AP_ERR_TKT_NYV",
        34 => "KRB_AP_ERR_REPEAT",
        35 => "KRB_AP_ERR_NOT_US",
        36 => "KRB_AP_ERR_BADMATCH",
        37 => "KRB_AP_ERR_SKEW",
        38 => "KRB_AP_ERR_BADADDR",
        39 => "KRB_AP_ERR_BADVERSION",
        40 => "KRB_AP_ERR_MSG_TYPE",
        41 => "KRB_AP_ERR_MODIFIED",
        42 => "KRB_AP_ERR_BADORDER",
        44 => "KRB_AP_ERR_BADKEYVER",
        45 => "KRB_AP_ERR_NOKEY",
        46 => "KRB_AP_ERR_MUT_FAIL",
        47 => "KRB_AP_ERR_BADDIRECTION",
        48 => "KRB_AP_ERR_METHOD",
        49 => "KRB_AP_ERR_BADSEQ",
        50 => "KRB_AP_ERR_INAPP_CKSUM",
        51 => "KRB_AP_PATH_NOT_ACCEPTED",
        52 => "KRB_ERR_RESPONSE_TOO_BIG",
        60 => "KRB_ERR_GENERIC",
        61 => "KRB_ERR_FIELD_TOOLONG",
        62 => "KDC_ERR_CLIENT_NOT_TRUSTED",
        63 => "KDC_ERR_KDC_NOT_TRUSTED",
        64 => "KDC_ERR_INVALID_SIG",
        65 => "KDC_ERR_DH_KEY_PARAMETERS_NOT_ACCEPTED",
        66 => "KDC_ERR_CERTIFICATE_MISMATCH",
        67 => "KRB_AP_ERR_NO_TGT",
        68 => "KDC_ERR_WRONG_REALM",
        69 => "KRB_AP_ERR_USER_TO_USER_REQUIRED",
        70 => "KDC_ERR_CANT_VERIFY_CERTIFICATE",
        71 => "KDC_ERR_INVALID_CERTIFICATE",
        72 => "KDC_ERR_REVOKED_CERTIFICATE",
        73 => "KDC_ERR_REVOCATION_STATUS_UNKNOWN",
        75 => "KDC_ERR_CLIENT_NAME_MISMATCH",
        76 => "KDC_ERR_KDC_NAME_MISMATCH",
        77 => "KDC_ERR_INCONSISTENT_KEY_PURPOSE",
        90 => "KDC_ERR_PREAUTH_EXPIRED",
        91 => "KDC_ERR_MORE_PREAUTH_DATA_REQUIRED",
        93 => "KDC_ERR_UNKNOWN_CRITICAL_FAST_OPTIONS",
        _ => FormattableString.Invariant($"error {code}"),
    };
}
