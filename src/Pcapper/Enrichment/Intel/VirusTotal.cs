using System.Text.Json;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Intel;

namespace Pcapper.Enrichment.Intel;

/// <summary>VirusTotal (docs.virustotal.com/reference, API version 3, "IP addresses", "Domains", "Files"): what many scanners say.</summary>
internal sealed class VirusTotal : IntelService
{
    private static readonly string[] s_verdicts = ["harmless", "undetected", IntelNumbers.Malicious, IntelNumbers.Suspicious];

    /// <inheritdoc/>
    public override string Name => "VirusTotal";

    /// <inheritdoc/>
    public override string KeyVariable => "PCAPPER_VT_KEY";

    /// <inheritdoc/>
    public override string UrlVariable => "PCAPPER_INTEL_BASE_URL_VT";

    /// <inheritdoc/>
    public override Uri BaseUrl { get; } = new("https://www.virustotal.com/");

    /// <inheritdoc/>
    public override string KeyHeader => "x-apikey";

    /// <inheritdoc/>
    public override string? PathOf(ReputationQuestion question)
    {
        string? kind = question.Kind switch
        {
            IndicatorKind.Address => "ip_addresses",
            IndicatorKind.Domain => "domains",
            IndicatorKind.Sha256 => "files",
            _ => null,
        };
        return kind is null ? null : $"api/v3/{kind}/{Uri.EscapeDataString(question.Value)}";
    }

    /// <inheritdoc/>
    public override Reputation? Read(JsonElement answer, ReputationQuestion question)
    {
        JsonElement attributes = Below(Below(answer, "data"), "attributes");
        JsonElement stats = Below(attributes, "last_analysis_stats");
        if (stats.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return new Reputation(question, Name, ReputationState.Known)
        {
            Measures =
            [
                new(IntelNumbers.Malicious, Number(Below(stats, IntelNumbers.Malicious)) ?? 0), new(IntelNumbers.Suspicious, Number(Below(stats, IntelNumbers.Suspicious)) ?? 0),
                new("of scanners", s_verdicts.Sum(verdict => Number(Below(stats, verdict)) ?? 0)),
            ],
            Reported = Seconds(Number(Below(attributes, "last_analysis_date"))),
        };
    }
}
