namespace Pcapper.Modules.Analyses.Certificates;

/// <summary>Certificates that attack tools come with, by what public detection rules (Sigma, Elastic, Corelight) look for.</summary>
internal static class KnownCertificates
{
    // The certificate in Cobalt Strike's key store, unless its operator makes another one: serial number 146473198.
    private const string CobaltStrikeSerial = "8BB00EE";
    private const string CobaltStrikeSha256 = "87f2085c32b6a2cc709b365f55873e207a9caa10bffecf2fd16d3cf9d94d390c";

    /// <summary>Gets the tool that a certificate belongs to, or null.</summary>
    public static string? Tool(string sha256, CertificateEntry entry)
    {
        if (string.Equals(sha256, CobaltStrikeSha256, StringComparison.Ordinal)
            || string.Equals(CertificateEntry.Only(entry.Serial), CobaltStrikeSerial, StringComparison.Ordinal))
        {
            return "Cobalt Strike";
        }

        return CertificateEntry.Only(entry.CommonName) switch
        {
            "AsyncRAT Server" => "AsyncRAT",
            "Quasar Server CA" => "QuasarRAT",
            _ => null,
        };
    }
}
