using Pcapper.Engine;
using Pcapper.Modules.Protocols.Netbios;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Ntlm;
using Pcapper.Tests.Protocols.Smb;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Netbios;

/// <summary>Names answered wrongly, and the logins that follow.</summary>
public sealed class PoisonedLoginTests
{
    private const string Attacker = "192.0.2.66";
    private const string Victim = "192.0.2.5";
    private static readonly HashSet<string> s_netbios = ["netbios"];

    [Fact]
    public void A_login_after_the_answer_makes_it_critical_and_is_named()
    {
        CaptureBuilder capture = Answers(Capture.New(), "intranett", "filez", "wpadd").Waits(200);
        int before = capture.Count;
        Finding finding = Only(Login(capture).ToPcap());
        Assert.Equal((NamePoisoningFindings.Poisoning, Severity.Critical), (finding.Type, finding.Severity));
        Assert.Contains(@"then logged in to it with NTLM: EXAMPLE\anna from 192.0.2.5 over smb in frame ", finding.Summary, StringComparison.Ordinal);
        Assert.Contains("after the answer in frame 3", finding.Summary, StringComparison.Ordinal);
        Assert.Contains(finding.Evidence, frame => frame.Number == 3);
        Assert.Contains(finding.Evidence, frame => frame.Number > before);
        Assert.Contains("ntlmssp.messagetype == 3", finding.DisplayFilter, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_found_does_not_depend_on_the_other_modules()
    {
        byte[] capture = Login(Answers(Capture.New(), "intranett", "filez", "wpadd")).ToPcap();
        Finding all = Assert.Single(Analysis.Of(capture).Findings, finding => finding.Type == NamePoisoningFindings.Poisoning);
        Assert.Equal(all.Summary, Only(capture).Summary);
    }

    [Fact]
    public void A_login_long_after_or_elsewhere_is_another_matter()
    {
        string[] names = ["intranett", "filez", "wpadd"];
        Assert.Equal(Severity.High, Only(Login(Answers(Capture.New(), names).Waits(31_000)).ToPcap()).Severity);
        Assert.Equal(Severity.High, Only(Login(Answers(Capture.New(), names), server: "192.0.2.9").ToPcap()).Severity);
        Assert.Equal(Severity.High, Only(Login(Answers(Capture.New(), names), client: "192.0.2.7").ToPcap()).Severity);
        Assert.Equal(Severity.High, Only(Answers(Login(Capture.New()), names).ToPcap()).Severity);
    }

    [Fact]
    public void An_answer_over_the_other_family_is_joined_by_the_address_in_it()
        => Assert.Equal(Severity.Critical, Only(Login(AnswersBetween(Capture.New(), "fe80::66", "fe80::5", "intranett", "filez", "wpadd")).ToPcap()).Severity);

    [Fact]
    public void One_name_is_enough_if_the_server_then_calls_itself_otherwise()
    {
        Assert.Equal(Severity.High, Only(Login(Answers(Capture.New(), "filez")).ToPcap()).Severity);
        Assert.Empty(Analysis.Of(Login(Answers(Capture.New(), "files")).ToPcap(), modules: s_netbios).Findings);
        Assert.Empty(Analysis.Of(Answers(Capture.New(), "filez").ToPcap(), modules: s_netbios).Findings);
    }

    private static Finding Only(byte[] capture) => Assert.Single(Analysis.Of(capture, modules: s_netbios).Findings);

    private static CaptureBuilder Answers(CaptureBuilder capture, params string[] names) => AnswersBetween(capture, Attacker, Victim, names);

    // LLMNR (RFC 4795): the query's header and question, then an A record with the responder's address.
    private static CaptureBuilder AnswersBetween(CaptureBuilder capture, string from, string to, params string[] names)
    {
        foreach (string name in names)
        {
            byte[] question = [(byte)name.Length, .. Hex.Text(name), 0, 0, 1, 0, 1];
            byte[] answer = [0, 7, 0x80, 0, 0, 1, 0, 1, 0, 0, 0, 0, .. question, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 30, 0, 4, 192, 0, 2, 66];
            string source = from.Contains(':', StringComparison.Ordinal) ? $"[{from}]" : from;
            string destination = to.Contains(':', StringComparison.Ordinal) ? $"[{to}]" : to;
            capture.Udp($"{source}:5355", $"{destination}:50123", c => c.Says(answer));
        }

        return capture;
    }

    // The server calls itself FILES.
    private static CaptureBuilder Login(CaptureBuilder capture, string client = Victim, string server = Attacker) => capture.Tcp($"{client}:49152", $"{server}:445", c => c
        .Says(SmbBytes.Framed(SmbBytes.NegotiateRequest())).Replies(SmbBytes.Framed(SmbBytes.NegotiateResponse()))
        .Says(SmbBytes.Framed(SmbBytes.SessionRequest(1, NtlmBytes.Negotiate, 0)))
        .Replies(SmbBytes.Framed(SmbBytes.SessionResponse(1, SmbBytes.MoreProcessing, NtlmBytes.Challenge())))
        .Says(SmbBytes.Framed(SmbBytes.SessionRequest(2, NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2()))))
        .Replies(SmbBytes.Framed(SmbBytes.SessionResponse(2, SmbBytes.AccessDenied)))
        .Closes());
}
