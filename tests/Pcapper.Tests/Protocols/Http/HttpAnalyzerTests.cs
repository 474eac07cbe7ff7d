using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Modules.Protocols.WebSocket;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Http;

public sealed class HttpAnalyzerTests
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string Inside = "10.0.0.9";
    private const string Outside = "93.184.216.34";

    private static readonly Gen<HttpTransaction> s_transaction =
        from frame in Gen.Int[1, 60]
        from client in Gen.Int[1, 3]
        from target in Gen.OneOf("/", "/a.php?id=1' or '1'='1", "/x/../../etc/passwd", "/pic.jpg", "/missing1", "/missing2")
        from status in Gen.OneOf(0, 200, 401, 404)
        from agent in Gen.OneOf(Browser, "sqlmap/1.8", "curl/8.1")
        from type in Gen.OneOf<string?>(null, "image/jpeg", "application/octet-stream")
        from sniffed in Gen.OneOf<string?>(null, "application/x-dosexec", "text/html")
        from size in Gen.Long[0, 20_000]
        select Make(target, status, frame, agent, client: $"10.0.0.{client}", type: type, sniffed: sniffed, size: size, fields: [("Authorization", "Basic Ym9iOnBhc3M=")]);

    private static readonly Gen<WebSocketSession> s_socket =
        from frame in Gen.Int[1, 60]
        from messages in Gen.Long[0, 5]
        select new WebSocketSession
        {
            Flow = Flow("10.0.0.5", Inside, frame),
            Frame = new FrameRef(0, frame),
            Time = new Timestamp(frame),
            Client = IpAddress.Parse("10.0.0.5"),
            Server = IpAddress.Parse(Inside),
            ServerPort = 80,
            Sent = new WebSocketTotals { Texts = messages, Bytes = 7 },
            Received = default,
            Sample = "hello",
        };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split()
        => Laws.Hold<HttpAnalyzer>(Gen.OneOf(Laws.Emit(s_transaction), Laws.Emit(s_socket)));

    [Fact]
    public void Ordinary_browsing_is_silent()
        => Assert.Empty(Conclude(Make("/index.html?lang=en&next=/a/b", type: "text/html", sniffed: "text/html"), Make("/a.docx", type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", sniffed: "application/zip"),
            Make("/p.jpg", type: "image/jpg", sniffed: "image/jpeg"), Make("/setup.exe", type: "application/octet-stream", sniffed: "application/x-dosexec", fields: [("Host", "dl.example")])).Findings);

    [Fact]
    public void Basic_credentials_are_found_without_their_secret()
    {
        Finding finding = Only(HttpFindingTypes.Credentials, Make("/", fields: [("Authorization", "Basic Ym9iOnMzY3JldA=="), ("Host", "a.example")]));
        Assert.Contains("bob", finding.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", finding.Summary + finding.Subject + finding.DisplayFilter, StringComparison.Ordinal);
        Assert.Empty(Conclude(Make("/", fields: [("Authorization", "Bearer abc")])).Findings);
    }

    [Fact]
    public void A_program_named_or_declared_as_a_picture_is_found()
    {
        Assert.Null(Only(HttpFindingTypes.Disguise, Make("/pic.jpg", type: "image/jpeg", sniffed: "application/x-dosexec")).Raised);
        Assert.Equal(Severity.Medium, Only(HttpFindingTypes.Disguise, Make("/load.php", type: "text/html", sniffed: "application/x-dosexec")).Severity);
        Assert.Empty(Conclude(Make("/setup.exe", type: "text/plain", sniffed: "application/x-dosexec", fields: [("Host", "dl.example")])).Findings);
        Assert.Empty(Conclude(Make("/pic.jpg", type: "image/png", sniffed: "image/jpeg")).Findings);
    }

    [Fact]
    public void A_tool_that_fetches_a_program_is_found()
    {
        Finding finding = Only(HttpFindingTypes.ToolDownload, Make("/a.exe", agent: "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1", type: "application/octet-stream", sniffed: "application/x-dosexec", fields: [("Host", "x.example")]));
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Empty(Conclude(Make("/page", agent: "curl/8.1", type: "text/html", sniffed: "text/html")).Findings);
        Assert.Empty(Conclude(Make("/a.cab", agent: "Microsoft BITS/7.8", sniffed: "application/x-dosexec", fields: [("Host", "au.download.windowsupdate.com")])).Findings);
    }

    [Fact]
    public void A_program_from_an_address_is_found()
    {
        Assert.Equal(Severity.Medium, Only(HttpFindingTypes.AddressDownload, Make("/a.exe", server: Outside, sniffed: "application/x-dosexec", fields: [("Host", Outside)])).Severity);
        Assert.Empty(Conclude(Make("/a.exe", server: Outside, sniffed: "application/x-dosexec", fields: [("Host", "a.example")])).Findings);
    }

    [Fact]
    public void A_stager_path_counts_only_with_a_binary_body()
    {
        // 'a' + 'a' + 'a' + '9' = 348 = 256 + 92
        Only(HttpFindingTypes.Stager, Make("/aaa9", server: Outside, size: 200_000, type: "application/octet-stream"));
        Assert.Empty(Conclude(Make("/aaa9", size: 200_000, type: "text/html", sniffed: "text/html")).Findings);
        Assert.Empty(Conclude(Make("/aaa9", size: 200, type: "application/octet-stream")).Findings);
        Assert.Empty(Conclude(Make("/aaa8", size: 200_000, type: "application/octet-stream")).Findings);
    }

    [Fact]
    public void A_scanner_is_found_once_for_all_its_servers()
    {
        Finding finding = Only(HttpFindingTypes.Scanner, Make("/", agent: "sqlmap/1.8#stable"), Make("/", agent: "sqlmap/1.8#stable", server: "10.0.0.10", frame: 9));
        Assert.Contains("2 servers", finding.Summary, StringComparison.Ordinal);
        Assert.Empty(Conclude(Make("/", agent: "Hello, World of browsers")).Findings);
    }

    [Fact]
    public void WebDAV_counts_outside_and_TRACE_when_answered()
    {
        Only(HttpFindingTypes.WebDav, Make("/share", method: "PROPFIND", status: 207, server: Outside));
        Assert.Empty(Conclude(Make("/share", method: "PROPFIND", status: 207)).Findings);
        Only(HttpFindingTypes.Trace, Make("/", method: "TRACE"));
        Assert.Empty(Conclude(Make("/", method: "TRACE", status: 405)).Findings);
    }

    [Fact]
    public void Remote_management_of_Windows_is_told_when_it_is_let_in()
    {
        (string, string)[] encrypted = [("Content-Type", "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";boundary=\"Encrypted Boundary\"")];
        Finding finding = Only(HttpFindingTypes.RemoteManagement, Make("/wsman?PSVersion=5.1", method: "POST", agent: "Microsoft WinRM Client", fields: encrypted));
        Assert.Contains("Microsoft WinRM Client", finding.Summary, StringComparison.Ordinal);
        Assert.Empty(Conclude(Make("/wsman", method: "POST", status: 401, fields: encrypted)).Findings);
        Assert.Empty(Conclude(Make("/wsman", method: "POST")).Findings);
        Assert.Empty(Conclude(Make("/other", method: "POST", fields: encrypted)).Findings);
    }

    [Fact]
    public void A_tunnel_to_an_odd_port_is_found()
    {
        Only(HttpFindingTypes.OddTunnel, Make("c2.example:4444", method: "CONNECT"));
        Assert.Empty(Conclude(Make("www.example:443", method: "CONNECT")).Findings);
        Assert.Empty(Conclude(Make("c2.example:4444", method: "CONNECT", status: 403)).Findings);
    }

    [Fact]
    public void An_attack_that_changes_the_answer_is_raised()
    {
        const string Attack = "/item?id=1%27%20or%20%271%27=%271";
        Finding refused = Only(HttpFindingTypes.SqlInjection, Make(Attack, status: 403));
        Finding same = Only(HttpFindingTypes.SqlInjection, Make("/item?id=1", size: 100), Make(Attack, size: 100, frame: 9));
        Finding other = Only(HttpFindingTypes.SqlInjection, Make("/item?id=1", size: 100), Make(Attack, size: 900, frame: 9));
        Assert.Equal([Severity.Low, Severity.Medium, Severity.High], [refused.Severity, same.Severity, other.Severity]);
    }

    [Fact]
    public void An_answer_with_the_password_file_is_critical()
        => Assert.Equal(Severity.Critical, Only(HttpFindingTypes.PathTraversal, Make("/cgi-bin/.%2e/.%2e/etc/passwd", body: "root:x:0:0:root:/root:/bin/bash")).Severity);

    [Fact]
    public void Fifty_missing_URLs_are_a_search_and_forty_nine_are_not()
    {
        static HttpTransaction[] Missing(int count) => [.. Enumerable.Range(1, count).Select(i => Make($"/try{i}", status: 404, frame: i))];
        Only(HttpFindingTypes.ContentDiscovery, Missing(50));
        Assert.Empty(Conclude(Missing(49)).Findings);
        Assert.Empty(Conclude([.. Missing(50), .. Enumerable.Range(1, 30).Select(i => Make($"/there{i}", frame: 100 + i))]).Findings);
    }

    [Fact]
    public void Many_secrets_are_guesses_and_one_secret_is_not()
    {
        static HttpTransaction[] Tries(int count, Func<int, string> secret) => [.. Enumerable.Range(1, count).Select(i => Make("/", status: 401, frame: i,
            fields: [("Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes("bob:" + secret(i))))]))];
        Assert.Contains(Conclude(Tries(20, i => $"p{i}")).Findings, f => f.Type == HttpFindingTypes.PasswordGuessing);
        Assert.DoesNotContain(Conclude(Tries(19, i => $"p{i}")).Findings, f => f.Type == HttpFindingTypes.PasswordGuessing);
        Assert.DoesNotContain(Conclude(Tries(40, _ => "old")).Findings, f => f.Type == HttpFindingTypes.PasswordGuessing);
    }

    [Fact]
    public void Log_in_forms_are_guessed_too()
    {
        HttpTransaction[] tries = [.. Enumerable.Range(1, 25).Select(i => Make("/login", method: "POST", status: i == 25 ? 302 : 200, frame: i, form: $"user=admin&password=p{i}"))];
        Finding finding = Conclude(tries).Findings.Single(f => f.Type == HttpFindingTypes.PasswordGuessing);
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Contains("302 in frame 25", finding.Summary, StringComparison.Ordinal);
    }

    private static Finding Only(FindingType type, params HttpTransaction[] transactions)
    {
        Finding finding = Assert.Single(Conclude(transactions).Findings, f => f.Type == type);
        Assert.NotEmpty(finding.Evidence);
        Assert.NotEmpty(finding.DisplayFilter);
        Assert.NotNull(finding.Unless);
        return finding;
    }

    private static Conclusions Conclude(params HttpTransaction[] transactions)
    {
        var analyzer = new HttpAnalyzer();
        foreach (HttpTransaction transaction in transactions)
        {
            analyzer.Consume(transaction);
        }

        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }

    private static FlowId Flow(string client, string server, int frame)
        => new(new FlowKey(IpAddress.Parse(client), 49152, IpAddress.Parse(server), 80, IpProtocol.Tcp, default), new FrameRef(0, frame));

    private static HttpTransaction Make(
        string target, int status = 200, int frame = 7, string agent = Browser, string method = "GET", string client = "10.0.0.5", string server = Inside, string? type = null,
        string? sniffed = null, long size = 1000, string? body = null, string? form = null, (string Name, string Value)[]? fields = null)
    {
        FlowId flow = Flow(client, server, frame);
        (string, string)[] asked = [("User-Agent", agent), .. fields ?? [], .. form is null ? [] : new[] { ("Content-Type", "application/x-www-form-urlencoded") }];
        return new HttpTransaction
        {
            Flow = flow,
            Frame = flow.First,
            Time = new Timestamp(frame),
            Depth = 1,
            Client = flow.Originator,
            Server = flow.Responder,
            ServerPort = 80,
            Request = new HttpMessage
            {
                Frame = flow.First,
                Time = new Timestamp(frame),
                Method = method,
                Target = target,
                Version = "1.1",
                Fields = asked,
                IsComplete = true,
                BodyStart = form is null ? default : System.Text.Encoding.ASCII.GetBytes(form),
                BodyBytes = form?.Length ?? 0,
            },
            Response = status == 0 ? null : new HttpMessage
            {
                Frame = new FrameRef(0, frame + 1),
                Time = new Timestamp(frame + 5),
                Version = "1.1",
                Status = status,
                Fields = type is null ? [] : [("Content-Type", type)],
                BodyBytes = size,
                IsComplete = true,
                SniffedType = sniffed,
                BodyStart = body is null ? default : System.Text.Encoding.ASCII.GetBytes(body),
            },
        };
    }
}
