using System.Globalization;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Protocol versions of SSL, TLS and DTLS.</summary>
public static class TlsVersions
{
    /// <summary>SSL 2.0.</summary>
    public const ushort Ssl2 = 0x0002;

    /// <summary>SSL 3.0.</summary>
    public const ushort Ssl3 = 0x0300;

    /// <summary>TLS 1.0.</summary>
    public const ushort Tls10 = 0x0301;

    /// <summary>TLS 1.1.</summary>
    public const ushort Tls11 = 0x0302;

    /// <summary>TLS 1.2.</summary>
    public const ushort Tls12 = 0x0303;

    /// <summary>TLS 1.3.</summary>
    public const ushort Tls13 = 0x0304;

    /// <summary>DTLS 1.0.</summary>
    public const ushort Dtls10 = 0xFEFF;

    /// <summary>DTLS 1.2.</summary>
    public const ushort Dtls12 = 0xFEFD;

    /// <summary>DTLS 1.3.</summary>
    public const ushort Dtls13 = 0xFEFC;

    /// <summary>The version field of OpenSSL's DTLS before it was a standard.</summary>
    public const ushort Dtls10Bad = 0x0100;

    private const int DraftPrefix = 0x7F;

    /// <summary>Gets the name as Zeek writes it: <c>TLSv12</c>, <c>TLSv13-draft28</c>, <c>unknown-N</c>.</summary>
    public static string Name(ushort version) => version switch
    {
        Ssl2 => "SSLv2",
        Ssl3 => "SSLv3",
        Tls10 => "TLSv10",
        Tls11 => "TLSv11",
        Tls12 => "TLSv12",
        Tls13 => "TLSv13",
        Dtls10 or Dtls10Bad => "DTLSv10",
        Dtls12 => "DTLSv12",
        Dtls13 => "DTLSv13",
        _ when version >> 8 == DraftPrefix => string.Create(CultureInfo.InvariantCulture, $"TLSv13-draft{version & 0xFF}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"unknown-{version}"),
    };

    /// <summary>Tells whether the version is TLS 1.3, a draft of it, or DTLS 1.3: what follows the hellos is encrypted.</summary>
    public static bool EncryptsHandshake(ushort version) => version is Tls13 or Dtls13 || version >> 8 == DraftPrefix;

    /// <summary>Tells whether the version must not be negotiated any more (RFC 6176, 7568, 8996).</summary>
    public static bool IsObsolete(ushort version) => version is Ssl2 or Ssl3 or Tls10 or Tls11 or Dtls10 or Dtls10Bad;

    /// <summary>Tells whether a hello may carry this version field.</summary>
    public static bool IsPlausible(ushort version) => version is >= Ssl3 and <= Tls13 or Dtls10 or Dtls12 or Dtls13 or Dtls10Bad || version >> 8 == DraftPrefix;
}
