using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Ldap;
using Pcapper.Tests.Protocols.Ntlm;
using Pcapper.Tests.Protocols.Smb;
using Pcapper.Tests.Protocols.Tds;

namespace Pcapper.Tests.Protocols.Logins;

/// <summary>A conversation in which somebody logs in, and what is to be seen of it.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Protocol">The protocol.</param>
/// <param name="Port">Its usual port.</param>
/// <param name="Seen">Scheme, user, password and outcome of each login; the password behind a response is what it is checked with.</param>
/// <param name="Turns">Who says what.</param>
public sealed record Login(string Name, string Protocol, int Port, (string Scheme, string? User, string? Password, bool? Success, int? Mode)[] Seen, params (bool FromClient, byte[] Bytes)[] Turns)
{
    private static readonly byte[] s_salt = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<Login> All { get; } =
    [
        new("ftp refused, then let in", "ftp", 21, [("user-pass", "anna", "gue55 1", false, null), ("user-pass", "anna", "kn0wn", true, null)],
            S("220 FTP ready\r\n"), C("USER anna\r\n"), S("331 password\r\n"), C("PASS gue55 1\r\n"), S("530 no\r\n"), C("USER anna\r\n"), S("331 password\r\n"), C("PASS kn0wn\r\n"), S("230 hello\r\n")),
        new("ftp behind many words", "ftp", 21, [("user-pass", "anna", "hunt3r", true, null)],
            [S("220 FTP ready\r\n"), .. Enumerable.Repeat(C("NOOP\r\n"), 201), C("USER anna\r\n"), S("331 password\r\n"), C("PASS hunt3r\r\n"), S("230 hello\r\n")]),
        new("ftp TLS refused", "ftp", 21, [("user-pass", "anna", "hunt3r", true, null)],
            S("220 FTP ready\r\n"), C("AUTH TLS\r\nUSER anna\r\nPASS hunt3r\r\n"), S("534 no\r\n331 password\r\n230 hello\r\n")),
        new("ftp without an answer", "ftp", 21, [("user-pass", "anna", "hunt3r", null, null)], S("220 FTP ready\r\n"), C("USER anna\r\nPASS hunt3r\r\n")),
        new("pop3", "pop3", 110, [("user-pass", "anna", "gue55", false, null), ("user-pass", "ben", "", true, null)],
            S("+OK POP3 ready\r\n"), C("USER anna\r\n"), S("+OK\r\n"), C("PASS gue55\r\n"), S("-ERR no\r\n"), C("USER ben\r\n"), S("+OK\r\n"), C("PASS \r\n"), S("+OK in\r\n")),

        new("pop3 mail refused first", "pop3", 110, [("user-pass", "anna", "hunt3r", true, null), ("user-pass", "a", "b", null, null)],
            S("+OK POP3 ready\r\n"), C("NOOP\r\nRETR 1\r\n"), S("+OK\r\n-ERR not yet\r\n"), C("USER anna\r\nPASS hunt3r\r\nRETR 1\r\n"), S("+OK\r\n+OK in\r\n+OK mail\r\n-ERR is in it\r\n.\r\n"), C("USER a\r\nPASS b\r\n")),
        new("pop3 TLS not answered", "pop3", 110, [("user-pass", "anna", "hunt3r", null, null)], S("+OK POP3 ready\r\n"), C("STLS\r\nUSER anna\r\nPASS hunt3r\r\n")),

        // RFC 1939, 7
        new("pop3 apop", "pop3", 110, [("apop", "mrose", "tanstaaf", true, 20)],
            S("+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n"), C("APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n"), S("+OK maildrop\r\n")),
        new("pop3 plain", "pop3", 110, [("plain", "anna", "hunt3r", true, null)],
            S("+OK POP3 ready\r\n"), C("AUTH PLAIN\r\n"), S("+ \r\n"), C($"{Base64("\0anna\0hunt3r")}\r\n"), S("+OK in\r\n")),
        new("pop3 ntlm", "pop3", 110, [("ntlmv2", "anna", null, true, 5600)],
            S("+OK POP3 ready\r\n"), C("AUTH NTLM\r\n"), S("+\r\n"), C($"{Base64(NtlmBytes.Negotiate)}\r\n"), S($"+ {Base64(NtlmBytes.Challenge())}\r\n"),
            C($"{Base64(NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2()))}\r\n"), S("+OK in\r\n")),
        new("imap login", "imap", 143, [("login", "anna", "gue55", false, null), ("login", "an na", "q\"t", true, null)],
            S("* OK ready\r\n"), C("1 LOGIN anna gue55\r\n"), S("1 NO no\r\n"), C("2 LOGIN \"an na\" \"q\\\"t\"\r\n"), S("* CAPABILITY X\r\n2 OK in\r\n")),
        new("imap login with literals", "imap", 143, [("login", "anna", "sec ret", true, null)],
            S("* OK ready\r\n"), C("a LOGIN {4}\r\n"), S("+ go\r\n"), C("anna {7}\r\n"), S("+ go\r\n"), C("sec ret\r\n"), S("a OK in\r\n")),

        // RFC 2195, 2
        new("imap cram-md5", "imap", 143, [("cram-md5", "tim", "tanstaaftanstaaf", true, 10200)],
            S("* OK ready\r\n"), C("A1 AUTHENTICATE CRAM-MD5\r\n"), S("+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\r\n"),
            C("dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\r\n"), S("A1 OK in\r\n")),
        new("imap ntlm", "imap", 143, [("ntlmv2", "anna", null, false, 5600)],
            S("* OK ready\r\n"), C("A1 AUTHENTICATE NTLM\r\n"), S("+ \r\n"), C($"{Base64(NtlmBytes.Negotiate)}\r\n"), S($"+ {Base64(NtlmBytes.Challenge())}\r\n"),
            C($"{Base64(NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2()))}\r\n"), S("A1 NO no\r\n")),
        new("imap scram", "imap", 143, [("scram-sha-256", "anna", null, true, null)],
            S("* OK ready\r\n"), C($"A1 AUTHENTICATE SCRAM-SHA-256 {Base64("n,,n=anna,r=abc")}\r\n"), S($"+ {Base64("r=abcdef,s=c2FsdA==,i=4096")}\r\n"),
            C($"{Base64("c=biws,r=abcdef,p=cHJvb2Y=")}\r\n"), S($"+ {Base64("v=eA==")}\r\n"), C("\r\n"), S("A1 OK in\r\n")),
        new("smtp plain", "smtp", 25, [("plain", "anna", "hunt3r", true, null)],
            S("220 mx ESMTP\r\n"), C("EHLO c\r\n"), S("250-mx\r\n250 AUTH PLAIN LOGIN\r\n"), C($"AUTH PLAIN {Base64("\0anna\0hunt3r")}\r\n"), S("235 in\r\n")),
        new("smtp login", "smtp", 587, [("login", "anna", "gue55", false, null), ("login", "anna", "kn0wn", true, null)],
            S("220 mx ESMTP\r\n"), C("EHLO c\r\n"), S("250 mx\r\n"), C("AUTH LOGIN\r\n"), S("334 VXNlcm5hbWU6\r\n"), C($"{Base64("anna")}\r\n"), S("334 UGFzc3dvcmQ6\r\n"), C($"{Base64("gue55")}\r\n"), S("535 no\r\n"),
            C($"AUTH LOGIN {Base64("anna")}\r\n"), S("334 UGFzc3dvcmQ6\r\n"), C($"{Base64("kn0wn")}\r\n"), S("235 in\r\n")),
        new("smtp mail refused first", "smtp", 25, [("plain", "anna", "hunt3r", true, null)],
            S("220 mx ESMTP\r\n"), C("DATA\r\n"), S("503 no\r\n"), C("BDAT 27 LAST\r\nAUTH PLAIN AGV2aWwAZXZpbA=="), S("503 no\r\n"), C($"AUTH PLAIN {Base64("\0anna\0hunt3r")}\r\n"), S("235 in\r\n"),
            C("DATA\r\n"), S("354 go\r\n"), C("AUTH PLAIN AGV2aWwAZXZpbA==\r\n.\r\n")),
        new("smtp TLS refused", "smtp", 25, [("plain", "anna", "hunt3r", true, null)],
            S("220 mx ESMTP\r\n"), C($"STARTTLS\r\nAUTH PLAIN {Base64("\0anna\0hunt3r")}\r\n"), S("454 no\r\n235 in\r\n")),
        new("smtp TLS refused twice", "smtp", 25, [("plain", "anna", "hunt3r", false, null)],
            S("220 mx ESMTP\r\n"), C($"STARTTLS\r\nSTARTTLS\r\nAUTH PLAIN {Base64("\0anna\0hunt3r")}\r\n"), S("454 no\r\n"), S("454 no\r\n"), S("535 no\r\n")),
        new("smtp given up", "smtp", 25, [], S("220 mx ESMTP\r\n"), C("EHLO c\r\n"), S("250 mx\r\n"), C("AUTH LOGIN\r\n"), S("334 VXNlcm5hbWU6\r\n"), C("*\r\n"), S("501 gone\r\n"), C("QUIT\r\n")),
        new("smtp behind a mail", "smtp", 25, [("plain", "anna", "hunt3r", true, null)],
            S("220 mx ESMTP\r\n"), C("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n"), S("250 ok\r\n250 ok\r\n354 go\r\n"), C("AUTH PLAIN AGV2aWwAZXZpbA==\r\n.\r\n"), S("250 taken\r\n"),
            C($"AUTH PLAIN {Base64("\0anna\0hunt3r")}\r\n"), S("235 in\r\n")),
        new("managesieve plain", "managesieve", 4190, [("plain", "anna", "gue55", false, null), ("plain", "anna", "kn0wn", true, null)],
            S("\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"\r\n\"SASL\" \"PLAIN LOGIN\"\r\nOK \"ready\"\r\n"), C($"AUTHENTICATE \"PLAIN\" \"{Base64("\0anna\0gue55")}\"\r\n"), S("NO \"no\"\r\n"),
            C("AUTHENTICATE \"LOGIN\"\r\n"), S("\"VXNlcm5hbWU6\"\r\n"), C("\"*\"\r\n"), S("NO\r\n"), C($"AUTHENTICATE \"PLAIN\" \"{Base64("\0anna\0kn0wn")}\"\r\n"), S("OK\r\n")),
        new("smtp xoauth2", "smtp", 25, [("xoauth2", "anna@x.example", "ya29.token", true, null)],
            S("220 mx ESMTP\r\n"), C("EHLO c\r\n"), S("250 mx\r\n"), C($"AUTH XOAUTH2 {Base64("user=anna@x.example\u0001auth=Bearer ya29.token\u0001\u0001")}\r\n"), S("235 in\r\n")),
        new("smtp ntlm", "smtp", 25, [("ntlmv2", "anna", null, true, 5600)],
            S("220 mx ESMTP\r\n"), C("EHLO c\r\n"), S("250 mx\r\n"), C($"AUTH NTLM {Base64(NtlmBytes.Negotiate)}\r\n"), S($"334 {Base64(NtlmBytes.Challenge())}\r\n"),
            C($"{Base64(NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2()))}\r\n"), S("235 in\r\n")),
        new("telnet key by key", "telnet", 23, [("typed", "anna", "hunt3r", true, null)],
            S([0xFF, 0xFD, 0x18, 0xFF, 0xFD, 0x20]), C([0xFF, 0xFB, 0x18, 0xFF, 0xFB, 0x20]), S("Linux\r\nhost login: "), C("a"), S("a"), C("nx"), S("nx"), C([0x7F]), S("\b \b"), C("na"), S("na"), C("\r\0"),
            S("\r\nPassword: "), C("hun"), C("t3r"), C("\r\n"), S("\r\nLast login: Mon on pts/0\r\nanna@host:~$ ")),
        new("telnet refused", "telnet", 23, [("typed", "anna", "gue55", false, null), ("typed", "anna", "kn0wn", true, null)],
            S([0xFF, 0xFD, 0x18, 0xFF, 0xFD, 0x20]), S("login: "), C("anna\r\n"), S("Password: "), C("gue55\r\n"), S("\r\nLogin incorrect\r\nlogin: "), C("anna\r\n"), S("Password: "), C("kn0wn\r\n"), S("\r\n# ")),
        new("telnet with another password inside", "telnet", 23, [("typed", "bob", "Bob-pass1", true, null), ("typed", null, "gue55", false, null), ("typed", null, "En4ble", true, null)],
            S([0xFF, 0xFD, 0x18, 0xFF, 0xFD, 0x20]), S("Username: "), C("bob\r\n"), S("bob\r\nPassword: "), C("Bob-pass1\r\n"), S("\r\nR1>"), C("enable\r\n"), S("enable\r\nPassword: "), C("gue55\r\n"),
            S("\r\n% Bad secrets\r\n\r\nR1>"), C("enable\r\n"), S("enable\r\nPassword: "), C("En4ble\r\n"), S("\r\nR1#"),
            C("show password: x\r\n"), S("show password: x\r\nuser password: none\r\nR1#"), C("exit\r\n"), S("exit\r\n")),
        new("redis behind many commands", "redis", 6379, [("auth", null, "kn0wn", true, null)],
            [.. Enumerable.Repeat(C("*1\r\n$4\r\nPING\r\n"), 210), S("-NOAUTH no\r\n"), C("*2\r\n$4\r\nAUTH\r\n$5\r\nkn0wn\r\n"), S("+OK\r\n")]),
        new("redis", "redis", 6379, [("auth", null, "gue55", false, null), ("auth", "anna", "kn0wn", true, null), ("auth", "ben", "third", true, null)],
            C("*2\r\n$4\r\nAUTH\r\n$5\r\ngue55\r\n"), S("-WRONGPASS no\r\n"), C("*3\r\n$4\r\nauth\r\n$4\r\nanna\r\n$5\r\nkn0wn\r\n"), S("+OK\r\n"),
            C("*5\r\n$5\r\nHELLO\r\n$1\r\n3\r\n$4\r\nAUTH\r\n$3\r\nben\r\n$5\r\nthird\r\n"), S("%1\r\n$6\r\nserver\r\n$5\r\nredis\r\n")),
        new("postgresql password", "postgresql", 5432, [("password", "anna", "hunt3r", true, null)],
            C(Startup), S([(byte)'R', 0, 0, 0, 8, 0, 0, 0, 3]), C([(byte)'p', 0, 0, 0, 11, .. "hunt3r\0"u8]), S([(byte)'R', 0, 0, 0, 8, 0, 0, 0, 0])),
        new("postgresql md5", "postgresql", 5432, [("md5", "anna", "hunt3r", false, 11100)],
            C(Startup), S([(byte)'R', 0, 0, 0, 12, 0, 0, 0, 5, 1, 2, 3, 4]), C([(byte)'p', 0, 0, 0, 40, .. Encoding.ASCII.GetBytes(Md5Response("anna", "hunt3r", [1, 2, 3, 4])), 0]), S([(byte)'E', 0, 0, 0, 5, 0])),
        new("mysql", "mysql", 3306, [("mysql_native_password", "anna", "hunt3r", true, 11200)],
            S(MysqlGreeting), C(MysqlLogin("anna", NativeResponse("hunt3r", s_salt), "mysql_native_password")), S([7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0])),
        new("mysql with another plugin", "mysql", 3306, [("caching_sha2_password", "anna", null, null, null), ("mysql_clear_password", "anna", "hunt3r", false, null)],
            S(MysqlGreeting), C(MysqlLogin("anna", new byte[32], "caching_sha2_password")), S([22, 0, 0, 2, 0xFE, .. "mysql_clear_password\0"u8]), C([7, 0, 0, 3, .. "hunt3r\0"u8]), S([3, 0, 0, 4, 0xFF, 0x15, 0x04])),
        new("mssql", "mssql", 1433, [("login7", "sa", "P@ss w0rd", false, null), ("login7", "sa", "kn0wn", true, null)],
            C(TdsBytes.PreLogin), S(TdsBytes.PreLoginAnswer), C(TdsBytes.Login("sa", "P@ss w0rd", "master")), S(TdsBytes.Refused), C(TdsBytes.Login("sa", "kn0wn")), S(TdsBytes.LetIn)),
        new("mssql ntlm", "mssql", 1433, [("ntlmv2", "anna", null, true, 5600)],
            C(TdsBytes.PreLogin), S(TdsBytes.PreLoginAnswer), C(TdsBytes.Login("", "", token: NtlmBytes.Negotiate)), S(TdsBytes.Packet(4, TdsBytes.Token(0xED, NtlmBytes.Challenge()))),
            C(TdsBytes.Packet(0x11, NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2()))), S(TdsBytes.LetIn)),
        new("sip", "sip", 5060, [("digest", "Mufasa", "Circle Of Life", true, 11400)],
            C($"REGISTER sip:x.example SIP/2.0\r\nAuthorization: {SipDigest}\r\nContent-Length: 0\r\n\r\n"), S("SIP/2.0 100 Trying\r\n\r\n"), S("SIP/2.0 200 OK\r\n\r\n")),
        new("sip behind many messages", "sip", 5060, [("digest", "Mufasa", "Circle Of Life", true, 11400)],
            [.. Enumerable.Repeat<(bool, byte[])[]>([C("OPTIONS sip:x.example SIP/2.0\r\nVia: a\r\nFrom: b\r\nTo: c\r\nCSeq: 1\r\n\r\n"), S("SIP/2.0 200 OK\r\nVia: a\r\nFrom: b\r\nTo: c\r\nCSeq: 1\r\n\r\n")], 45).SelectMany(turns => turns),
                C($"REGISTER sip:x.example SIP/2.0\r\nAuthorization: {SipDigest}\r\n\r\n"), S("SIP/2.0 200 OK\r\n\r\n")]),
        new("rtsp basic", "rtsp", 554, [("basic", "admin", "12345", false, null)],
            C($"DESCRIBE rtsp://cam.example/1 RTSP/1.0\r\nCSeq: 2\r\nAuthorization: Basic {Base64("admin:12345")}\r\n\r\n"), S("RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\n\r\n")),

        // RFC 2617, 3.5
        new("http digest", "http", 80, [("digest", "Mufasa", "Circle Of Life", true, 11400)],
            C("GET /dir/index.html HTTP/1.1\r\nHost: www.example\r\nAuthorization: Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
                + "qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"\r\n\r\n"),
            S("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")),
        new("http form, query and JSON", "http", 80, [("form", "anna", "a b+c", null, null), ("query", "anna", "in query", null, null), ("json", "anna", "q\"t/x", null, null)],
            C("POST /a HTTP/1.1\r\nHost: www.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 30\r\n\r\nusername=anna&password=a+b%2Bc"), S("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
            C("GET /b?user=anna&pwd=in%20query HTTP/1.1\r\nHost: www.example\r\n\r\n"), S("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            C("POST /c HTTP/1.1\r\nHost: www.example\r\nContent-Type: application/json\r\nContent-Length: 49\r\n\r\n{\"email\":\"anna\", \"password\" : \"q\\\"t\\/x\", \"n\": 1 }"), S("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")),
        new("http tokens and UTF-8 in queries", "http", 80, [("query", "säfe", "pässword", null, null), ("query", "access_token", "aaaa-bbbb", null, null), ("query", "api_key", "kkkk~llll", null, null)],
            C("GET /b?user=s%C3%A4fe&pwd=p%c3%a4ssword HTTP/1.1\r\nHost: www.example\r\n\r\n"), S("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            C("GET /d?access_token=aaaa%2Dbbbb&x=1&api_key=kkkk%7Ellll HTTP/1.1\r\nHost: www.example\r\n\r\n"), S("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")),
        HttpBasic(200, true),
        HttpBasic(302, true),
        HttpBasic(401, false),
        HttpBasic(403, false),
        HttpBasic(407, null),
        HttpBasic(429, null),
        HttpBasic(500, null),
        new("http proxy", "http", 3128, [("basic", "anna", "sec:ret", false, null)],
            C($"GET http://www.example/ HTTP/1.1\r\nHost: www.example\r\nProxy-Authorization: Basic {Base64("anna:sec:ret")}\r\n\r\n"), S("HTTP/1.1 407 Proxy\r\nContent-Length: 0\r\n\r\n")),
        new("xmpp", "xmpp", 5222, [("plain", "anna", "gue55", false, null), ("plain", "anna", "kn0wn", true, null)],
            C("<?xml version='1.0'?><stream:stream to='x.example' xmlns='jabber:client'>"), S("<?xml version='1.0'?><stream:stream id='1'>"),
            C($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{Base64("\0anna\0gue55")}</auth>"), S("<failure><not-authorized/></failure>"),
            C($"<auth mechanism=\"PLAIN\">{Base64("\0anna\0kn0wn")}</auth>"), S("<success/>")),
        new("xmpp success of the client", "xmpp", 5222, [("plain", "anna", "hunt3r", true, null)],
            C("<stream:stream to='x.example'>"), S("<stream:stream id='1'>"), C($"<success/><auth mechanism='PLAIN'>{Base64("\0anna\0hunt3r")}</auth>"), S("<success/>")),
        new("xmpp TLS refused", "xmpp", 5222, [("plain", "anna", "hunt3r", true, null)],
            C("<stream:stream to='x.example'>"), S("<stream:stream id='1'>"), C($"<starttls/><auth mechanism='PLAIN'>{Base64("\0anna\0hunt3r")}</auth>"), S("<failure/>"), S("<success/>")),
        new("irc", "irc", 6667, [("pass", "bob", "door key", true, null), ("nickserv", "bob", "hunter2", null, null), ("oper", "root", "s3cret", false, null)],
            C("PASS :door key\r\nNICK bob\r\nUSER bob 0 * :Bob\r\n"), S(":irc.example 001 bob :Welcome\r\n"), C("PRIVMSG NickServ :IDENTIFY hunter2\r\n"),
            C("OPER root s3cret\r\n"), S(":irc.example 464 bob :Password incorrect\r\n")),
        new("irc sasl", "irc", 6667, [("plain", "bob", "hunt3r", true, null)],
            C("NICK bob\r\nUSER bob 0 * :Bob\r\n"), S(":irc.example CAP * ACK :sasl\r\n"), C("AUTHENTICATE PLAIN\r\n"), S("AUTHENTICATE +\r\n"),
            C($"AUTHENTICATE {Base64("\0bob\0hunt3r")}\r\n"), S(":irc.example 903 bob :in\r\n")),
        new("smb 1 without NTLM messages", "smb", 445, [("ntlmv1", "u4-netntlm", "hashcat", false, 5500)],
            C(Smb1Negotiate), S(Smb1Chosen(3, Convert.FromHexString("cb8086049ec4736c"))),
            C(Smb1Login(Convert.FromHexString("338d08f8e26de93300000000000000000000000000000000"), Convert.FromHexString("9526fb8c23a90751cdd619b6cea564742e1e4bf33006ba41"), "u4-netntlm", "kNS")),
            S(SmbBytes.Framed(SmbBytes.One(0x73, [], [], isResponse: true, status: SmbBytes.LogonFailure)))),
        new("smb 1 with a password as it is", "smb", 445, [("plain", "anna", "hunt3r", true, null)],
            C(Smb1Negotiate), S(Smb1Chosen(1, [])), C(Smb1Login([.. "hunt3r\0"u8], [], "anna", "EXAMPLE")),
            S(SmbBytes.Framed(SmbBytes.One(0x73, [0xFF, 0, 0, 0, 0, 0], [0, 0, 0], isResponse: true)))),
        new("ldap", "ldap", 389, [("simple", "cn=anna", "hunt3r", true, null)],
            C([0x30, 0x19, 2, 1, 1, 0x60, 0x14, 2, 1, 3, 4, 7, .. "cn=anna"u8, 0x80, 6, .. "hunt3r"u8]), S([0x30, 0x0C, 2, 1, 1, 0x61, 7, 0x0A, 1, 0, 4, 0, 4, 0])),
        new("ldap TLS refused", "ldap", 389, [("simple", "cn=anna", "hunt3r", true, null)],
            C([.. LdapBytes.Extended(1, "1.3.6.1.4.1.1466.20037"), .. LdapBytes.Bind(2, "cn=anna", "hunt3r")]), S([.. LdapBytes.Result(1, 24, 53), .. LdapBytes.Result(2, 1, 0)])),
        new("ldap TLS not answered", "ldap", 389, [("simple", "cn=anna", "hunt3r", null, null)],
            C([.. LdapBytes.Extended(1, "1.3.6.1.4.1.1466.20037"), .. LdapBytes.Bind(2, "cn=anna", "hunt3r")])),
    ];

    private static string SipDigest
    {
        get
        {
            string first = Hash("Mufasa:x.example:Circle Of Life");
            string second = Hash("REGISTER:sip:x.example");
            return $"Digest username=\"Mufasa\",realm=\"x.example\",nonce=\"abc\",uri=\"sip:x.example\",response=\"{Hash($"{first}:abc:{second}")}\",algorithm=MD5";
        }
    }

    private static byte[] Smb1Negotiate => SmbBytes.Framed(SmbBytes.One(0x72, [], [2, .. "NT LM 0.12\0"u8]));

    private static byte[] Startup => [0, 0, 0, 31, 0, 3, 0, 0, .. "user\0anna\0database\0db\0"u8, 0];

    private static byte[] MysqlGreeting => Packet(0, [10, .. "8.0.36\0"u8, 8, 0, 0, 0, .. s_salt[..8], 0, 0xFF, 0xF7, 0xFF, 2, 0, 0xFF, 0x8F, 21, .. new byte[10], .. s_salt[8..], 0, .. "mysql_native_password\0"u8]);

    /// <summary>A capture of the conversation.</summary>
    public byte[] ToCapture(int port, int segment = 1460) => Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{port}", talk => Talk(talk.SegmentSize(segment))).ToPcap();

    /// <summary>Speaks it.</summary>
    public void Talk(TcpConversation talk)
    {
        foreach ((bool fromClient, byte[] bytes) in Turns)
        {
            _ = fromClient ? talk.Says(bytes) : talk.Replies(bytes);
        }

        talk.Closes();
    }

    private static Login HttpBasic(int status, bool? success) => new(
        $"http {status}", "http", 80, [("basic", "anna", "sec:ret", success, null)],
        C($"GET / HTTP/1.1\r\nHost: www.example\r\nAuthorization: Basic {Base64("anna:sec:ret")}\r\n\r\n"), S($"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n"));

    private static byte[] Smb1Chosen(byte security, byte[] challenge) => SmbBytes.Framed(SmbBytes.One(0x72, [0, 0, security, .. new byte[31]], challenge, isResponse: true));

    private static byte[] Smb1Login(byte[] lm, byte[] nt, string user, string domain)
    {
        byte[] words = [0xFF, 0, 0, 0, 4, 0x11, 50, 0, 0, 0, 0, 0, 0, 0, (byte)lm.Length, 0, (byte)nt.Length, 0, 0, 0, 0, 0, 0xD4, 0, 0, 0];
        byte[] pad = (lm.Length + nt.Length) % 2 == 0 ? [0] : [];
        return SmbBytes.Framed(SmbBytes.One(0x73, words, [.. lm, .. nt, .. pad, .. Encoding.Unicode.GetBytes($"{user}\0{domain}\0Unix\0Samba\0")]));
    }

    private static byte[] MysqlLogin(string user, byte[] response, string plugin)
    {
        byte[] head = new byte[32];
        BinaryPrimitives.WriteUInt32LittleEndian(head, 0x0008_8208);
        return Packet(1, [.. head, .. Encoding.UTF8.GetBytes(user), 0, (byte)response.Length, .. response, .. "db\0"u8, .. Encoding.UTF8.GetBytes(plugin), 0]);
    }

    private static byte[] Packet(byte sequence, byte[] body) => [(byte)body.Length, (byte)(body.Length >> 8), 0, sequence, .. body];

#pragma warning disable CA5350, CA5351 // The protocols use what they use.
    private static byte[] NativeResponse(string password, byte[] salt)
    {
        byte[] once = SHA1.HashData(Encoding.UTF8.GetBytes(password));
        return [.. once.Zip(SHA1.HashData([.. salt, .. SHA1.HashData(once)]), (a, b) => (byte)(a ^ b))];
    }

    private static string Md5Response(string user, string password, byte[] salt)
        => "md5" + Convert.ToHexStringLower(MD5.HashData([.. Encoding.ASCII.GetBytes(Hash(password + user)), .. salt]));

    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350, CA5351

    private static string Base64(string text) => Base64(Encoding.UTF8.GetBytes(text));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static (bool FromClient, byte[] Bytes) C(string text) => (true, Hex.Text(text));

    private static (bool FromClient, byte[] Bytes) C(byte[] bytes) => (true, bytes);

    private static (bool FromClient, byte[] Bytes) S(string text) => (false, Hex.Text(text));

    private static (bool FromClient, byte[] Bytes) S(byte[] bytes) => (false, bytes);
}
