using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.X509;

/// <summary>Compares host names with those of certificates (RFC 9525).</summary>
public static class HostNames
{
    /// <summary>Tells whether a certificate is for a host name or an address in text form.</summary>
    public static bool Covers(CertificateFacts certificate, string host)
    {
        if (IpAddress.TryParse(host, out IpAddress address))
        {
            return certificate.Addresses.Any(name => IpAddress.TryParse(name, out IpAddress its) && its == address);
        }

        return certificate.DnsNames.Count > 0
            ? certificate.DnsNames.Any(pattern => Matches(pattern, host))
            : certificate.CommonName is { } name && Matches(name, host);
    }

    /// <summary>Tells whether a name of a certificate, whose first label may be <c>*</c>, is that of a host.</summary>
    public static bool Matches(string pattern, string host)
    {
        pattern = pattern.TrimEnd('.');
        host = host.TrimEnd('.');
        if (pattern.Equals(host, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // One label, and not above a top-level domain.
        int dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && pattern.StartsWith("*.", StringComparison.Ordinal) && pattern.LastIndexOf('.') > 1
            && pattern.AsSpan(1).Equals(host.AsSpan(dot), StringComparison.OrdinalIgnoreCase);
    }
}
