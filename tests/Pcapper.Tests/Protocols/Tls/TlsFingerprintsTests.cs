using Pcapper.Modules.Protocols.Tls;
using Xunit;
using static Pcapper.Tests.Protocols.Tls.TlsBytes;

namespace Pcapper.Tests.Protocols.Tls;

public sealed class TlsFingerprintsTests
{
    // The examples of JA3's and JA4's own descriptions.
    private static readonly ushort[] s_ja3Ciphers = [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4];

    [Fact]
    public void JA3_is_that_of_its_description()
    {
        ClientHello hello = Read(0x0301, s_ja3Ciphers, ServerName("a.example"), Groups(23, 24, 25), PointFormats(0));
        Assert.Equal("769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0", TlsFingerprints.Ja3Text(hello));
        Assert.Equal("ada70206e40642a3e4461f35503241d5", TlsFingerprints.Ja3(hello));
    }

    [Fact]
    public void JA3_without_extensions_has_empty_fields()
    {
        ClientHello hello = Read(0x0301, [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99]);
        Assert.Equal("769,4-5-10-9-100-98-3-6-19-18-99,,,", TlsFingerprints.Ja3Text(hello));
        Assert.Equal("de350869b8c85de67a350c8d186f11e6", TlsFingerprints.Ja3(hello));
    }

    [Fact]
    public void JA3S_hashes_version_cipher_and_extensions()
    {
        ServerHello hello = Pcapper.Modules.Protocols.Tls.ServerHello.Read(TlsBytes.ServerHello(0x0301, 47, [Extension(65281, 0), Extension(0), Extension(11, 1, 0), Extension(35), Extension(5), Extension(16)]))!;
        Assert.Equal("769,47,65281-0-11-35-5-16", TlsFingerprints.Ja3sText(hello));
        Assert.Equal("836ce314215654b5b1f85f97c73e506f", TlsFingerprints.Ja3s(hello));
    }

    [Fact]
    public void JA4_is_that_of_its_description()
    {
        ushort[] ciphers = [0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D, 0x002F, 0x0035];
        ClientHello hello = Read(
            0x0303, [0x2A2A, .. ciphers],
            Extension(0x1A1A), ServerName("a.example"), Extension(0x0017), Extension(0xFF01, 0), Groups(0x3A3A, 29), PointFormats(0), Extension(0x0023), Alpn("h2", "http/1.1"),
            Extension(0x0005), Signatures(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601), Extension(0x0012), Extension(0x0033), Extension(0x002D),
            Versions(0x4A4A, 0x0304, 0x0303), Extension(0x001B), Extension(0x4469), Extension(0x5A5A), Extension(0x0015));
        Assert.Equal("t13d1516h2_8daaf6152771_e5627efa2ab1", TlsFingerprints.Ja4(hello, TlsTransport.Stream));
        Assert.StartsWith("q13d1516h2_", TlsFingerprints.Ja4(hello, TlsTransport.Quic), StringComparison.Ordinal);
    }

    [Fact]
    public void JA4_of_an_empty_hello_has_zero_hashes()
        => Assert.Equal("t12i000000_000000000000_000000000000", TlsFingerprints.Ja4(Read(0x0303, []), TlsTransport.Stream));

    [Theory]
    [InlineData("h2", "h2")]
    [InlineData("a", "aa")]
    [InlineData("\u00AB", "ab")]
    [InlineData("\u00AB\u00CD", "ad")]
    [InlineData("0\u00AB", "3b")]
    public void JA4_takes_the_ends_of_the_first_protocol(string protocol, string expected)
        => Assert.Equal(expected, TlsFingerprints.Ja4(Read(0x0303, [0x2F], Alpn(protocol)), TlsTransport.Stream).Substring(8, 2));

    [Theory]
    [InlineData(0x0A0A, true)]
    [InlineData(0xFAFA, true)]
    [InlineData(0x1A2A, false)]
    [InlineData(0x0A1A, false)]
    [InlineData(0x0B0B, false)]
    public void Only_the_sixteen_values_are_GREASE(ushort value, bool expected) => Assert.Equal(expected, Grease.Is(value));

    [Fact]
    public void There_are_sixteen_GREASE_values() => Assert.Equal(16, Enumerable.Range(0, 65536).Count(v => Grease.Is((ushort)v)));

    private static ClientHello Read(ushort version, ushort[] ciphers, params byte[][] extensions)
        => Pcapper.Modules.Protocols.Tls.ClientHello.Read(TlsBytes.ClientHello(version, ciphers, extensions), isDatagram: false)!;
}
