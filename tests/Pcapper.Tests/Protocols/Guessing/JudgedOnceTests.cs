using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Ntlm;
using Pcapper.Tests.Protocols.Smb;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Guessing;

/// <summary>A login that several modules see is judged by one.</summary>
public sealed class JudgedOnceTests
{
    private static readonly string[] s_guessing = ["brute-force", "password-spray", "password-guessing"];

    [Fact]
    public void NTLM_in_SMB_is_judged_by_the_module_of_SMB() => Assert.Equal(["smb.brute-force"], Guessing(Repeated(445, (i, c) => c
        .Says(SmbBytes.Framed(SmbBytes.NegotiateRequest())).Replies(SmbBytes.Framed(SmbBytes.NegotiateResponse()))
        .Says(SmbBytes.Framed(SmbBytes.SessionRequest(1, NtlmBytes.Negotiate, 0)))
        .Replies(SmbBytes.Framed(SmbBytes.SessionResponse(1, SmbBytes.MoreProcessing, NtlmBytes.Challenge((ulong)i))))
        .Says(SmbBytes.Framed(SmbBytes.SessionRequest(2, Response(i)))).Replies(SmbBytes.Framed(SmbBytes.SessionResponse(2, SmbBytes.LogonFailure))))));

    [Fact]
    public void NTLM_in_HTTP_is_judged_by_the_module_of_NTLM() => Assert.Equal(["ntlm.brute-force"], Guessing(Repeated(80, (i, c) => c
        .Says($"GET / HTTP/1.1\r\nHost: www.example\r\nAuthorization: NTLM {Convert.ToBase64String(NtlmBytes.Negotiate)}\r\n\r\n")
        .Replies($"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM {Convert.ToBase64String(NtlmBytes.Challenge((ulong)i))}\r\nContent-Length: 0\r\n\r\n")
        .Says($"GET / HTTP/1.1\r\nHost: www.example\r\nAuthorization: NTLM {Convert.ToBase64String(Response(i))}\r\n\r\n")
        .Replies("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"))));

    [Fact]
    public void Names_and_passwords_in_the_clear_are_judged_by_the_module_of_credentials() => Assert.Equal(["creds.brute-force"], Guessing(Repeated(21, (i, c) => c
        .Replies("220 ready\r\n").Says("USER anna\r\n").Replies("331 password\r\n").Says($"PASS guess{i}\r\n").Replies("530 no\r\n"))));

    private static byte[] Response(int proof) => NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2(proof: (byte)proof));

    private static byte[] Repeated(int port, Action<int, TcpConversation> talk)
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 1; i <= 20; i++)
        {
            int number = i;
            capture.Tcp($"192.0.2.5:{40000 + i}", $"192.0.2.9:{port}", c =>
            {
                talk(number, c);
                c.Closes();
            });
        }

        return capture.ToPcap();
    }

    private static IEnumerable<string> Guessing(byte[] capture)
        => Analysis.Of(capture).Findings.Select(finding => finding.Type.Id).Where(id => s_guessing.Any(kind => id.EndsWith(kind, StringComparison.Ordinal)));
}
