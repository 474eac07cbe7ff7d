using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Dns;
using Pcapper.Tests.Protocols.Netbios;
using Pcapper.Tests.Protocols.Ntlm;
using static Pcapper.Tests.Building.FrameBuilder;
using K = Pcapper.Tests.Protocols.Kerberos.KerberosBytes;
using L = Pcapper.Tests.Protocols.Ldap.LdapBytes;

namespace Pcapper.Tests.Analyses.Domain;

/// <summary>
/// A small network of the domain corp.example (CORP): a workstation finds its controller and logs in, a user works, a file server is reached,
/// a second controller is only named by DNS, a partner domain is trusted, somebody tries names that do not exist, and a rogue announces itself.
/// </summary>
internal static class CorpNetwork
{
    public const string Workstation = "10.0.0.21";
    public const string Controller = "10.0.0.10";
    public const string Files = "10.0.0.30";
    public const string Intruder = "10.0.0.66";

    private const string Realm = "CORP.EXAMPLE";
    private const string Locator = "_ldap._tcp.berlin._sites.dc._msdcs.corp.example";
    private static readonly byte[] s_lm = [1, 2, 3, 4, 5, 6, 7, 8, .. new byte[16]];

    public static byte[] Build() => Capture.New()
        .Udp($"{Workstation}:50001", $"{Controller}:53", u => u.Says(DnsBytes.Query(Locator, 33)).Replies(Located()))
        .Udp($"{Workstation}:50002", $"{Controller}:389", u => u.Says(L.Search(1, "", 0, L.Equality("DnsDomain", "corp.example"), "netlogon")).Replies([.. L.Entry(1, "", ("netlogon", Netlogon())), .. L.Result(1, 5, 0)]))
        .Tcp($"{Workstation}:50003", $"{Controller}:88", t => t
            .Says(K.Stream(AsRequest("WS-ANNA$"))).Replies(K.Stream(Reply(11, "WS-ANNA$", $"krbtgt/{Realm}"))))
        .Waits(60_000)
        .Tcp($"{Workstation}:50004", $"{Controller}:88", t => t
            .Says(K.Stream(AsRequest("anna", "CORP"))).Replies(K.Stream(Reply(11, "anna", $"krbtgt/{Realm}"))))
        .Tcp($"{Workstation}:50005", $"{Controller}:88", t => t
            .Says(K.Stream(TgsRequest("cifs/files.corp.example"))).Replies(K.Stream(Reply(13, "anna", "cifs/files.corp.example"))))
        .Tcp($"{Workstation}:50006", $"{Controller}:88", t => t
            .Says(K.Stream(TgsRequest("HTTP/web.partner.example"))).Replies(K.Stream(Reply(13, "anna", "krbtgt/PARTNER.EXAMPLE"))))
        .Waits(5_000)
        .Tcp($"{Workstation}:50007", $"{Controller}:389", t => t
            .Says(L.Search(1, "", 0, L.Present("objectClass"), "rootDomainNamingContext", "defaultNamingContext", "dnsHostName"))
            .Replies([.. L.Entry(1, "", ("rootDomainNamingContext", L.Plain("DC=corp,DC=example")), ("defaultNamingContext", L.Plain("DC=corp,DC=example")), ("dnsHostName", L.Plain("DC1.corp.example"))), .. L.Result(1, 5, 0)])
            .Says(L.Search(2, "CN=System,DC=corp,DC=example", 2, L.Equality("objectClass", "trustedDomain"), "trustPartner", "flatName", "trustDirection", "trustAttributes"))
            .Replies([.. L.Entry(2, "CN=partner.example,CN=System,DC=corp,DC=example", ("trustPartner", L.Plain("partner.example")), ("flatName", L.Plain("PARTNER")), ("trustDirection", L.Plain("3")), ("trustAttributes", L.Plain("8"))), .. L.Result(2, 5, 0)]))
        .Tcp($"{Workstation}:50008", $"{Files}:389", t => Ntlm(t, "Anna", "CORP", 0))
        .Waits(30_000)
        .Tcp($"{Intruder}:40001", $"{Files}:389", t => Ntlm(t, "administrator", "corp", 49))
        .Udp($"{Intruder}:40002", $"{Controller}:88", u => u.Says(AsRequest("svc-backup")).Replies(Error(6)))
        .Udp($"{Intruder}:40003", $"{Controller}:88", u => u.Says(AsRequest("svc-print")).Replies(Error(6)))
        .Udp($"{Intruder}:138", "10.0.0.255:138", u => u.Says(NetbiosBytes.Datagram("ROGUE", 0x0A000042, "CORP", NetbiosBytes.Announcement(1, "ROGUE", 0x0000_0008, ""))))
        .ToPcapng();

    /// <summary>An answer to a domain controller ping (MS-ADTS, 6.3.1.9).</summary>
    public static byte[] Netlogon(string domain = "corp.example", string host = "DC1", string netbios = "CORP") =>
    [
        23, 0, 0, 0, 0x7D, 0x31, 0, 0, .. new byte[16], .. DnsBytes.Name(domain), .. DnsBytes.Name(domain), .. DnsBytes.Name($"{host}.{domain}"), .. DnsBytes.Name(netbios), .. DnsBytes.Name(host), 0,
        .. DnsBytes.Name("Berlin"), .. DnsBytes.Name("Berlin"), 5, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
    ];

    // Two controllers, and the address of both beside.
    private static byte[] Located()
    {
        byte[] Beside(string host, uint address) => [.. DnsBytes.Name(host), 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. Big(address, 4)];
        byte[] Server(string host) => DnsBytes.Record(33, [0, 0, 0, 100, 0x01, 0x85, .. DnsBytes.Name(host)]);
        byte[] message = [.. DnsBytes.Response(Locator, 33, 7, 0x8580, Server("dc1.corp.example"), Server("dc2.corp.example")), .. Beside("dc1.corp.example", 0x0A00000A), .. Beside("dc2.corp.example", 0x0A00000B)];
        message[11] = 2;
        return message;
    }

    private static void Ntlm(TcpConversation talk, string user, string domain, int result)
    {
        byte[] Token(byte[] token) => L.Context(7, token);
        byte[] challenge = NtlmBytes.Challenge();
        talk.Says(L.SaslBind(1, "GSS-SPNEGO", NtlmBytes.Negotiate)).Replies(L.Result(1, 1, 14, "", Token(challenge)))
            .Says(L.SaslBind(2, "GSS-SPNEGO", NtlmBytes.Authenticate(user, s_lm, NtlmBytes.Version2(), domain, user == "Anna" ? "WS-ANNA" : "KALI"))).Replies(L.Result(2, 1, result));
    }

    private static byte[] Ticket(string service) => K.Application(1, K.Sequence(K.Context(0, K.Number(5)), K.Context(1, K.Text(Realm)), K.Context(2, K.Name(service)), K.Context(3, K.Cipher(18, 0xCA, 0xFE))));

    private static byte[] Body(string? client, string realm, string service) => K.Context(4, K.Sequence(
        K.Context(0, K.Flags(0x4081_0010)), client is null ? [] : K.Context(1, K.Name(client)), K.Context(2, K.Text(realm)), K.Context(3, K.Name(service)),
        K.Context(5, K.Time("2037-09-13T02:48:05Z")), K.Context(7, K.Number(service.Length)), K.Context(8, K.Sequence(K.Number(18)))));

    private static byte[] AsRequest(string client, string realm = Realm) => K.Application(10, K.Sequence(
        K.Context(1, K.Number(5)), K.Context(2, K.Number(10)), K.Context(3, K.Sequence(K.EncryptedTimestamp(18))), Body(client, realm, $"krbtgt/{realm}")));

    private static byte[] TgsRequest(string service)
    {
        byte[] shown = K.Application(14, K.Sequence(K.Context(0, K.Number(5)), K.Context(1, K.Number(14)), K.Context(2, K.Flags(0)), K.Context(3, Ticket($"krbtgt/{Realm}")), K.Context(4, K.Cipher(18, 1, 2))));
        return K.Application(12, K.Sequence(K.Context(1, K.Number(5)), K.Context(2, K.Number(12)), K.Context(3, K.Sequence(K.Padata(1, shown))), Body(null, Realm, service)));
    }

    private static byte[] Reply(int type, string client, string service) => K.Application(type, K.Sequence(
        K.Context(0, K.Number(5)), K.Context(1, K.Number(type)), K.Context(3, K.Text(Realm)), K.Context(4, K.Name(client)), K.Context(5, Ticket(service)), K.Context(6, K.Cipher(18, 0xDD, 0xEE))));

    private static byte[] Error(int code) => K.Application(30, K.Sequence(
        K.Context(0, K.Number(5)), K.Context(1, K.Number(30)), K.Context(4, K.Time("2026-01-01T00:00:00Z")), K.Context(5, K.Number(0)), K.Context(6, K.Number(code)),
        K.Context(9, K.Text(Realm)), K.Context(10, K.Name($"krbtgt/{Realm}"))));
}
