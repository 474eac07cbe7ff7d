using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Data carried in names and answers: at least two kinds of evidence must agree.</summary>
internal static class DnsTunnels
{
    /// <summary>Names and answers below one domain carry data.</summary>
    public static readonly FindingType Tunnel = new("dns.tunnel", "DNS tunnel", Severity.High, "T1071.004", "T1572", "T1048.003")
    {
        Suspect = Suspect.Neither,
        Unless = "a security product, an update service or a content network that encodes hashes into names: look who owns the domain, and whether other hosts ask it too",
    };

    /// <summary>A tunnel program shows its mark.</summary>
    public static readonly FindingType Tool = new("dns.tunnel-tool", "DNS tunnel program", Severity.High, "T1071.004", "T1572")
    {
        Suspect = Suspect.Neither,
        Unless = "somebody uses the tunnel knowingly, for example to get through a captive portal: it goes past the firewall all the same",
    };

    // Below this many different names there is nothing to measure.
    private const int MinimumNames = 10;
    private const int MinimumScore = 4;
    private const int HighScore = 6;

    // RITA's and common practice's bounds for names below a domain; the payload ones are a page, a document, an archive.
    private static readonly long[] s_names = [50, 200, 1000];
    private static readonly long[] s_payload = [2_048, 10_240, 102_400];

    // What comes back in types that ordinary clients rarely ask for: a stage of a script, a program.
    private static readonly long[] s_download = [4_096, 16_384, 131_072];

    private static readonly string[] s_typeNames = ["A", "AAAA", "CNAME", "MX", "TXT", "SRV", "NULL", "KEY", "PRIVATE", "PTR", "HTTPS", "other"];

    // Types that hosts rarely ask for by themselves, but that carry much: CNAME, MX, TXT, NULL, KEY, PRIVATE.
    private static readonly int[] s_carriers = [2, 3, 4, 6, 7, 8];

    // Of them, those that no ordinary client asks for at all.
    private static readonly int[] s_rareCarriers = [6, 7, 8];

    public static void Conclude(DnsState state, Conclusions conclusions)
    {
        long signals = 0;
        foreach ((Key2<AddressKey, TextKey> key, DnsUse use) in state.Uses.Entries)
        {
            Evidence? evidence = DnsDomains.IsLookup(key.Second.Text) ? null : Judge(use);
            if (evidence is null && use.ToolMarks.Count == 0)
            {
                continue;
            }

            signals++;
            Finding finding = Make(key, use, evidence ?? Measure(use));
            conclusions.Add(finding);
            conclusions.Add(new Indicator(IndicatorKind.Domain, key.Second.Text, $"DNS tunnel of {key.First}", use.Extent.FirstFrame) { Finding = finding });
        }

        if (signals > 0)
        {
            conclusions.Add(new Signal("DNS tunnels", signals, "--dns"));
        }
    }

    private static Evidence? Judge(DnsUse use)
    {
        if (use.Names.Estimate < MinimumNames)
        {
            return null;
        }

        Evidence e = Measure(use);
        bool hasAmount = e.Volume + e.Payload > 0;
        bool hasForm = e.Shape + e.Type > 0;
        return hasAmount && hasForm && e.Score >= MinimumScore ? e : null;
    }

    private static Evidence Measure(DnsUse use)
    {
        long queries = use.Frames.Total;
        long names = Math.Min(queries, use.Names.Estimate);
        double entropy = use.Entropy();
        double meanLength = (double)use.NameLetters.Value / queries;
        double measuredShare = use.NameLetters.Value == 0 ? 0 : (double)use.Letters.Total / use.NameLetters.Value;
        var payload = (long)(names * meanLength * measuredShare * entropy / 8);
        long carriers = s_carriers.Sum(i => use.TypeCounts[i]);
        long rare = s_rareCarriers.Sum(i => use.TypeCounts[i]);
        bool isCarried = carriers * 10 >= queries * 9;
        return new Evidence
        {
            Names = names,
            MeanLength = meanLength,
            Entropy = entropy,
            PayloadBytes = payload,
            CarrierShare = (double)carriers / queries,
            Volume = s_names.Count(n => names >= n),
            Payload = Math.Max(s_payload.Count(n => payload >= n), isCarried ? s_download.Count(n => use.AnswerBytes.Value >= n) : 0),
            Shape = (meanLength >= 20 && entropy >= 3.5 ? 1 : 0) + (meanLength >= 40 && entropy >= 3.8 ? 1 : 0),
            Type = rare * 10 >= queries * 3 ? 2 : (carriers * 10 >= queries * 3 ? 1 : 0) + (isCarried ? 1 : 0),
            Direction = (payload >= 2_048 && payload > use.AnswerBytes.Value / 2) || (carriers * 2 >= queries && use.AnswerBytes.Value >= s_download[0]) ? 1 : 0,
        };
    }

    private static Finding Make(Key2<AddressKey, TextKey> key, DnsUse use, Evidence e)
    {
        string domain = key.Second.Text;
        List<DnsTool> tools = [.. Enum.GetValues<DnsTool>().Where(t => use.ToolMarks[(int)t])];
        string types = string.Join(", ", Enumerable.Range(0, DnsUse.Types).Where(i => use.TypeCounts[i] > 0).OrderByDescending(i => use.TypeCounts[i]).ThenBy(i => i)
            .Take(3).Select(i => $"{s_typeNames[i]} {Units.Percent((double)use.TypeCounts[i] / use.Frames.Total)}"));
        return new Finding
        {
            Type = tools.Count > 0 ? Tool : Tunnel,
            Subject = $"{key.First} > {domain}",
            Summary = (tools.Count > 0 ? $"{string.Join(", ", tools).ToLowerInvariant()} handshake; " : "")
                + $"{Units.Count(use.Frames.Total, "query", "queries")} for {Units.Count(e.Names, "name")} of {e.MeanLength:0} letters on average, "
                + $"{Units.Number(Math.Round(e.Entropy, 2))} bits a letter: some {Units.Bytes(e.PayloadBytes)} out, {Units.Bytes(use.AnswerBytes.Value)} back; types {types}; "
                + $"such as {(use.Samples.Values is [var sample, ..] ? sample : "")}",
            Source = key.First.Address,
            Confidence = tools.Count > 0 ? 95 : Math.Min(95, 50 + (e.Score * 5)),
            Raised = tools.Count > 0 || e.Score >= HighScore ? null : Severity.Medium,
            Count = use.Frames.Total,
            Measures =
            [
                new("score", e.Score, MinimumScore), new("names", e.Names, s_names[0]), new("payload", e.PayloadBytes, s_payload[0], "bytes"),
                new("entropy", Math.Round(e.Entropy, 2), 3.5, "bits"), new("mean_length", Math.Round(e.MeanLength, 1), 20), new("longest_label", use.LongestLabel.Value),
                new("carrier_types", Math.Round(e.CarrierShare * 100), 30, "%"), new("answers", use.AnswerBytes.Value, null, "bytes"),
            ],
            DisplayFilter = Filter.From(key.First.Address).And("dns.flags.response == 0").Contains("lower(dns.qry.name)", domain),
        }.WithEvidence(use.Frames).During(use.Extent);
    }

    private sealed record Evidence
    {
        public required long Names { get; init; }

        public required double MeanLength { get; init; }

        public required double Entropy { get; init; }

        public required long PayloadBytes { get; init; }

        public required double CarrierShare { get; init; }

        public required int Volume { get; init; }

        public required int Payload { get; init; }

        public required int Shape { get; init; }

        public required int Type { get; init; }

        public required int Direction { get; init; }

        public int Score => Volume + Payload + Shape + Type + Direction;
    }
}
