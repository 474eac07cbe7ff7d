using System.Globalization;
using System.Text;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Tests;

/// <summary>A small document with something of every kind, in which one text can be put everywhere.</summary>
internal static class SampleReport
{
    public static readonly Timestamp Start = Timestamp.FromSeconds(1_770_195_598, 113_204_000);

    private static readonly FindingType s_beacon = new("beacon.periodic", "Beacon", Severity.High, "T1071.001") { Unless = "a monitoring agent" };
    private static readonly FindingType s_query = new("dns.long-names", "Long DNS names", Severity.Low, "T1048.003");

    public static ReportDocument Make(string text = "cdn-stat.example")
    {
        Finding[] findings =
        [
            new()
            {
                Type = s_query,
                Subject = text,
                Summary = "3 names of more than 50 characters",
                Evidence = [new FrameRef(1, 7)],
                DisplayFilter = Filter.Where("dns").Text("dns.qry.name", text),
            },
            new()
            {
                Type = s_beacon,
                Subject = $"10.20.0.31 > 203.0.113.77:443 {text}",
                Summary = $"48 requests every 60.2 s to {text}",
                Source = IpAddress.Parse("10.20.0.31"),
                Destination = IpAddress.Parse("203.0.113.77"),
                Port = 443,
                Confidence = 90,
                First = Start,
                Last = new Timestamp(Start.Nanoseconds + (899 * Timestamp.PerSecond)),
                Count = 48,
                Measures = [new Measure("periodicity", 0.98, 0.8), new Measure("jitter", 4, Unit: "%")],
                Evidence = [new FrameRef(0, 2210), new FrameRef(0, 2398), new FrameRef(0, 2544), new FrameRef(1, 3)],
                EvidenceTotal = 48,
                DisplayFilter = Filter.Between(IpAddress.Parse("10.20.0.31"), IpAddress.Parse("203.0.113.77")).Port(IpProtocol.Tcp, 443),
                CommunityIds = ["1:abc="],
            },
        ];
        var section = new Section("dns", "DNS");
        Fill(section, text);
        var overview = new Overview
        {
            Verdict = new Verdict(VerdictLevel.LikelyCompromise, "medium", ["10.20.0.31"], "one host likely compromised", $"10.20.0.31  {text}"),
            MoreTraffic = 12,
        };
        overview.Signals.Add(new Signal("beacon candidates", 1, "--beacon"));
        overview.Signals.Add(new Signal(text, 0));
        overview.Traffic.Add(new TrafficRow("tls", 402, 1_468_006, 0.48));
        overview.Traffic.Add(new TrafficRow(text, 9, 30_720, 0.01));
        overview.Next.Add($"pcapper {ShellText.Quote(text)} --timeline -ip 10.20.0.31");
        overview.Cases.Add(new Case("10.20.0.31", [text], ["anna@CORP.EXAMPLE"], [findings[1]]));
        return new ReportDocument(new ReportHeader("pcapper", "1.0.0", [text, "--all"]), [Capture(0, "office-day.pcapng", text)], findings)
        {
            Overview = overview,
            Indicators = [new Indicator(IndicatorKind.Domain, text, "server name", new FrameRef(0, 2201)) { Finding = findings[1] }],
            Sections = [section],
            Problems = [new RunProblem(RunProblemKind.Limit, $"limit hit in {text}")],
        };
    }

    public static string Render(IReportRenderer renderer, ReportDocument document, RenderOptions? options = null)
    {
        using var output = new MemoryStream();
        renderer.Render(document, output, options ?? new RenderOptions());
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Runs under a culture that writes numbers and upper case differently.</summary>
    public static T InTurkish<T>(Func<T> run)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var turkish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        turkish.NumberFormat.NumberDecimalSeparator = ",";
        turkish.NumberFormat.NumberGroupSeparator = ".";
        turkish.NumberFormat.NegativeSign = "−";
        turkish.DateTimeFormat.TimeSeparator = ".";
        CultureInfo.CurrentCulture = turkish;
        try
        {
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public static CaptureSummary Capture(int index, string path, string text = "a comment") => new()
    {
        Index = index,
        Path = path,
        Format = "pcapng",
        Bytes = 3_041_280,
        Frames = 18_241,
        DataBytes = 2_900_000,
        First = Start,
        Last = new Timestamp(Start.Nanoseconds + 1_122_793_903_000),
        PeakBitsPerSecond = 4_100_000,
        Interfaces = [new CaptureInterface { Index = 0, LinkType = LinkType.Ethernet, SnapLength = 262_144, Name = text, Dropped = 0 }],
        Comments = [text],
        Flows = 1_204,
        OneSidedFlows = 3,
        MissingBytes = 2,
        TotalBytes = 1000,
    };

    private static void Fill(Section section, string text)
    {
        section.Headline($"1,022 messages about {text}").Fact("messages", "messages", 1022).Fact("median", "median answer", Cell.Duration(12_000_000))
            .Fact("name", "name", text).Fact("huge", "huge", long.MaxValue).Note($"Note: {text}");
        Table clients = section.Table("clients", "clients",
            new("client", "client", CellKind.Address), new("queries", "queries", CellKind.Integer), new("port", "port", CellKind.Code),
            new("bytes", "bytes", CellKind.Bytes), new("share", "share", CellKind.Percent), new("seen", "first seen", CellKind.Time),
            new("names", "names", CellKind.Texts), new("first", "frames", CellKind.Frames), new("is_inside", "inside", CellKind.Boolean),
            new("score", "score", CellKind.Number), new("name", "name"));
        var frames = new FrameSample();
        for (int i = 1; i <= 12; i++)
        {
            frames.Add(new FrameRef(0, i * 3));
        }

        clients.Row(
            IpAddress.Parse("10.20.0.31"), 1301, Cell.Code(49152), Cell.Bytes(2_900), Cell.Percent(301, 442), Start, Cell.List(text, "b"),
            Cell.Frames(frames), true, Cell.Number(0.25), text);
        clients.Row(
            IpAddress.Parse("2001:db8::44"), 140, Cell.None, Cell.None, Cell.None, Cell.None, Cell.None, Cell.None, false, Cell.Number(12.5, "ms"), Cell.None);
        clients.Shown = 1;
        clients.Total = 5;
        section.BarChart("kinds", "kinds", CellKind.Bytes).Bar("A", 2000).Bar(text, 10);
        var series = new TimeSeries();
        series.Add(Start, 10);
        series.Add(new Timestamp(Start.Nanoseconds + (30 * Timestamp.PerSecond)), 3);
        section.TimeChart("load", "queries over time", series);
        section.Detail(more => more.Note($"detail of {text}").HexDump("first bytes", Encoding.UTF8.GetBytes(text)));
    }
}
