using System.Security.Cryptography;
using System.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Hashcat;

/// <summary>The lines that Pcapper writes have the form that hashcat reads, and the password that made the messages makes them.</summary>
public sealed class HashLineTests
{
    private const string Password = "Passw0rd-for-tests";

    // PA-ENC-TS-ENC (RFC 4120, 5.2.7.2): a time and microseconds, behind as many random bytes as the encryption wants.
    private static readonly byte[] s_time = [0x30, 0x1A, 0xA0, 0x11, 0x18, 0x0F, .. "20260204090500Z"u8, 0xA1, 0x05, 0x02, 0x03, 0x01, 0x02, 0x03];
    private static readonly byte[] s_timestamp = [1, 2, 3, 4, 5, 6, 7, 8, .. s_time];
    private static readonly byte[] s_aesTimestamp = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, .. s_time];
    private static readonly byte[] s_part = [.. Enumerable.Range(0, 237).Select(i => (byte)(i * 7))];

    public static TheoryData<int, string> Published => PublishedExamples.All;

    [Theory]
    [MemberData(nameof(Published))]
    public void The_check_agrees_with_hashcats_own_examples(int mode, string line)
    {
        Assert.True(PasswordCheck.Fits(mode, line, PublishedExamples.Password));
        Assert.False(PasswordCheck.Fits(mode, line, "another"));
    }

    [Theory]
    [InlineData("anna", "EXAMPLE", 5600)]
    [InlineData("Anna.Müller", "corp.example", 5600)]
    [InlineData("anna", "EXAMPLE", 5500)]
    public void NTLM(string user, string domain, int mode)
    {
        byte[] challenge = [1, 2, 3, 4, 5, 6, 7, 8];
        NtlmAuthentication login = Login(user, domain, challenge);
        if (mode == 5600)
        {
            byte[] blob = [1, 1, 0, 0, 0, 0, 0, 0, .. Enumerable.Range(0, 100).Select(i => (byte)i)];
            byte[] key = HMACMD5.HashData(KerberosCrypto.NtHash(Password), Encoding.Unicode.GetBytes(user.ToUpperInvariant() + domain));
            login = login with { Kind = NtlmResponseKind.Version2, NtResponse = (byte[])[.. HMACMD5.HashData(key, (byte[])[.. challenge, .. blob]), .. blob] };
            Holds(mode, NtlmHash.Line(login));
            return;
        }

        // The response that hashcat publishes is one to this challenge, of its own password.
        login = login with
        {
            ServerChallenge = 0xcb8086049ec4736c,
            Kind = NtlmResponseKind.Version1Extended,
            LmResponse = Convert.FromHexString("338d08f8e26de93300000000000000000000000000000000"),
            NtResponse = Convert.FromHexString("9526fb8c23a90751cdd619b6cea564742e1e4bf33006ba41"),
        };
        HashLine line = NtlmHash.Line(login)!;
        Assert.Equal(mode, line.Mode);
        Assert.True(PasswordCheck.Fits(line.Mode, line.Line, PublishedExamples.Password));
    }

    [Fact]
    public void NTLM_responses_that_hashcat_does_not_take_give_no_line()
    {
        NtlmAuthentication login = Login("anna", "EXAMPLE", new byte[8]) with { Kind = NtlmResponseKind.Version2, NtResponse = new byte[16 + 512] };
        Assert.NotNull(NtlmHash.Line(login));
        Assert.Null(NtlmHash.Line(login with { NtResponse = new byte[16 + 513] }));
        Assert.Null(NtlmHash.Line(login with { User = new string('a', 61) }));
        Assert.Null(NtlmHash.Line(login with { Domain = new string('a', 46) }));
        Assert.Null(NtlmHash.Line(login with { User = "a:b" }));
        Assert.Null(NtlmHash.Line(login with { User = "a\nb" }));
    }

    [Fact]
    public void Encrypted_timestamps()
    {
        KerberosRequest request = AsRequest("anna");
        HashLine? line = KerberosHash.Timestamp(request with { EncryptedTimestamp = Rc4(KerberosCrypto.Timestamp, s_timestamp) }, []);
        Holds(7500, line);
        byte[] data = Convert.FromHexString(line!.Line.Split('$')[^1]);
        Assert.True(KerberosCrypto.IsRc4(KerberosCrypto.NtHash(Password), KerberosCrypto.Timestamp, data[36..], data[..36]));
        Holds(19800, KerberosHash.Timestamp(request with { EncryptedTimestamp = Aes(17, "EXAMPLE.COManna", KerberosCrypto.Timestamp, s_aesTimestamp) }, []));
        Holds(19900, KerberosHash.Timestamp(request with { EncryptedTimestamp = Aes(18, "EXAMPLE.COManna", KerberosCrypto.Timestamp, s_aesTimestamp) }, []));
    }

    [Fact]
    public void The_salt_that_the_server_told_is_used()
        => Holds(19900, KerberosHash.Timestamp(
            AsRequest("ANNA") with { Realm = "example.com", EncryptedTimestamp = Aes(18, "EXAMPLE.COMAnna", KerberosCrypto.Timestamp, s_aesTimestamp) }, [new KerberosSalt(18, "EXAMPLE.COMAnna")]));

    [Fact]
    public void A_computer_has_a_line_where_the_salt_stands_for_its_name()
    {
        KerberosRequest request = AsRequest("WS$") with { EncryptedTimestamp = Aes(18, "EXAMPLE.COMhostws.example.com", KerberosCrypto.Timestamp, s_aesTimestamp) };
        Holds(19900, KerberosHash.Timestamp(request, [new KerberosSalt(18, "EXAMPLE.COMhostws.example.com")]));
        Assert.Null(KerberosHash.Timestamp(request, []));
        Assert.Null(KerberosHash.Timestamp(AsRequest("WS$") with { EncryptedTimestamp = Rc4(KerberosCrypto.Timestamp, s_timestamp) }, []));
    }

    [Fact]
    public void Replies_to_clients()
    {
        KerberosRequest request = AsRequest("anna");
        Holds(18200, KerberosHash.Reply(request, AsReply(Rc4(KerberosCrypto.Rc4Reply, s_part))));
        Holds(32100, KerberosHash.Reply(request, AsReply(Aes(17, "EXAMPLE.COManna", KerberosCrypto.AesReply, s_part))));
        Holds(32200, KerberosHash.Reply(null, AsReply(Aes(18, "EXAMPLE.COManna", KerberosCrypto.AesReply, s_part))));
    }

    [Fact]
    public void Replies_whose_key_is_not_made_of_a_password_give_no_line()
    {
        KerberosReply reply = AsReply(Rc4(KerberosCrypto.Rc4Reply, s_part));
        Assert.NotNull(KerberosHash.Reply(AsRequest("anna"), reply));
        Assert.Null(KerberosHash.Reply(AsRequest("anna") with { PreAuthentication = [16] }, reply));
        Assert.Null(KerberosHash.Reply(AsRequest("anna"), reply with { PreAuthentication = [136] }));
        Assert.Null(KerberosHash.Reply(AsRequest("anna"), reply with { Type = KerberosMessageType.TgsReply }));
    }

    [Theory]
    [InlineData("svc_sql", "svc_sql")]
    [InlineData("svc_sql@EXAMPLE.COM", "svc_sql")]
    [InlineData("HTTP/web.example.com", "HTTPweb.example.com")]
    public void Tickets(string service, string account)
    {
        Holds(13100, KerberosHash.Ticket(null, new KerberosTicket("EXAMPLE.COM", service, Rc4(KerberosCrypto.Ticket, s_part))));
        Holds(19600, KerberosHash.Ticket(null, new KerberosTicket("EXAMPLE.COM", service, Aes(17, "EXAMPLE.COM" + account, KerberosCrypto.Ticket, s_part))));
        Holds(19700, KerberosHash.Ticket(null, new KerberosTicket("EXAMPLE.COM", service, Aes(18, "EXAMPLE.COM" + account, KerberosCrypto.Ticket, s_part))));
    }

    [Theory]
    [InlineData("krbtgt/EXAMPLE.COM")]
    [InlineData("WS-ANNA$")]
    [InlineData("a*b")]
    [InlineData("a\nb")]
    public void Tickets_that_nobody_guesses_or_hashcat_does_not_take_give_no_line(string service)
        => Assert.Null(KerberosHash.Ticket(null, new KerberosTicket("EXAMPLE.COM", service, Rc4(KerberosCrypto.Ticket, s_part))));

    [Fact]
    public void A_user_to_user_ticket_gives_no_line()
    {
        KerberosRequest request = AsRequest("anna") with { Type = KerberosMessageType.TgsRequest, Options = KerberosNames.UserToUser };
        Assert.Null(KerberosHash.Ticket(request, new KerberosTicket("EXAMPLE.COM", "svc", Rc4(KerberosCrypto.Ticket, s_part))));
    }

    [Fact]
    public void Ciphers_that_are_too_short_give_no_line()
    {
        for (int length = 0; length < 48; length++)
        {
            var cipher = new KerberosCipher(23, null, length, new byte[length]);
            Assert.Null(KerberosHash.Ticket(null, new KerberosTicket("EXAMPLE.COM", "svc", cipher)));
            Assert.Null(KerberosHash.Timestamp(AsRequest("anna") with { EncryptedTimestamp = cipher }, []));
            Assert.Null(KerberosHash.Ticket(null, new KerberosTicket("EXAMPLE.COM", "svc", cipher with { Encryption = length < 44 ? 18 : 99 })));
        }
    }

    [Fact]
    public void Fold_agrees_with_RFC_3961()
    {
        Assert.Equal("be072631276b1955", Convert.ToHexStringLower(KerberosCrypto.Fold("012345"u8.ToArray(), 8)));
        Assert.Equal("6b65726265726f737b9b5b2b93132b93", Convert.ToHexStringLower(KerberosCrypto.Fold("kerberos"u8.ToArray(), 16)));
    }

    private static void Holds(int mode, HashLine? line)
    {
        Assert.NotNull(line);
        Assert.Equal(mode, line.Mode);
        Assert.True(PasswordCheck.Fits(mode, line.Line, Password), line.Line);
        Assert.False(PasswordCheck.Fits(mode, line.Line, "another"));
    }

    private static KerberosCipher Rc4(int usage, byte[] plain) => Cipher(23, KerberosCrypto.EncryptRc4(KerberosCrypto.NtHash(Password), usage, plain));

    private static KerberosCipher Aes(int encryption, string salt, int usage, byte[] plain)
        => Cipher(encryption, KerberosCrypto.EncryptAes(KerberosCrypto.AesKey(Password, salt, encryption == 17 ? 16 : 32), usage, plain));

    private static KerberosCipher Cipher(int encryption, byte[] bytes) => new(encryption, null, bytes.Length, bytes);

    private static KerberosRequest AsRequest(string client) => new()
    {
        Frame = new FrameRef(0, 1),
        Time = default,
        Type = KerberosMessageType.AsRequest,
        Client = client,
        Realm = "EXAMPLE.COM",
    };

    private static KerberosReply AsReply(KerberosCipher part) => new()
    {
        Frame = new FrameRef(0, 2),
        Time = default,
        Type = KerberosMessageType.AsReply,
        Client = "anna",
        ClientRealm = "EXAMPLE.COM",
        EncryptedPart = part,
    };

    private static NtlmAuthentication Login(string user, string domain, byte[] challenge) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse("192.0.2.1"), 1, IpAddress.Parse("192.0.2.2"), 445, IpProtocol.Tcp, default), new FrameRef(0, 1)),
        Frame = new FrameRef(0, 1),
        Time = default,
        Carrier = "smb",
        Direction = Direction.ToResponder,
        User = user,
        Domain = domain,
        Workstation = string.Empty,
        Kind = NtlmResponseKind.Version2,
        Flags = NtlmFlags.Unicode,
        LmResponse = new byte[24],
        NtResponse = new byte[24],
        ServerChallenge = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(challenge),
    };
}
