using System.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Ntlm;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Http;

/// <summary>Which response answers which request, where parts of either direction are missing.</summary>
public sealed class HttpLossTests
{
    private const int Loss = 60;

    [Fact]
    public void An_answer_after_a_loss_belongs_to_nobody_if_several_wait()
        => Assert.Equal(
            ["- 404", "/1 200", "/2 -", "/3 -", "/4 500"],
            Pairs(c => c.Says(Get(1)).Replies(Status(200)).Lost(Loss).Says(Get(2)).Says(Get(3)).Replies(Status(404)).Says(Get(4)).Replies(Status(500)).Closes()));

    [Fact]
    public void An_answer_after_a_loss_belongs_to_the_only_request_that_waits()
        => Assert.Equal(
            ["/1 200", "/2 404", "/3 500"],
            Pairs(c => c.Says(Get(1)).Replies(Status(200)).Lost(Loss).Says(Get(2)).Replies(Status(404)).Says(Get(3)).Replies(Status(500)).Closes()));

    [Fact]
    public void A_client_that_waited_for_the_ends_of_answers_means_its_latest_request()
        => Assert.Equal(
            ["/1 -", "/2 -", "/3 302", "/4 200"],
            Pairs(c => c.Says(Get(1)).Replies("").Lost(Loss).Replies("the end of it").Says(Get(2)).Replies("").Lost(Loss).Replies("and of it").Says(Get(3)).Replies(Status(302)).Says(Get(4)).Replies(Status(200)).Closes()));

    [Fact]
    public void A_request_behind_a_loss_of_both_sides_is_answered_by_what_follows_it()
        => Assert.Equal(
            ["/1 200", "/2 -", "/4 404", "/5 500"],
            Pairs(c => c.Says(Get(1)).Replies(Status(200)).Lost(Loss).Says(Get(2)).Lost(Loss).Says(Get(4)).Replies(Status(404)).Says(Get(5)).Replies(Status(500)).Closes()));

    [Fact]
    public void What_was_sent_before_the_capture_began_counts_as_lost()
        => Assert.Equal(
            ["/1 -", "/2 302", "/3 200"],
            Pairs(c => c.WithoutHandshake().Says(Get(1)).Replies("<p>the end of it</p>\r\n\r\n").Says(Get(2)).Replies(Status(302)).Says(Get(3)).Replies(Status(200)).Closes()));

    [Fact]
    public void An_answer_to_a_lost_request_belongs_to_nobody()
        => Assert.Equal(
            ["- 404", "/1 200", "/3 500"],
            Pairs(c => c.Says(Get(1)).Lost(Loss).Replies(Status(200)).Replies(Status(404)).Says(Get(3)).Replies(Status(500)).Closes()));

    [Fact]
    public void A_request_that_a_loss_held_back_until_after_its_answer_is_not_paired_with_the_next_one()
    {
        var flow = new ParserFlow((context, bus) => new HttpParser(context, bus), 80);
        Feed(flow, Direction.ToResponder, 1, Get(1));
        Feed(flow, Direction.ToOriginator, 2, Status(200));
        Feed(flow, Direction.ToOriginator, 4, Status(404));
        flow.Parser.OnGap(Direction.ToResponder, Loss);
        Feed(flow, Direction.ToResponder, 3, Get(3));
        Feed(flow, Direction.ToResponder, 5, Get(4));
        Feed(flow, Direction.ToOriginator, 6, Status(500));
        flow.Parser.OnEnd();
        Assert.Equal(["- 404", "/1 200", "/3 -", "/4 500"], flow.All<HttpTransaction>().Select(Told).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(302, true)]
    [InlineData(401, false)]
    [InlineData(403, null)]
    [InlineData(404, null)]
    [InlineData(407, null)]
    [InlineData(500, null)]
    [InlineData(503, null)]
    public void Only_the_refusal_refuses_a_login(int status, bool? success)
        => Assert.Equal(success, Assert.Single(Logins("Authorization", "401 Unauthorized", "WWW-Authenticate", c => c.Replies(Status(status)).Closes())).Success);

    [Theory]
    [InlineData(200, true)]
    [InlineData(401, true)]
    [InlineData(407, false)]
    [InlineData(502, null)]
    public void Only_the_refusal_of_a_proxy_refuses_a_login_to_it(int status, bool? success)
        => Assert.Equal(success, Assert.Single(Logins("Proxy-Authorization", "407 Proxy Authentication Required", "Proxy-Authenticate", c => c.Replies(Status(status)).Closes())).Success);

    [Fact]
    public void An_answer_that_belongs_to_nobody_says_nothing_of_a_login()
        => Assert.Null(Assert.Single(Logins(
            "Authorization", "401 Unauthorized", "WWW-Authenticate", c => c.Replies("HTTP/1.1 100 Continue\r\n\r\n").Lost(Loss).Says(Get(2)).Replies(Status(200)).Closes())).Success);

    private static List<NtlmAuthentication> Logins(string field, string refusal, string challenge, Func<TcpConversation, TcpConversation> end)
    {
        string Asks(byte[] token) => $"GET /in HTTP/1.1\r\n{field}: NTLM {Convert.ToBase64String(token)}\r\n\r\n";
        return Analysis.Records<NtlmAuthentication>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:80", c => end(c
            .Says(Asks(NtlmBytes.Negotiate)).Replies($"HTTP/1.1 {refusal}\r\n{challenge}: NTLM {Convert.ToBase64String(NtlmBytes.Challenge())}\r\nContent-Length: 0\r\n\r\n")
            .Says(Asks(NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2()))))).ToPcap());
    }

    private static IEnumerable<string> Pairs(Action<TcpConversation> talk)
        => Analysis.Records<HttpTransaction>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:80", talk).ToPcap()).Select(Told).Order(StringComparer.Ordinal);

    private static string Told(HttpTransaction transaction) => $"{transaction.Request?.Target ?? "-"} {(transaction.Response is { } response ? $"{response.Status}" : "-")}";

    private static string Get(int number) => $"GET /{number} HTTP/1.1\r\nHost: www.example\r\n\r\n";

    private static string Status(int status) => $"HTTP/1.1 {status} Word\r\nContent-Length: 5\r\n\r\nhello";

    private static void Feed(ParserFlow flow, Direction direction, long frame, string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.ASCII.GetBytes(text);
        while (!bytes.IsEmpty)
        {
            ParseResult result = direction == Direction.ToResponder ? flow.At(frame).Says(bytes) : flow.At(frame).Replies(bytes);
            Assert.Equal(ParseStatus.Done, result.Status);
            bytes = bytes[(int)result.Bytes..];
        }
    }
}
