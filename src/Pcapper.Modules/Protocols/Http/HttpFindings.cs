using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;
using static Pcapper.Modules.Protocols.Http.HttpFindingTypes;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Concludes from single pieces of evidence.</summary>
internal static class HttpFindings
{
    private const int MaxCheckedSizes = 4;

    public static IReadOnlyList<FindingType> All { get; } =
    [
        CodeInjection, CommandInjection, ContentDiscovery, Credentials, CrossSiteScripting, Disguise, AddressDownload, KnownExploit, Log4Shell, OddTunnel, PasswordGuessing,
        PathTraversal, RemoteManagement, Scanner, Shellshock, SqlInjection, Stager, ToolDownload, Trace, WebDav, WebShell,
    ];

    public static void Conclude(HttpState state, Conclusions conclusions)
    {
        foreach ((HttpEvidenceKey key, HttpEvidence evidence) in state.Evidence.Entries)
        {
            if (key.Kind != HttpEvidenceKind.Scanner)
            {
                Finding finding = Make(state, key, evidence);
                conclusions.Add(finding);
                Indicate(conclusions, key, evidence, finding);
            }
        }

        Scanners(state, conclusions);
    }

    private static Finding Make(HttpState state, HttpEvidenceKey key, HttpEvidence evidence)
    {
        string where = $"{key.Client} > {FlowKey.Endpoint(key.Server, key.Port)}";
        Finding basic = Basic(key, evidence, TypeOf(key.Kind), key.Detail.Text.Length == 0 ? where : $"{where} {key.Detail.Text}");
        return key.Kind switch
        {
            HttpEvidenceKind.Credentials => Credential(basic, key, evidence),
            HttpEvidenceKind.Disguise => FromServer(basic, key, evidence) with
            {
                Raised = evidence.Has(HttpEvidenceFlag.DeclaredAsMedia) || evidence.Has(HttpEvidenceFlag.HarmlessName) ? null : Severity.Medium,
                Summary = $"{First(evidence.Samples)}{Host(evidence)}",
            },
            HttpEvidenceKind.ToolDownload => FromServer(basic, key, evidence) with
            {
                Raised = RaisedDownload(key, evidence),
                Summary = $"{key.Detail.Text} fetched {First(evidence.Samples)}{Host(evidence)}",
            },
            HttpEvidenceKind.AddressDownload => FromServer(basic, key, evidence) with
            {
                Raised = key.Server.IsInternal ? Severity.Low : null,
                Summary = $"{First(evidence.Samples)}{Host(evidence)}",
            },
            HttpEvidenceKind.Stager => FromServer(basic, key, evidence) with
            {
                Confidence = evidence.Has(HttpEvidenceFlag.Executable) ? 85 : 65,
                Measures = [new("checksum8", HttpJudge.Checksum(First(evidence.Targets)))],
                Summary = $"path sums to {HttpJudge.Checksum(First(evidence.Targets)).ToString(CultureInfo.InvariantCulture)}; {First(evidence.Samples)}",
            },
            HttpEvidenceKind.WebDav => basic with { Summary = $"{Units.Count(evidence.Frames.Total, "WebDAV request")} by {First(evidence.Samples, "an unnamed agent")}{Host(evidence)}" },
            HttpEvidenceKind.OddTunnel => basic with { Summary = $"proxy connected {key.Client} to {key.Detail.Text}" },
            HttpEvidenceKind.RemoteManagement => basic with
            {
                Summary = $"{Units.Count(evidence.Frames.Total, "request")} answered by {First(evidence.Targets)}, from {First(evidence.Samples, "an unnamed agent")}; what was run is encrypted",
            },
            HttpEvidenceKind.Trace => basic with { Summary = $"{Units.Count(evidence.Frames.Total, "TRACE request")} answered with 200" },
            _ => Attack(state, basic, key, evidence),
        };
    }

    private static FindingType TypeOf(HttpEvidenceKind kind) => kind switch
    {
        HttpEvidenceKind.Credentials => Credentials,
        HttpEvidenceKind.Disguise => Disguise,
        HttpEvidenceKind.ToolDownload => ToolDownload,
        HttpEvidenceKind.AddressDownload => AddressDownload,
        HttpEvidenceKind.Stager => Stager,
        HttpEvidenceKind.Scanner => Scanner,
        HttpEvidenceKind.WebDav => WebDav,
        HttpEvidenceKind.OddTunnel => OddTunnel,
        HttpEvidenceKind.Trace => Trace,
        HttpEvidenceKind.SqlInjection => SqlInjection,
        HttpEvidenceKind.PathTraversal => PathTraversal,
        HttpEvidenceKind.CrossSiteScripting => CrossSiteScripting,
        HttpEvidenceKind.CommandInjection => CommandInjection,
        HttpEvidenceKind.CodeInjection => CodeInjection,
        HttpEvidenceKind.Log4Shell => Log4Shell,
        HttpEvidenceKind.Shellshock => Shellshock,
        HttpEvidenceKind.WebShell => WebShell,
        HttpEvidenceKind.RemoteManagement => RemoteManagement,
        _ => KnownExploit,
    };

    private static Finding Basic(HttpEvidenceKey key, HttpEvidence evidence, FindingType type, string subject)
    {
        string field = key.Kind switch
        {
            HttpEvidenceKind.WebDav => "http.request.method in {\"PROPFIND\", \"PROPPATCH\", \"MKCOL\", \"LOCK\"}",
            HttpEvidenceKind.OddTunnel => "http.request.method == \"CONNECT\"",
            HttpEvidenceKind.RemoteManagement => "http.request.method == \"POST\"",
            HttpEvidenceKind.Trace => "http.request.method in {\"TRACE\", \"TRACK\"}",
            _ => "http.request",
        };
        Filter filter = Filter.From(key.Client).To(key.Server);
        filter = key.Port == 0 ? filter : filter.ToPort(IpProtocol.Tcp, key.Port);
        return new Finding
        {
            Type = type,
            Subject = subject,
            Summary = string.Empty,
            Source = key.Client,
            Destination = key.Server,
            Port = key.Port == 0 ? null : key.Port,
            Count = evidence.Frames.Total,
            CommunityIds = evidence.Flows.Values,
            DisplayFilter = OrFirstBytes(
                evidence.Targets is { HasMore: false, Values: [var target] } && key.Kind is not (HttpEvidenceKind.WebDav or HttpEvidenceKind.Trace)
                    ? filter.Text("http.request.uri", target) : filter.And(field), evidence),
        }.WithEvidence(evidence.Frames).During(evidence.When);
    }

    private static Finding FromServer(Finding finding, HttpEvidenceKey key, HttpEvidence evidence) => finding with
    {
        DisplayFilter = OrFirstBytes(
            evidence.Targets is { HasMore: false, Values: [var target] }
                ? Filter.From(key.Server).FromPort(IpProtocol.Tcp, key.Port).To(key.Client).Contains("http.response_for.uri", HttpFields.PathOf(target))
                : Filter.From(key.Server).FromPort(IpProtocol.Tcp, key.Port).To(key.Client).And("http.response"), evidence),
    };

    // Wireshark shows a message at the frame that completes it, evidence names the one that begins it.
    private static Filter OrFirstBytes(Filter filter, HttpEvidence evidence) => Filter.Any(filter, Filter.Frames(evidence.Frames));

    private static Finding Credential(Finding basic, HttpEvidenceKey key, HttpEvidence evidence)
    {
        bool isBasic = key.Detail.Text.StartsWith("basic ", StringComparison.Ordinal);
        Filter filter = Filter.From(key.Client).To(key.Server).ToPort(IpProtocol.Tcp, key.Port);
        return basic with
        {
            Summary = $"user {First(evidence.Samples, "(none)")} and password in {(isBasic ? "basic authentication" : "a log-in form")}, {Units.Count(evidence.Frames.Total, "request")}"
                + (evidence.Has(HttpEvidenceFlag.Answered) ? ", accepted or redirected" : ", not accepted") + Host(evidence),
            Raised = key.Server.Class == AddressClass.Public && evidence.Has(HttpEvidenceFlag.Answered) ? Severity.High : null,
            Confidence = isBasic ? 95 : 80,
            DisplayFilter = OrFirstBytes(filter.And(isBasic ? "http.authorization || http.proxy_authorization" : "http.request.method == \"POST\""), evidence),
        };
    }

    private static Severity? RaisedDownload(HttpEvidenceKey key, HttpEvidence evidence)
    {
        bool isOutside = key.Server.Class == AddressClass.Public;
        bool isStrong = evidence.Has(HttpEvidenceFlag.LivingOffTheLand) || (evidence.Has(HttpEvidenceFlag.HostIsAddress) && (isOutside || evidence.Has(HttpEvidenceFlag.Executable)));
        return isStrong ? Severity.High : null;
    }

    private static Finding Attack(HttpState state, Finding basic, HttpEvidenceKey key, HttpEvidence evidence)
    {
        bool isProven = evidence.Has(HttpEvidenceFlag.Proof);
        bool differs = AnswersDiffer(state, key, evidence);
        bool shellAnswered = key.Kind == HttpEvidenceKind.WebShell && evidence.Has(HttpEvidenceFlag.Answered);
        bool canTell = key.Kind is not (HttpEvidenceKind.Log4Shell or HttpEvidenceKind.CrossSiteScripting);
        bool isRefused = evidence.Classes[2] == 0 && evidence.Classes[3] == 0 && evidence.Classes[4] > 0;
        Severity severity = basic.Type.Severity;
        severity = isProven || shellAnswered ? Severity.Critical
            : differs && canTell && severity < Severity.High ? severity + 1
            : isRefused && severity > Severity.Low && key.Kind != HttpEvidenceKind.Log4Shell ? severity - 1
            : severity;
        string outcome = isProven ? "; the answer holds what the attack was after"
            : differs && canTell ? "; answered with 200 and a size that the page does not have otherwise"
            : isRefused ? "; refused" : evidence.Classes[0] == evidence.Frames.Total ? "; not answered" : string.Empty;
        return basic with
        {
            Summary = $"{Units.Count(evidence.Frames.Total, "request")}: {string.Join(" | ", evidence.Samples.Values)}{outcome}",
            Raised = severity == basic.Type.Severity ? null : severity,
            Confidence = isProven ? 95 : key.Kind == HttpEvidenceKind.CrossSiteScripting ? 65 : 85,
            Measures =
            [
                new("requests", evidence.Frames.Total, 1), new("answered_2xx", evidence.Classes[2]), new("answered_3xx", evidence.Classes[3]),
                new("answered_4xx", evidence.Classes[4]), new("answered_5xx", evidence.Classes[5]),
            ],
        };
    }

    // An attack that changes nothing gets the page's usual answer. Pages of changing size say nothing, so their sizes must be few.
    private static bool AnswersDiffer(HttpState state, HttpEvidenceKey key, HttpEvidence evidence)
    {
        var server = new EndpointKey(key.Server, key.Port, IpProtocol.Tcp);
        foreach (Key3<NumberKey, NumberKey, TextKey> answer in evidence.Answers.Keys)
        {
            if (answer.First.Value == 200 && answer.Second.Value > 0 && state.Sizes.Find(new(server, answer.Third)) is { } sizes
                && sizes.IsComplete && sizes.Count is > 0 and < MaxCheckedSizes && !sizes.Contains(answer.Second))
            {
                return true;
            }
        }

        return false;
    }

    private static void Scanners(HttpState state, Conclusions conclusions)
    {
        foreach (IGrouping<(IpAddress Client, string Tool), KeyValuePair<HttpEvidenceKey, HttpEvidence>> scan in state.Evidence.Entries
            .Where(e => e.Key.Kind == HttpEvidenceKind.Scanner).GroupBy(e => (e.Key.Client, e.Key.Detail.Text)))
        {
            List<KeyValuePair<HttpEvidenceKey, HttpEvidence>> servers = [.. scan];
            var all = new HttpEvidence();
            servers.ForEach(server => all.Merge(server.Value));
            Filter filter = Filter.From(scan.Key.Client).Contains("http.user_agent", First(all.Samples));
            var finding = new Finding
            {
                Type = Scanner,
                Subject = $"{scan.Key.Client} {scan.Key.Tool}",
                Summary = $"{Units.Count(all.Frames.Total, "request")} to {Units.Count(servers.Count, "server")}: {First(all.Samples)}",
                Source = scan.Key.Client,
                Destination = servers.Count == 1 ? servers[0].Key.Server : null,
                Count = all.Frames.Total,
                Confidence = 90,
                Measures = [new("requests", all.Frames.Total, 1), new("answered_2xx", all.Classes[2]), new("answered_4xx", all.Classes[4])],
                CommunityIds = all.Flows.Values,
                DisplayFilter = filter,
            }.WithEvidence(all.Frames).During(all.When);
            conclusions.Add(finding);
            conclusions.Add(new Indicator(IndicatorKind.UserAgent, First(all.Samples), $"{scan.Key.Tool} by {scan.Key.Client}", all.Frames.Frames[0]) { Finding = finding });
        }
    }

    private static void Indicate(Conclusions conclusions, HttpEvidenceKey key, HttpEvidence evidence, Finding finding)
    {
        if (key.Kind is not (HttpEvidenceKind.Disguise or HttpEvidenceKind.ToolDownload or HttpEvidenceKind.AddressDownload or HttpEvidenceKind.Stager) || evidence.Frames.Frames.IsEmpty)
        {
            return;
        }

        string host = First(evidence.Hosts, key.Server.ToString());
        foreach (string target in evidence.Targets.Values)
        {
            conclusions.Add(new Indicator(IndicatorKind.Url, $"http://{host}{(key.Port == 80 ? string.Empty : $":{key.Port.ToString(CultureInfo.InvariantCulture)}")}{target}", finding.Type.Title, evidence.Frames.Frames[0]) { Finding = finding });
        }
    }

    private static string First(Texts texts, string otherwise = "") => texts.Values.Count == 0 ? otherwise : texts.Values[0];

    private static string Host(HttpEvidence evidence) => evidence.Hosts.Values.Count == 0 ? string.Empty : $", host {string.Join(", ", evidence.Hosts.Values)}";
}
