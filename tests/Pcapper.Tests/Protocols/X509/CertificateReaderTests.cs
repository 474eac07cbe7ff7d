using System.Formats.Asn1;
using System.Security.Cryptography;
using CsCheck;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Modules.Protocols.X509;
using Xunit;

namespace Pcapper.Tests.Protocols.X509;

public sealed class CertificateReaderTests
{
    [Fact]
    public void A_certificate_is_read_whole()
    {
        byte[] der = TestCertificates.Full();
        Assert.True(CertificateReader.TryRead(der, out CertificateFacts facts));
        Assert.Equal(3, facts.Version);
        Assert.Equal("CN=www.example.com,O=Acme\\, Inc.,C=US", facts.Subject);
        Assert.Equal(facts.Subject, facts.Issuer);
        Assert.True(facts.IsSelfIssued);
        Assert.Equal("www.example.com", facts.CommonName);
        Assert.Equal(TestCertificates.From.ToUnixTimeSeconds(), facts.NotBefore);
        Assert.Equal(TestCertificates.From.AddDays(365).ToUnixTimeSeconds(), facts.NotAfter);
        Assert.Equal(("rsaEncryption", CertificateKey.Rsa, 2048, "65537"), (facts.KeyAlgorithm, facts.Key, facts.KeyLength, facts.Exponent));
        Assert.Equal("sha384WithRSAEncryption", facts.SignatureAlgorithm);
        Assert.Equal(["www.example.com", "*.api.example.com"], facts.DnsNames);
        Assert.Equal(["192.0.2.7"], facts.Addresses);
        Assert.Equal(["https://example.com/x"], facts.Uris);
        Assert.Equal(["root@example.com"], facts.Emails);
        Assert.True(facts.IsCa);
        Assert.Equal(3, facts.PathLength);
        Assert.Equal((1 << 0) | (1 << 5), facts.KeyUsage);
        Assert.Equal(["serverAuth", "clientAuth"], facts.ExtendedKeyUsages);
        Assert.Equal(40, facts.SubjectKey?.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(der)), facts.Sha256);
        Assert.Equal(SelfSignature.Verified, SelfSignatureCheck.Of(facts));
    }

    [Fact]
    public void An_EC_key_has_its_curve()
    {
        CertificateFacts facts = Read(TestCertificates.Make("CN=ec.example"));
        Assert.Equal((CertificateKey.Ec, 256, "prime256v1", "ecdsa-with-SHA256"), (facts.Key, facts.KeyLength, facts.Curve, facts.SignatureAlgorithm));
        Assert.Equal(SelfSignature.Verified, SelfSignatureCheck.Of(facts));
    }

    [Fact]
    public void A_serial_has_no_leading_zeros()
    {
        DateTimeOffset from = TestCertificates.From;
        Assert.Equal("8BB00EE", Read(TestCertificates.Issued("CN=a", "CN=b", [0x08, 0xBB, 0x00, 0xEE], from, from.AddDays(1))).Serial);
        Assert.Equal("F00D", Read(TestCertificates.Issued("CN=a", "CN=b", [0x00, 0xF0, 0x0D], from, from.AddDays(1))).Serial);
    }

    [Fact]
    public void A_certificate_of_the_same_name_but_another_key_is_not_verified()
    {
        DateTimeOffset from = TestCertificates.From;
        CertificateFacts facts = Read(TestCertificates.Issued("CN=a", "CN=a", [1], from, from.AddDays(1), isSmall: true));
        Assert.Equal(SelfSignature.Wrong, SelfSignatureCheck.Of(facts));
        Assert.Equal(SelfSignature.OtherIssuer, SelfSignatureCheck.Of(Read(TestCertificates.Issued("CN=a", "CN=b", [1], from, from.AddDays(1)))));
    }

    [Theory]
    [InlineData("2.5.4.3", UniversalTagNumber.UTF8String, "a,b+c\"d\\e<f>g;h", "CN=a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h")]
    [InlineData("2.5.4.3", UniversalTagNumber.UTF8String, "#x", "CN=\\#x")]
    [InlineData("2.5.4.3", UniversalTagNumber.UTF8String, " x ", "CN=\\ x\\ ")]
    [InlineData("2.5.4.3", UniversalTagNumber.UTF8String, "ü", "CN=\\C3\\BC")]
    [InlineData("2.5.4.3", UniversalTagNumber.BMPString, "ü", "CN=\\C3\\BC")]
    [InlineData("2.5.4.10", UniversalTagNumber.UTF8String, "a\0b", "O=a\\00b")]
    [InlineData("1.2.840.113549.1.9.1", UniversalTagNumber.IA5String, "a@b.example", "emailAddress=a@b.example")]
    [InlineData("1.2.3.4", UniversalTagNumber.PrintableString, "x", "1.2.3.4=#130178")]
    public void Names_are_written_as_RFC_2253_does(string oid, UniversalTagNumber type, string value, string expected)
    {
        Assert.True(DistinguishedName.TryRead(TestCertificates.Name(oid, type, value), out string text, out _));
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData(UniversalTagNumber.UtcTime, "491231235959Z", 2524607999)]
    [InlineData(UniversalTagNumber.UtcTime, "500101000000Z", -631152000)]
    [InlineData(UniversalTagNumber.UtcTime, "7001010000Z", 0)]
    [InlineData(UniversalTagNumber.UtcTime, "700101010000+0100", 0)]
    [InlineData(UniversalTagNumber.GeneralizedTime, "99991231235959Z", 253402300799)]
    public void Times_are_read(UniversalTagNumber type, string text, long expected)
        => Assert.Equal(expected, DerValue.Time((int)type, System.Text.Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("701301000000Z")]
    [InlineData("700230000000Z")]
    [InlineData("700101250000Z")]
    [InlineData("70010100")]
    [InlineData("")]
    public void What_is_no_time_is_none(string text)
        => Assert.Null(DerValue.Time((int)UniversalTagNumber.UtcTime, System.Text.Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("www.example.com", "WWW.example.com", true)]
    [InlineData("*.example.com", "www.example.com", true)]
    [InlineData("*.example.com", "a.b.example.com", false)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.com", "example.com", false)]
    [InlineData("*", "example", false)]
    [InlineData("w*.example.com", "www.example.com", false)]
    public void Wildcards_stand_for_one_label(string pattern, string host, bool expected) => Assert.Equal(expected, HostNames.Matches(pattern, host));

    [Fact]
    public void The_common_name_counts_only_without_alternative_names()
    {
        Assert.True(Read(TestCertificates.Make("CN=a.example")).IsFor("a.example"));
        Assert.False(Read(TestCertificates.Make("CN=a.example", "b.example")).IsFor("a.example"));
        Assert.True(Read(TestCertificates.Full()).IsFor("192.0.2.7"));
        Assert.False(Read(TestCertificates.Make("CN=192.0.2.7")).IsFor("192.0.2.7"));
    }

    [Fact]
    public void No_prefix_is_a_certificate()
    {
        byte[] der = TestCertificates.Full();
        for (int length = 0; length < der.Length; length++)
        {
            Assert.False(CertificateReader.TryRead(der.AsMemory(0, length), out _));
        }
    }

    [Fact]
    public void Every_changed_byte_is_survived()
    {
        byte[] der = TestCertificates.Full();
        for (int at = 0; at < der.Length; at++)
        {
            foreach (byte value in (byte[])[0x80, (byte)(der[at] ^ 0x20)])
            {
                byte[] changed = [.. der];
                changed[at] = value;
                if (CertificateReader.TryRead(changed, out CertificateFacts facts))
                {
                    SelfSignatureCheck.Of(facts);
                    facts.IsFor("www.example.com");
                }
            }
        }
    }

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Byte.Array[0, 200].Always(bytes => !CertificateReader.TryRead(bytes, out _));

    [Fact]
    public void Deep_nesting_is_survived()
    {
        byte[] nested = [.. Enumerable.Repeat((byte[])[0x30, 0x80], 20_000).SelectMany(b => b)];
        Assert.False(CertificateReader.TryRead(nested, out _));
    }

    private static CertificateFacts Read(byte[] der)
    {
        Assert.True(CertificateReader.TryRead(der, out CertificateFacts facts));
        return facts;
    }
}
