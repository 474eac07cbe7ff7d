using System.Formats.Asn1;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Modules.Protocols.Ldap;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Kerberos;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Protocols.Ldap.LdapBytes;

namespace Pcapper.Tests.Protocols.Ldap;

public sealed class LdapParserTests
{
    private const string People = "OU=People,DC=example,DC=com";

    private static ParserFlow Tcp => new((f, b) => new LdapParser(f, b), 389);

    private static ParserFlow Udp => new((f, b) => new LdapParser(f, b), 389, IpProtocol.Udp);

    [Fact]
    public void A_simple_bind_and_its_answer_are_one_operation_and_the_password_a_credential()
    {
        ParserFlow flow = Tcp;
        byte[] bind = Hex.Bytes("""
            30 1a              LDAPMessage
            02 01 01           message 1
            60 15              bind request
            02 01 03           version 3
            04 08 636e3d616c696365   cn=alice
            80 06 7365637265 74   simple: secret
            """);
        Assert.Equal(ParseResult.Done(bind.Length), flow.Says(bind));
        flow.Replies(Result(1, 1, 49, "80090308: data 52e"));
        LdapOperation operation = flow.Only<LdapOperation>();
        Assert.Equal((LdapOperationKind.Bind, "cn=alice", "simple", 6, 3), (operation.Kind, operation.Object, operation.Mechanism, operation.PasswordLength, operation.Version));
        Assert.Equal((49, "80090308: data 52e"), (operation.Result!.Code, operation.Result.Message));
        CredentialSeen credential = flow.Only<CredentialSeen>();
        Assert.Equal(("ldap", "simple", "cn=alice", "secret"), (credential.Protocol, credential.Scheme, credential.User, credential.Secret?.Reveal()));
    }

    [Fact]
    public void An_anonymous_bind_gives_no_credential()
    {
        ParserFlow flow = Tcp;
        flow.Says(Bind(1, "", ""));
        flow.Parser.OnEnd();
        Assert.False(flow.Only<LdapOperation>().IsSimplePassword);
        Assert.Empty(flow.All<CredentialSeen>());
    }

    [Fact]
    public void A_search_counts_its_entries_without_reading_them()
    {
        ParserFlow flow = Tcp;
        flow.Says(Search(2, People, 2, Both(Present("objectClass"), Equality("uid", "bob")), "cn", "mail"));
        byte[] entry = Entry(2, "uid=bob," + People, ("cn", new byte[300]));
        Assert.Equal(ParseResult.Done(entry.Length), flow.Replies(entry.AsSpan(0, 40)));   // the rest is passed over unseen
        flow.Replies(entry);
        flow.Replies(Message(2, Application(19, Text("ldap://other/"))));
        flow.Replies(Result(2, 5, 4));
        LdapSearch search = flow.Only<LdapOperation>().Search!;
        Assert.Equal((People, 2, "(&(objectClass=*)(uid=bob))"), (search.Base, search.Scope, search.Filter));
        Assert.Equal(["cn", "mail"], search.Attributes);
        Assert.Equal((2L, 2L * entry.Length, 1L), (search.Entries, search.EntryBytes, search.References));
        Assert.Equal(4, flow.Only<LdapOperation>().Result!.Code);
    }

    [Theory]
    [InlineData("a4 12 04 02 636e 30 0c 80 02 6162 81 02 6364 82 02 6566", "(cn=ab*cd*ef)")]
    [InlineData("a4 08 04 02 636e 30 02 81 00", "(cn=**)")]
    [InlineData("a4 0a 04 02 636e 30 04 82 02 6566", "(cn=*ef)")]
    [InlineData("a5 07 04 02 636e 04 01 35", "(cn>=5)")]
    [InlineData("a6 07 04 02 636e 04 01 35", "(cn<=5)")]
    [InlineData("a8 07 04 02 636e 04 01 35", "(cn~=5)")]
    [InlineData("a9 0d 81 03 312e32 82 02 6f75 83 02 2a29", "(ou:1.2:=\\2a\\29)")]
    [InlineData("a9 0a 82 02 6f75 83 01 78 84 01 ff", "(ou:dn:=x)")]
    [InlineData("a3 08 04 02 636e 04 02 00ff", "(cn=\\00\\ff)")]
    [InlineData("a0 00", "(&)")]
    [InlineData("05 00", "(?)")]
    public void Filters_are_written_as_text(string hex, string expected)
    {
        ParserFlow flow = Tcp;
        flow.Says(Search(1, "", 0, Hex.Bytes(hex)));
        flow.Parser.OnEnd();
        Assert.Equal(expected, flow.Only<LdapOperation>().Search!.Filter);
    }

    [Fact]
    public void A_filter_that_is_nested_too_deep_is_cut()
    {
        byte[] filter = Present("cn");
        for (int i = 0; i < 100; i++)
        {
            filter = Not(filter);
        }

        ParserFlow flow = Tcp;
        flow.Says(Search(1, "", 0, filter));
        flow.Parser.OnEnd();
        Assert.Equal(Limits.Asn1Depth, flow.Only<LdapOperation>().Search!.Filter.Count(c => c == '!'));
    }

    [Fact]
    public void Changes_say_what_they_change()
    {
        ParserFlow flow = Tcp;
        flow.Says(Modify(3, "CN=pc,DC=example,DC=com", "servicePrincipalName", "HTTP/x"));
        flow.Says(Message(4, Application(8, Text("CN=new"), Sequence(Sequence(Text("objectClass"), SetOf(Text("user")))))));
        flow.Says(Message(5, Hex.Bytes("4a 04 434e3d61")));
        flow.Says(Message(6, Application(12, Text("CN=a"), Text("CN=b"), Boolean(true))));
        flow.Says(Message(7, Application(14, Text("CN=a"), Sequence(Text("cn"), Text("a")))));
        flow.Says(Message(8, Hex.Bytes("50 01 07")));
        flow.Says(Unbind(9));
        flow.Parser.OnEnd();
        Assert.Equal(
            [
                "Abandon 7 ", "Unbind  ", "Modify CN=pc,DC=example,DC=com servicePrincipalName", "Add CN=new objectClass", "Delete CN=a ", "ModifyDn CN=a CN=b", "Compare CN=a cn",
            ],
            flow.All<LdapOperation>().Select(o => $"{o.Kind} {o.Object} {string.Join(',', o.Attributes)}"));
    }

    [Fact]
    public void The_root_entry_tells_about_the_server()
    {
        ParserFlow flow = Tcp;
        flow.Says(Search(1, "", 0, Present("objectClass")));
        flow.Replies(Entry(
            1, "", ("defaultNamingContext", Plain("DC=corp,DC=example")), ("rootDomainNamingContext", Plain("DC=example")), ("dnsHostName", Plain("dc1.corp.example")),
            ("serverName", Plain("CN=DC1,CN=Servers,CN=Berlin,CN=Sites,CN=Configuration,DC=example")), ("domainControllerFunctionality", Plain("7"))));
        LdapServerFacts facts = flow.Only<LdapServerFacts>();
        Assert.Equal(("corp.example", "example", "dc1.corp.example", "Berlin", "Windows Server 2016 level"), (facts.Domain, facts.Forest, facts.HostName, facts.Site, facts.Software));
        Assert.False(facts.IsPing);
        Assert.True(facts.IsActiveDirectory);
        Assert.Equal(("dc1.corp.example", NameSource.Ldap), (flow.Only<NameSeen>().Name, flow.Only<NameSeen>().Source));
    }

    [Theory]
    [InlineData("supportedCapabilities", "1.2.840.113556.1.4.800", true, null)]
    [InlineData("supportedCapabilities", "1.2.840.113556.1.4.1851", false, null)]
    [InlineData("serverName", "CN=a$b,CN=Servers,CN=Site,CN=Sites,CN=Configuration,CN={0A1B}", false, null)]
    [InlineData("ldapServiceName", "corp.example:dc1$@CORP.EXAMPLE", false, "corp.example")]
    [InlineData("ldapServiceName", "corp.example:dc1$@", false, null)]
    public void Root_entries_of_domain_controllers_are_told_from_others(string attribute, string value, bool isActiveDirectory, string? domain)
    {
        ParserFlow flow = Tcp;
        flow.Says(Search(1, "", 0, Present("objectClass")));
        flow.Replies(Entry(1, "", (attribute, Plain(value)), ("vendorName", Plain("x"))));
        Assert.Equal((isActiveDirectory, domain), (flow.Only<LdapServerFacts>().IsActiveDirectory, flow.Only<LdapServerFacts>().Domain));
    }

    [Fact]
    public void Entries_of_trusted_domains_are_read_when_they_were_asked_for()
    {
        byte[] entry = Entry(
            1, "CN=partner.example,CN=System,DC=corp,DC=example", ("trustPartner", Plain("partner.example")), ("flatName", Plain("PARTNER")), ("trustDirection", Plain("2")),
            ("trustType", Plain("2")), ("trustAttributes", Plain("8")));
        ParserFlow flow = Tcp;
        flow.Says(Search(1, "CN=System,DC=corp,DC=example", 2, Equality("objectClass", "trustedDomain")));
        flow.Replies(entry);
        flow.Replies(Entry(1, "CN=other,CN=System,DC=corp,DC=example", ("cn", Plain("other"))));
        LdapTrust trust = flow.Only<LdapTrust>();
        Assert.Equal(("corp.example", "partner.example", "PARTNER", 2, 2, 8), (trust.Domain, trust.Partner, trust.FlatName, trust.TrustDirection, trust.TrustType, trust.Attributes));
        ParserFlow other = Tcp;
        other.Says(Search(1, "DC=corp,DC=example", 2, Present("objectClass")));
        other.Replies(entry);
        Assert.Empty(other.All<LdapTrust>());
    }

    [Fact]
    public void A_ping_tells_domain_and_site()
    {
        byte[] answer = Hex.Bytes("""
            17 00 00 00 fd f3 01 00                            LOGON_SAM_LOGON_RESPONSE_EX, flags
            00000000000000000000000000000000                   domain GUID
            07 6578616d706c65 00                               forest: example, at 24
            04 636f7270 c0 18                                  domain: corp.example, at 33
            03 646331 c0 21                                    host: dc1.corp.example
            04 434f5250 00                                     NetBIOS domain CORP
            03 444331 00                                       NetBIOS name DC1
            00                                                 no user
            06 4265726c696e 00                                 site Berlin, at 58
            c0 3a                                              client site: the same
            05 00 00 00 ff ff ff ff                            version, tokens
            """);
        ParserFlow flow = Udp;
        flow.Says(Search(7, "", 0, Both(Equality("DnsDomain", "corp.example"), Equality("NtVer", "\u0006\0\0\0")), "Netlogon"));
        flow.Replies([.. Entry(7, "", ("netlogon", answer)), .. Result(7, 5, 0)]);
        LdapServerFacts facts = flow.Only<LdapServerFacts>();
        Assert.Equal(("example", "corp.example", "dc1.corp.example", "CORP", "DC1"), (facts.Forest, facts.Domain, facts.HostName, facts.NetbiosDomain, facts.NetbiosName));
        Assert.Equal(("Berlin", "Berlin", true), (facts.Site, facts.ClientSite, facts.IsPing));
        Assert.Equal((0x0001_F3FDu, facts.Flow.Originator), (facts.Roles, facts.Client));
        Assert.Equal(("dc1.corp.example", facts.Server, NameSource.Ldap), (flow.Only<NameSeen>().Name, flow.Only<NameSeen>().Address, flow.Only<NameSeen>().Source));
        Assert.Equal("(&(DnsDomain=corp.example)(NtVer=\\06\\00\\00\\00))", flow.Only<LdapOperation>().Search!.Filter);
        Assert.Equal(1, flow.Only<LdapOperation>().Search!.Entries);
    }

    [Fact]
    public void Encrypted_buffers_are_counted_and_signed_ones_read()
    {
        ParserFlow flow = Tcp;
        flow.Says(SaslBind(1, "GSS-SPNEGO", KerberosBytes.ApRequest("ldap/dc1", 18)));
        flow.Replies(Result(1, 1, 0));
        byte[] message = Search(2, People, 2, Present("cn"));
        byte[] signed = [5, 4, 1, 0xFF, 0, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0xAA, 0xBB, .. message];   // RFC 4121, 4.2.6.2: checksum of two bytes, rotated to the front
        byte[] framed = [0, 0, 0, (byte)signed.Length, .. signed];
        Assert.Equal(ParseResult.Done(framed.Length), flow.Says(framed));
        byte[] encrypted = [0, 0, 1, 0, 5, 4, 2, 0xFF, .. new byte[40]];
        Assert.Equal(ParseResult.Done(260), flow.Replies(encrypted));
        flow.Parser.OnEnd();
        Assert.Equal("(cn=*)", flow.All<LdapOperation>()[1].Search!.Filter);
        LdapSession session = flow.Only<LdapSession>();
        Assert.Equal((1L, 256L, 1L), (session.Sealed, session.SealedBytes, session.Signed));
        KerberosExchange exchange = flow.Only<KerberosExchange>();
        Assert.Equal(("ldap", "ldap/dc1"), (exchange.Carrier, exchange.Service));
    }

    [Fact]
    public void StartTLS_is_followed_only_when_it_is_granted()
    {
        ParserFlow flow = Tcp;
        flow.Says(Extended(1, LdapNames.StartTls));
        byte[] refusal = Result(1, 24, 52);
        Assert.Equal(ParseResult.Done(refusal.Length), flow.Replies(refusal));
        flow.Says(Extended(2, LdapNames.StartTls));
        byte[] granted = Result(2, 24, 0);
        Assert.Equal(ParseResult.Upgrade(granted.Length, "tls"), flow.Replies(granted));
        flow.Parser.OnEnd();
        Assert.True(flow.Only<LdapSession>().IsTls);
    }

    [Fact]
    public void Every_prefix_asks_for_more()
    {
        byte[] message = Search(2, People, 2, Both(Present("objectClass"), Equality("uid", "bob")), "cn");
        for (int length = 1; length < message.Length; length++)
        {
            ParseResult result = Tcp.Says(message.AsSpan(0, length));
            Assert.Equal(ParseStatus.NeedMore, result.Status);
            Assert.InRange(result.Bytes, length + 1, message.Length);
            Udp.Says(message.AsSpan(0, length), missing: message.Length - length);
        }
    }

    [Fact]
    public void Changed_bytes_are_survived()
    {
        byte[][] messages =
        [
            Bind(1, "cn=a", "b"), SaslBind(1, "GSS-SPNEGO", 1, 2, 3), Search(2, People, 2, Both(Present("a"), Not(Equality("b", "c"))), "d"), Entry(2, "", ("netlogon", new byte[60])),
            Entry(2, "CN=a,DC=b", ("trustPartner", Plain("c")), ("trustDirection", Plain("3"))), Modify(3, "CN=a", "b", "c"), Result(2, 5, 10, "x", Tagged(new Asn1Tag(TagClass.ContextSpecific, 3, true), Text("ldap://a"))),
        ];
        Gen.Select(Gen.Int[0, messages.Length - 1], Gen.Int[0, 500], Gen.Byte).Always(
            (which, at, value) =>
            {
                byte[] bytes = [.. messages[which]];
                bytes[at % bytes.Length] = value;
                ParserFlow flow = Tcp;
                flow.Says(Search(2, "", 0, Present("objectClass")));
                flow.Says(bytes);
                flow.Replies(bytes);
                ParserFlow trusts = Tcp;
                trusts.Says(Search(2, "DC=b", 2, Equality("objectClass", "trustedDomain")));
                trusts.Replies(bytes);
                Udp.Replies(bytes);
                flow.Parser.OnEnd();
            },
            iterations: 3000);
    }

    [Fact]
    public void It_is_found_on_any_port_and_other_things_on_its_port_are_not()
    {
        List<FlowEnded> flows = Analysis.Records<FlowEnded>(Capture.New()
            .Tcp("192.0.2.5:49152", "198.51.100.9:4444", t => t.SegmentSize(3).Says(Bind(1, "cn=a", "b")))
            .Udp("192.0.2.5:49153", "198.51.100.9:4444", u => u.Says(Search(1, "", 0, Present("a"), "netlogon")))
            .Tcp("192.0.2.5:49154", "198.51.100.9:389", t => t.Says("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
            .Tcp("192.0.2.5:49155", "198.51.100.9:389", t => t.WithoutHandshake().Says([0, 0, 0, 40, 5, 4, 2, 0xFF, .. new byte[36]])).ToPcap());
        Assert.Equal(["ldap", "ldap", "http", "ldap"], flows.OrderBy(f => f.Flow.OriginatorPort).Select(f => string.Join(',', f.Services)));
    }
}
