using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Why a cipher suite must not be chosen any more.</summary>
/// <param name="Reason">The reason, in a few words.</param>
/// <param name="Severity">How much it matters when it was chosen.</param>
public sealed record CipherWeakness(string Reason, Severity Severity)
{
    private static readonly CipherWeakness s_null = new("no encryption", Severity.High);
    private static readonly CipherWeakness s_export = new("export strength, broken in hours", Severity.High);
    private static readonly CipherWeakness s_anonymous = new("no authentication", Severity.High);
    private static readonly CipherWeakness s_des = new("single DES", Severity.Medium);
    private static readonly CipherWeakness s_rc4 = new("RC4 (RFC 7465)", Severity.Medium);
    private static readonly CipherWeakness s_rc2 = new("RC2", Severity.Medium);
    private static readonly CipherWeakness s_3des = new("64-bit blocks (Sweet32)", Severity.Low);

    /// <summary>Judges a cipher suite by its name; null if nothing is wrong with it.</summary>
    public static CipherWeakness? Of(string name)
    {
        bool Has(string part) => name.Contains(part, StringComparison.Ordinal);
        return Has("EXPORT") ? s_export
            : Has("_WITH_NULL") || name is "TLS_SHA256_SHA256" or "TLS_SHA384_SHA384" ? s_null
            : Has("_anon_") ? s_anonymous
            : Has("RC4") ? s_rc4
            : Has("RC2") ? s_rc2
            : Has("3DES") || Has("DES_192_EDE3") ? s_3des
            : Has("_DES_") || Has("_DES40_") ? s_des
            : null;
    }
}
