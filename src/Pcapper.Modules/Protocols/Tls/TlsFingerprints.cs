using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>
/// Fingerprints of hellos: JA3 and JA3S (Salesforce, BSD 3-clause), and JA4 of clients (FoxIO, BSD 3-clause).
/// They tell TLS libraries and their settings apart, not programs.
/// </summary>
public static class TlsFingerprints
{
    private const int HashLength = 12;
    private const string NoHash = "000000000000";

    /// <summary>Gets the text that JA3 hashes; null for SSL 2.0 hellos, which have none.</summary>
    public static string? Ja3Text(ClientHello hello) => hello.IsSslV2 ? null : string.Create(CultureInfo.InvariantCulture,
        $"{hello.LegacyVersion},{Join(hello.CipherSuites)},{Join(hello.Extensions)},{Join(hello.Groups)},{string.Join('-', hello.PointFormats)}");

    /// <summary>Gets the JA3 of a client; null for SSL 2.0 hellos.</summary>
    public static string? Ja3(ClientHello hello) => Ja3Text(hello) is { } text ? Md5(text) : null;

    /// <summary>Gets the text that JA3S hashes.</summary>
    public static string Ja3sText(ServerHello hello) => string.Create(CultureInfo.InvariantCulture,
        $"{hello.LegacyVersion},{hello.CipherSuite},{Join(hello.Extensions)}");

    /// <summary>Gets the JA3S of a server.</summary>
    public static string Ja3s(ServerHello hello) => Md5(Ja3sText(hello));

    /// <summary>Gets the JA4 of a client.</summary>
    public static string Ja4(ClientHello hello, TlsTransport transport)
    {
        ushort[] ciphers = [.. hello.CipherSuites.Where(c => !Grease.Is(c)).Order()];
        ushort[] extensions = [.. hello.Extensions.Where(e => !Grease.Is(e))];
        ushort[] sorted = [.. extensions.Where(e => (TlsExtension)e is not (TlsExtension.ServerName or TlsExtension.ApplicationProtocols)).Order()];
        ushort[] signatures = [.. hello.SignatureAlgorithms.Where(s => !Grease.Is(s))];
        char carrier = transport switch { TlsTransport.Quic => 'q', TlsTransport.Datagram => 'd', _ => 't' };
        char named = extensions.Contains((ushort)TlsExtension.ServerName) ? 'd' : 'i';
        string text = Hex(sorted) + (signatures.Length == 0 ? string.Empty : "_" + Hex(signatures));
        return string.Create(CultureInfo.InvariantCulture,
            $"{carrier}{Ja4Version(hello.BestVersion)}{named}{Math.Min(ciphers.Length, 99):D2}{Math.Min(extensions.Length, 99):D2}{Ja4Protocol(hello)}")
            + "_" + (ciphers.Length == 0 ? NoHash : Sha(Hex(ciphers)))
            + "_" + (extensions.Length == 0 ? NoHash : Sha(text));
    }

    private static string Ja4Version(ushort version) => version switch
    {
        TlsVersions.Tls13 => "13",
        TlsVersions.Tls12 => "12",
        TlsVersions.Tls11 => "11",
        TlsVersions.Tls10 => "10",
        TlsVersions.Ssl3 => "s3",
        TlsVersions.Ssl2 => "s2",
        TlsVersions.Dtls10 => "d1",
        TlsVersions.Dtls12 => "d2",
        TlsVersions.Dtls13 => "d3",
        _ => "00",
    };

    /// <summary>Gets the first and the last character of the first application protocol; of its hexadecimal form if one of them is no letter or digit.</summary>
    private static string Ja4Protocol(ClientHello hello)
    {
        if (hello.ApplicationProtocols is not [{ Length: > 0 } first, ..])
        {
            return "00";
        }

        if (char.IsAsciiLetterOrDigit((char)first[0]) && char.IsAsciiLetterOrDigit((char)first[^1]))
        {
            return $"{(char)first[0]}{(char)first[^1]}";
        }

        string hex = Convert.ToHexStringLower(first);
        return $"{hex[0]}{hex[^1]}";
    }

    private static string Join(ushort[] values) => string.Join('-', values.Where(v => !Grease.Is(v)));

    private static string Hex(ushort[] values) => string.Join(',', values.Select(v => v.ToString("x4", CultureInfo.InvariantCulture)));

    private static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..HashLength];

#pragma warning disable CA5351 // The fingerprint is defined with MD5; nothing is protected by it.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351
}
