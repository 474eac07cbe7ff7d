using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Ntlm;

namespace Pcapper.Tests.CommandLine;

/// <summary>A capture with a secret in every place that Pcapper reads secrets from.</summary>
internal static class SecretsCapture
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /// <summary>Gets the secrets that can be read.</summary>
    public static IReadOnlyList<string> Readable { get; } =
        ["Basic-Secret-1", "Form Secret+2", "Bearer-Secret-3", "Query-Secret-4", "CookieSecret5abcdef"];

    /// <summary>Gets all secrets, in all forms in which they stand on the wire.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Readable, "Form%20Secret%2B2", "Form+Secret%2B2", Convert.ToBase64String("anna:Basic-Secret-1"u8), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    public static byte[] Build()
    {
        string challenge = Convert.ToBase64String(NtlmBytes.Challenge());
        string response = Convert.ToBase64String(NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2()));
        return Capture.New()
            .Tcp("192.0.2.5:40001", "192.0.2.9:80", c => c
                .Says($"GET /private HTTP/1.1\r\nHost: www.example\r\nAuthorization: Basic {Convert.ToBase64String("anna:Basic-Secret-1"u8)}\r\n\r\n").Replies(Ok)
                .Says("POST /login HTTP/1.1\r\nHost: www.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 39\r\n\r\nuser=anna&password=Form+Secret%2B2&a=12").Replies(Ok)
                .Says("GET /login?password=Query-Secret-4&user=anna HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies(Ok)
                .Says("GET /api HTTP/1.1\r\nHost: www.example\r\nAuthorization: Bearer Bearer-Secret-3\r\nCookie: PHPSESSID=CookieSecret5abcdef\r\n\r\n").Replies(Ok)
                .Closes())
            .Tcp("192.0.2.5:40002", "192.0.2.9:8080", c => c
                .Says("GET /ntlm HTTP/1.1\r\nHost: www.example\r\nAuthorization: NTLM " + Convert.ToBase64String(NtlmBytes.Negotiate) + "\r\n\r\n")
                .Replies($"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM {challenge}\r\nContent-Length: 0\r\n\r\n")
                .Says($"GET /ntlm HTTP/1.1\r\nHost: www.example\r\nAuthorization: NTLM {response}\r\n\r\n").Replies(Ok)
                .Closes())
            .ToPcap();
    }
}
