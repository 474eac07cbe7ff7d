using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Smb;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Smb;

/// <summary>Passwords in group policy preferences (MS-GPPREF, 2.2.1.1.4).</summary>
public sealed class PolicyPasswordTests
{
    private const string Groups = """
        <?xml version="1.0" encoding="utf-8"?>
        <Groups clsid="{3125E937-EB16-4b4c-9934-544FC6D24D26}"><User name="Administrator (built-in)"><Properties action="U" newName="" fullName="" cpassword="GVqL26PBw+oykJ4ECTEfM9Br4eNLUX87KogljrIPFBI" userName="Example &amp; Co"/></User></Groups>
        """;

    [Fact]
    public void The_published_example_decrypts()
        => Assert.Equal("Local*P4ssword!", PolicyPassword.Decrypt("j1Uyj3Vx8TY9LtLZil2uAuZkFQA/4latT76ZwgdHdhw"));

    [Fact]
    public void User_and_password_are_read_from_the_file()
    {
        PolicyPassword found = Assert.Single(PolicyPassword.Read(Hex.Text(Groups)));
        Assert.Equal(("Example & Co", "Sommer2026!"), (found.User, found.Password));
        Assert.Empty(PolicyPassword.Read("<Properties cpassword=\"\" userName=\"a\"/>"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    public void What_does_not_decrypt_is_none(string text) => Assert.Null(PolicyPassword.Decrypt(text));

    [Fact]
    public void Any_text_is_survived()
        => Gen.Select(Gen.String[Gen.Char["<>\"= cpasswordA/+"], 0, 80], Gen.Byte.Array[0, 40]).Always((text, bytes) =>
        {
            PolicyPassword.Read(Hex.Text($"<a cpassword=\"{text}"));
            PolicyPassword.Read(bytes);
            PolicyPassword.Decrypt(text);
            PolicyPassword.Decrypt(Convert.ToBase64String(bytes));
        });

    [Fact]
    public void A_policy_that_is_read_over_SMB_is_a_finding_and_a_credential()
    {
        byte[] capture = Read(@"example.com\Policies\{31B2F340}\Machine\Preferences\Groups\Groups.xml");
        Finding finding = Assert.Single(Analysis.Of(capture).Findings, f => f.Type != SmbFindings.Version1 && f.Type != SmbFindings.Unsigned);
        Assert.Equal((SmbFindings.PolicyPassword, Severity.High), (finding.Type, finding.Severity));
        Assert.StartsWith("1 password of Example & Co read from ", finding.Summary, StringComparison.Ordinal);
        CredentialSeen credential = Assert.Single(Analysis.Records<CredentialSeen>(capture));
        Assert.Equal(("smb", "Example & Co", "Sommer2026!"), (credential.Protocol, credential.User, credential.Secret?.Reveal()));
    }

    [Fact]
    public void A_password_in_another_file_is_none_of_a_policy() => Assert.Empty(Analysis.Records<CredentialSeen>(Read("Groups.xml")));

    private static byte[] Read(string name)
    {
        byte[] content = Hex.Text(Groups);
        return Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:445", c => c
            .Says(SmbBytes.Framed(SmbBytes.TreeRequest(1, @"\\dc\SYSVOL"))).Replies(SmbBytes.Framed(SmbBytes.TreeResponse(1)))
            .Says(SmbBytes.Framed(SmbBytes.CreateRequest(2, name))).Replies(SmbBytes.Framed(SmbBytes.CreateResponse(2, size: content.Length)))
            .Says(SmbBytes.Framed(SmbBytes.ReadRequest(3, 0, 100))).Replies(SmbBytes.Framed(SmbBytes.ReadResponse(3, content[..100])))
            .Says(SmbBytes.Framed(SmbBytes.ReadRequest(4, 100, content.Length))).Replies(SmbBytes.Framed(SmbBytes.ReadResponse(4, content[100..])))
            .Says(SmbBytes.Framed(SmbBytes.CloseRequest(5))).Replies(SmbBytes.Framed(SmbBytes.CloseResponse(5)))
            .Closes()).ToPcap();
    }
}
