using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Tds;
using Pcapper.Tests.Protocols.Tls;

namespace Pcapper.Tests.Protocols.Lines;

/// <summary>How conversations of protocols with greetings begin, by name.</summary>
public sealed record Greeting(string Name, string Protocol, int UsualPort, params (bool FromClient, byte[] Bytes)[] Turns)
{
    private static readonly byte[] s_ldapStart = Hex.Bytes("""
        30 1d                                                      LDAPMessage
        02 01 01                                                   message 1
        77 18 80 16 31 2e 33 2e 36 2e 31 2e 34 2e 31 2e            extended request, 1.3.6.1.4.1.1466.20037
        31 34 36 36 2e 32 30 30 33 37
        """);

    private static readonly byte[] s_mysqlGreeting = Hex.Bytes("""
        47 00 00 00 0a                                             71 bytes, first packet, protocol 10
        38 2e 30 2e 33 36 00                                       8.0.36
        08 00 00 00 01 02 03 04 05 06 07 08 00                     thread, salt
        ff f7 ff 02 00 ff 8f 15 00 00 00 00 00 00 00 00 00 00      capabilities, character set, status
        01 02 03 04 05 06 07 08 09 0a 0b 0c 00                     salt
        6d 79 73 71 6c 5f 6e 61 74 69 76 65 5f 70 61 73 73 77 00   plugin
        """);

    private static readonly byte[] s_mysqlTls = Hex.Bytes("""
        20 00 00 01                                                32 bytes, second packet
        85 ae ff 01 00 00 00 01 21                                 capabilities with SSL
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        """);

    private static readonly byte[] s_rdpRequest = Hex.Bytes("""
        03 00 00 13 0e e0 00 00 00 00 00                           TPKT, X.224 connection request
        01 00 08 00 03 00 00 00                                    negotiation: TLS or CredSSP
        """);

    private static readonly byte[] s_rdpConfirm = Hex.Bytes("""
        03 00 00 13 0e d0 00 00 12 34 00                           TPKT, X.224 connection confirm
        02 1f 08 00 02 00 00 00                                    CredSSP
        """);

    /// <summary>Conversations that do not turn to TLS.</summary>
    public static IReadOnlyList<Greeting> Plain { get; } =
    [
        new("ssh", "ssh", 22, Server("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), Client("SSH-2.0-PuTTY_Release_0.78\r\n")),
        new("smtp", "smtp", 25, Server("220 mx.example ESMTP Postfix (Debian/GNU)\r\n"), Client("EHLO c.example\r\n"), Server("250 mx.example\r\n")),
        new("smtp quiet", "smtp", 25, Server("220 mx.example ready\r\n"), Client("EHLO c.example\r\n"), Server("250 mx.example\r\n")),
        new("imap", "imap", 143, Server("* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n"), Client("a1 LOGIN u p\r\n"), Server("a1 OK done\r\n")),
        new("pop3", "pop3", 110, Server("+OK Dovecot ready. <1.2@x.example>\r\n"), Client("USER u\r\n"), Server("+OK\r\n")),
        new("ftp", "ftp", 21, Server("220 (vsFTPd 3.0.3)\r\n"), Client("USER u\r\n"), Server("331 password\r\n")),
        new("ftp quiet", "ftp", 21, Server("220 ready\r\n"), Client("USER u\r\n"), Server("331 password\r\n")),
        new("smtp mail", "smtp", 25, Server("220 mx.example ESMTP Postfix (Debian/GNU)\r\n"), Client("EHLO c.example\r\n"), Server("250-mx.example\r\n250 PIPELINING\r\n"),
            Client("MAIL FROM:<a@b.example> SIZE=9\r\nRCPT TO:<c@d.example>\r\nDATA\r\n"), Server("250 ok\r\n250 ok\r\n354 go\r\n"),
            Client("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhi http://e.example/\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nTVqQ\r\n--x--\r\n.\r\n"),
            Server("250 taken\r\n"), Client("MAIL FROM:<>\r\nRCPT TO:<e@d.example>\r\nBDAT 4\r\nS: x"), Server("250 ok\r\n250 ok\r\n250 4\r\n"), Client("BDAT 4 LAST\r\n\r\nyz"), Server("250 ok\r\n"), Client("QUIT\r\n"), Server("221 bye\r\n")),
        new("imap mail", "imap", 143, Server("* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n"), Client("a1 LOGIN u p\r\n"), Server("a1 OK done\r\n"), Client("a2 SELECT INBOX\r\n"), Server("* 1 EXISTS\r\na2 OK\r\n"),
            Client("a3 FETCH 1 (BODY[])\r\n"), Server("* 1 FETCH (BODY[] {12}\r\nSubject: x\r\n FLAGS (\\Seen))\r\na3 OK\r\n"), Client("a4 APPEND Sent {12}\r\n"), Server("+ go\r\n"), Client("Subject: y\r\n\r\n"), Server("a4 OK\r\n"),
            Client("a5 APPEND Sent {12+}\r\nSubject: z\r\n\r\na6 IDLE\r\n"), Server("a5 OK\r\n+ idling\r\n"), Client("DONE\r\n"), Server("a6 OK\r\n")),
        new("pop3 mail", "pop3", 110, Server("+OK Dovecot ready. <1.2@x.example>\r\n"), Client("CAPA\r\n"), Server("+OK\r\nUSER\r\n.\r\n"), Client("USER u\r\n"), Server("+OK\r\n"), Client("PASS p\r\n"), Server("+OK\r\n"),
            Client("LIST\r\nRETR 1\r\nQUIT\r\n"), Server("+OK\r\n1 9\r\n.\r\n+OK\r\nSubject: x\r\n\r\n..y\r\n.\r\n+OK bye\r\n")),
        new("ftp transfer", "ftp", 21, Server("220 (vsFTPd 3.0.3)\r\n"), Client("USER u\r\n"), Server("331 password\r\n"), Client("PASS p\r\n"), Server("230 in\r\n"), Client("CWD pub\r\n"), Server("250 ok\r\n"),
            Client("EPSV\r\n"), Server("229 Extended (|||6446|)\r\n"), Client("RETR a.txt\r\n"), Server("150 Opening (12 bytes).\r\n226 done\r\n"), Client("PORT 10,0,0,5,4,1\r\nSTOR b\r\n"), Server("200 ok\r\n150 go\r\n226 done\r\n")),
        new("managesieve", "managesieve", 4190, Server("\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"\r\n\"SIEVE\" \"fileinto\"\r\nOK\r\n"), Client("PUTSCRIPT \"a\" {9+}\r\ndiscard;\n\r\nGETSCRIPT \"a\"\r\n"),
            Server("OK\r\n{9}\r\ndiscard;\n\r\nOK\r\n"), Client("LOGOUT\r\n"), Server("OK\r\n")),
        new("vnc", "vnc", 5900, Server("RFB 003.008\n"), Client("RFB 003.008\n")),
        new("mysql", "mysql", 3306, Server(s_mysqlGreeting)),
        new("mssql", "mssql", 1433, Client(TdsBytes.PreLogin), Server(TdsBytes.PreLoginAnswer), Client(TdsBytes.Login("sa", "p")), Server(TdsBytes.Refused)),
        new("mssql login", "mssql", 1433, Client(TdsBytes.Login("sa", "p")), Server(TdsBytes.LetIn)),
        new("postgresql", "postgresql", 5432, Client(Hex.Bytes("00 00 00 10 00 03 00 00 75 73 65 72 00 61 00 00")), Server(Hex.Bytes("52 00 00 00 0c 00 00 00 05 01 02 03 04"))),
        new("rdp", "rdp", 3389, Client(s_rdpRequest), Server(Hex.Bytes("03 00 00 13 0e d0 00 00 12 34 00 02 1f 08 00 00 00 00 00"))),
        new("telnet", "telnet", 23, Server(Hex.Bytes("ff fd 18 ff fd 20")), Client(Hex.Bytes("ff fb 18 ff fb 20")), Server("Ubuntu 17.10\r\nhost login: ")),
        new("xmpp", "xmpp", 5222, Client("<?xml version='1.0'?><stream:stream to='x.example' xmlns='jabber:client'>"), Server("<?xml version='1.0'?><stream:stream id='1'>")),
        new("irc", "irc", 6667, Client("NICK bob\r\nUSER bob 0 * :Bob\r\n"), Server(":irc.example 001 bob :Welcome\r\n:irc.example 004 bob irc.example UnrealIRCd-6.0 iow n\r\n")),
        new("rtsp", "rtsp", 554, Client("OPTIONS rtsp://cam.example/1 RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: VLC/3.0\r\n\r\n"), Server("RTSP/1.0 200 OK\r\nServer: Hipcam RealServer/V1.0\r\n\r\n")),
        new("sip", "sip", 5060, Client("OPTIONS sip:a@b.example SIP/2.0\r\nUser-Agent: friendly-scanner\r\n\r\n"), Server("SIP/2.0 200 OK\r\nServer: Asterisk PBX 18.1\r\n\r\n")),
        new("redis", "redis", 6379, Client("*1\r\n$4\r\nINFO\r\n"), Server("$22\r\nredis_version:7.0.5\r\n\r\n\r\n")),
        new("ldap", "ldap", 389, Client(Hex.Bytes("30 0c 02 01 01 60 07 02 01 03 04 00 80 00")), Server(Hex.Bytes("30 0c 02 01 01 61 07 0a 01 00 04 00 04 00"))),
    ];

    /// <summary>Conversations that turn to TLS; what follows the last turn is TLS.</summary>
    public static IReadOnlyList<Greeting> Upgrading { get; } =
    [
        new("smtp", "smtp", 25, Server("220 mx.example ESMTP Exim 4.96\r\n"), Client("EHLO c\r\n"), Server("250-mx.example\r\n250 STARTTLS\r\n"), Client("STARTTLS\r\n"), Server("220 go\r\n")),
        new("smtp quiet", "smtp", 25, Server("220 ready\r\n"), Client("EHLO c\r\n"), Server("250-mx.example\r\n250 STARTTLS\r\n"), Client("STARTTLS\r\n"), Server("220 go\r\n")),
        new("imap", "imap", 143, Server("* OK ready\r\n"), Client("x STARTTLS\r\n"), Server("* NO wait\r\nx OK go\r\n")),
        new("pop3", "pop3", 110, Server("+OK POP3 ready\r\n"), Client("STLS\r\n"), Server("+OK go\r\n")),
        new("managesieve", "managesieve", 4190, Server("\"IMPLEMENTATION\" \"x\"\r\n\"STARTTLS\"\r\nOK\r\n"), Client("STARTTLS\r\n"), Server("OK go\r\n")),
        new("ftp", "ftp", 21, Server("220-Welcome\r\n220 to FTP\r\n"), Client("AUTH TLS\r\n"), Server("234 go\r\n")),
        new("ftp quiet", "ftp", 21, Server("220 ready\r\n"), Client("AUTH TLS\r\n"), Server("234 go\r\n")),
        new("xmpp", "xmpp", 5222, Client("<stream:stream to='x.example'>"), Server("<stream:stream id='1'><stream:features/>"), Client("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"), Server("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")),
        new("irc", "irc", 6667, Client("STARTTLS\r\n"), Server(":irc.example 670 * :go\r\n")),
        new("postgresql", "postgresql", 5432, Client(Hex.Bytes("00 00 00 08 04 d2 16 2f")), Server("S")),
        new("mysql", "mysql", 3306, Server(s_mysqlGreeting), Client(s_mysqlTls)),
        new("ldap", "ldap", 389, Client(s_ldapStart), Server(Hex.Bytes("30 0c 02 01 01 78 07 0a 01 00 04 00 04 00"))),
        new("rdp", "rdp", 3389, Client(s_rdpRequest), Server(s_rdpConfirm)),
    ];

    /// <summary>Gets the protocol from the catalog.</summary>
    public IProtocol Spoken => new Catalog().Protocols.Single(p => p.Name == Protocol);

    /// <summary>A ClientHello.</summary>
    public static byte[] ClientHello { get; } = TlsBytes.Handshake(0x0301, 1, TlsBytes.ClientHello(0x0303, [0xC02F], [TlsBytes.ServerName("inner.example")]));

    /// <summary>A ServerHello.</summary>
    public static byte[] ServerHello { get; } = TlsBytes.Handshake(0x0303, 2, TlsBytes.ServerHello(0x0303, 0xC02F, []));

    /// <summary>A capture of the conversation.</summary>
    public byte[] ToCapture(int port, bool thenTls = false, int segment = 1460) => Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{port}", talk =>
    {
        talk.SegmentSize(segment);
        foreach ((bool fromClient, byte[] bytes) in Turns)
        {
            _ = fromClient ? talk.Says(bytes) : talk.Replies(bytes);
        }

        if (thenTls)
        {
            talk.Says(ClientHello).Replies(ServerHello);
        }

        talk.Closes();
    }).ToPcap();

    private static (bool FromClient, byte[] Bytes) Client(string text) => (true, Hex.Text(text));

    private static (bool FromClient, byte[] Bytes) Client(byte[] bytes) => (true, bytes);

    private static (bool FromClient, byte[] Bytes) Server(string text) => (false, Hex.Text(text));

    private static (bool FromClient, byte[] Bytes) Server(byte[] bytes) => (false, bytes);
}
