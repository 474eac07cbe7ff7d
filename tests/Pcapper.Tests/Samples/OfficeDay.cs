using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Tls;

namespace Pcapper.Tests.Samples;

/// <summary>
/// Makes samples/office-day.pcapng: twenty minutes of a small office, with a few things planted: an address claimed by a host in the middle,
/// a port scan, a program downloaded as a picture by a script, names that carry data, a password in clear, an old TLS server.
/// </summary>
public static class OfficeDay
{
    private const string Anna = "10.20.0.31";
    private const string Ben = "10.20.0.44";
    private const string Resolver = "10.20.0.10";
    private const string Nas = "10.20.0.20";
    private const string Web = "203.0.113.10";
    private const string Shop = "198.51.100.80";
    private const string Bad = "203.0.113.77";
    private const ulong GatewayMac = 0x0011_2233_4401;
    private const ulong AnnaMac = 0x000C_2912_3431;
    private const ulong BenMac = 0x000C_2912_3444;

    // Self-signed, RSA 1024, SHA-1, valid 2023-01-10 to 2025-01-09, CN=nas.office.example; made for this sample.
    private const string NasCertificate = "MIICUjCCAbugAwIBAgICEjQwDQYJKoZIhvcNAQEFBQAwRDELMAkGA1UEBhMCVVMxGDAWBgNVBAoMD0V4YW1wbGUgRGV2aWNlczEbMBkGA1UEAwwSbmFzLm9mZmljZS5leGFtcGxlMB4XDTIzMDExMDAwMDAwMFoXDTI1MDEwOTAwMDAwMFowRDELMAkGA1UEBhMCVVMxGDAWBgNVBAoMD0V4YW1wbGUgRGV2aWNlczEbMBkGA1UEAwwSbmFzLm9mZmljZS5leGFtcGxlMIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDg1qRNzo5yDSgzTo1NXBt2FG6BX6ljHAjmCQDRfDLEyEbqTExerlsDrK3yNPqK9alc1SVldFxZRdTwQI5QqNdLPFndPshIxzCN7hQ2rm2MMesr5PIyXL8lIwKeJ/c14mU7KptewVGgXp82nY8GRd6F9MCdRLluObLi3sPa65yeKQIDAQABo1MwUTAdBgNVHQ4EFgQU97klUvrKB4XHWrCikMzL8CbhmVIwHwYDVR0jBBgwFoAU97klUvrKB4XHWrCikMzL8CbhmVIwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQUFAAOBgQAGCCcEBqeIFr83LvbMseZNSn3Nq7tJ+IhKdChjhaJSqQkuEQBxYtVecYN/0cpfcTVvdBFyLeCUYmiD0Z1X+ou9J16bQWFpauGwyQl8/nwnKhvIsRPJ4pVBtSU2C19/HgJaEI4xkQC0ObP6J6VVJOoHdocluCZxKDsHva55ktO8oA==";

    // When somebody looks at something, in seconds: people have no rhythm.
    private static readonly int[] s_visits = [0, 4, 61, 66, 79, 180, 188, 191, 240, 262, 423, 431, 560, 840, 846, 853, 960, 1020];

    private static readonly Timestamp s_start = Timestamp.FromSeconds(1_770_195_600);

    /// <summary>Makes the capture.</summary>
    public static byte[] Build()
    {
        CaptureBuilder day = Capture.New().At(s_start);
        ushort port = 49200;
        for (int minute = 0; minute < s_visits.Length; minute++)
        {
            day.At(Minute(0, s_visits[minute]));
            Browse(day, minute % 2 == 0 ? Anna : Ben, $"www{minute % 5}.example.com", Web, ref port, minute);
            Encrypted(day, minute % 3 == 0 ? Ben : Anna, $"shop{minute % 4}.example.net", Shop, ref port);
            Ping(day, Anna, Resolver, (ushort)minute);
        }

        day.At(Minute(3, 10));
        Download(day, ref port);
        day.At(Minute(5, 20));
        Nosy(day, ref port);
        day.At(Minute(7, 0));
        Spoof(day);
        day.At(Minute(9, 30));
        Scan(day);
        day.At(Minute(11, 0));
        Tunnel(day);
        day.At(Minute(15, 0));
        OldTls(day, ref port);
        return day.ToPcapng();
    }

    private static Timestamp Minute(int minute, int second) => new(s_start.Nanoseconds + (((minute * 60L) + second) * Timestamp.PerSecond));

    private static void Resolve(CaptureBuilder day, string client, string name, string address, ref ushort port)
    {
        byte[] question = [.. Name(name), 0, 1, 0, 1];
        ushort id = (ushort)(port * 7);
        day.Udp($"{client}:{port++}", $"{Resolver}:53", u => u
            .Says([.. TlsBytes.U16(id), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. question])
            .Waits(12)
            .Replies([.. TlsBytes.U16(id), 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question, 0xC0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, .. Address(address)]));
    }

    private static byte[] Address(string address) => [.. address.Split('.').Select(byte.Parse)];

    private static byte[] Name(string name) => [.. name.Split('.').SelectMany(label => TlsBytes.Sized8(Hex.Text(label))), 0];

    private static void Browse(CaptureBuilder day, string client, string host, string server, ref ushort port, int page)
    {
        Resolve(day, client, host, server, ref port);
        string body = $"<!DOCTYPE html><html><head><title>Page {page}</title></head><body>{new string('x', 900 + (page * 37))}</body></html>";
        day.Tcp($"{client}:{port++}", $"{server}:80", t => t
            .Says($"GET /news/{page}.html HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) Example/1.0\r\nAccept: text/html\r\n\r\n")
            .Waits(20)
            .Replies($"HTTP/1.1 200 OK\r\nServer: nginx/1.26.2\r\nContent-Type: text/html\r\nContent-Length: {body.Length}\r\n\r\n{body}")
            .Closes());
    }

    private static void Encrypted(CaptureBuilder day, string client, string host, string server, ref ushort port)
    {
        Resolve(day, client, host, server, ref port);
        byte[] hello = TlsBytes.ClientHello(
            0x0303, [0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F],
            [TlsBytes.ServerName(host), TlsBytes.Groups(29, 23), TlsBytes.Signatures(0x0403, 0x0804), TlsBytes.Alpn("h2", "http/1.1"), TlsBytes.Versions(0x0304, 0x0303)], new byte[32]);
        byte[] answer = TlsBytes.ServerHello(0x0303, 0x1301, [TlsBytes.Extension(43, 3, 4), TlsBytes.Extension(51, [0, 29, 0, 32, .. new byte[32]])], new byte[32]);
        day.Tcp($"{client}:{port++}", $"{server}:443", t => t
            .Says(TlsBytes.Handshake(0x0301, 1, hello)).Waits(25)
            .Replies([.. TlsBytes.Handshake(0x0303, 2, answer), .. TlsBytes.ChangeCipherSpec(), .. TlsBytes.Data(1800)])
            .Says([.. TlsBytes.ChangeCipherSpec(), .. TlsBytes.Data(53)]).Says(TlsBytes.Data(300)).Waits(30).Replies(TlsBytes.Data(4200)).Closes());
    }

    private static void Ping(CaptureBuilder day, string from, string to, ushort sequence)
    {
        byte[] rest = [0, 1, .. TlsBytes.U16(sequence), .. Hex.Text("abcdefghijklmnopqrstuvwabcdefghi")];
        day.Packet(FrameBuilder.Icmp(from, to, 8, 0, rest)).Packet(FrameBuilder.Icmp(to, from, 0, 0, rest), fromClient: false);
    }

    private static void Download(CaptureBuilder day, ref ushort port)
    {
        Resolve(day, Anna, "cdn-stat.example", Bad, ref port);
        byte[] program = [(byte)'M', (byte)'Z', 0x90, 0, 3, .. new byte[55], 0x40, 0, 0, 0, .. Hex.Text("PE\0\0"), .. new byte[3000]];
        day.Tcp($"{Anna}:{port++}", $"{Bad}:8080", t => t
            .Says("GET /img/logo.png HTTP/1.1\r\nHost: cdn-stat.example:8080\r\nUser-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.1\r\nConnection: Keep-Alive\r\n\r\n")
            .Replies([.. Hex.Text($"HTTP/1.1 200 OK\r\nServer: SimpleHTTP/0.6 Python/3.11.2\r\nContent-Type: image/png\r\nContent-Length: {program.Length}\r\n\r\n"), .. program])
            .Closes());
    }

    private static void Nosy(CaptureBuilder day, ref ushort port)
        => day.Tcp($"{Ben}:{port++}", $"{Nas}:80", t => t
            .Says("GET /admin HTTP/1.1\r\nHost: nas.office.example\r\nAuthorization: Basic YmVuOm5vdC1hLXJlYWwtcGFzc3dvcmQ=\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) Example/1.0\r\n\r\n")
            .Replies("HTTP/1.1 200 OK\r\nServer: lighttpd/1.4.69\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>ok</html>")
            .Closes());

    private static void Spoof(CaptureBuilder day)
    {
        const ulong Attacker = 0x000C_29EE_0066;
        day.Frame(Arp(1, AnnaMac, Anna, 0xFFFF_FFFF_FFFF, "10.20.0.1")).Frame(Arp(2, GatewayMac, "10.20.0.1", AnnaMac, Anna));
        for (int i = 0; i < 12; i++)
        {
            day.Frame(Arp(2, Attacker, "10.20.0.1", BenMac, Ben)).Frame(Arp(2, Attacker, Ben, GatewayMac, "10.20.0.1")).Waits(2000);
        }
    }

    private static byte[] Arp(ushort operation, ulong senderMac, string sender, ulong targetMac, string target)
        => FrameBuilder.Ethernet(FrameBuilder.Arp(operation, senderMac, sender, targetMac, target), 0x0806, senderMac, targetMac);

    private static void Scan(CaptureBuilder day)
    {
        for (int target = 1; target <= 400; target++)
        {
            int port = target * 13;
            day.Packet(FrameBuilder.Tcp("10.20.0.66:61000", $"{Nas}:{port}", (uint)target, 0, TcpFlags.Syn, window: 1024));
            TcpFlags answer = port is 13 * 34 or 13 * 6 ? TcpFlags.Syn | TcpFlags.Ack : TcpFlags.Rst | TcpFlags.Ack;
            day.Packet(FrameBuilder.Tcp($"{Nas}:{port}", "10.20.0.66:61000", 0, (uint)target + 1, answer), fromClient: false);
        }
    }

    private static void Tunnel(CaptureBuilder day)
    {
        ulong state = 42;
        for (int i = 0; i < 150; i++)
        {
            var label = new char[50];
            for (int c = 0; c < label.Length; c++)
            {
                state = StableHash.Mix(state + 1);
                label[c] = "abcdefghijklmnopqrstuvwxyz234567"[(int)(state % 32)];
            }

            byte[] question = [.. Name($"{new string(label)}.t.data-sync.example"), 0, 16, 0, 1];
            day.Udp($"{Anna}:{(ushort)(52000 + i)}", $"{Resolver}:53", u => u
                .Says([.. TlsBytes.U16(i), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. question])
                .Replies([.. TlsBytes.U16(i), 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question, 0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, 33, 32, .. Hex.Text(new string(label)[..32])])
                .Waits(900));
        }
    }

    private static void OldTls(CaptureBuilder day, ref ushort port)
    {
        byte[] certificate = Convert.FromBase64String(NasCertificate);
        for (int i = 0; i < 3; i++)
        {
            day.Tcp($"{Ben}:{port++}", $"{Nas}:443", t => t
                .Says(TlsBytes.Handshake(0x0301, 1, TlsBytes.ClientHello(0x0301, [0x002F, 0x0005, 0x000A], [TlsBytes.ServerName("files.office.example")])))
                .Replies([
                    .. TlsBytes.Handshake(0x0301, 2, TlsBytes.ServerHello(0x0301, 0x0005, [])),
                    .. TlsBytes.Handshake(0x0301, 11, TlsBytes.Certificates(certificate)), .. TlsBytes.Handshake(0x0301, 14, [])])
                .Says([.. TlsBytes.Handshake(0x0301, 16, new byte[130]), .. TlsBytes.Record(20, 0x0301, [1]), .. TlsBytes.Record(22, 0x0301, new byte[36])])
                .Replies([.. TlsBytes.Record(20, 0x0301, [1]), .. TlsBytes.Record(22, 0x0301, new byte[36])])
                .Says(TlsBytes.Record(23, 0x0301, new byte[200])).Replies(TlsBytes.Record(23, 0x0301, new byte[900])).Closes());
        }
    }
}
